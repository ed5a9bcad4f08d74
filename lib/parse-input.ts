/** Parses what a client sent with the verb's schema; refuses with the message of each field. */
import type { z } from "zod";
import { AppError, type FieldErrors } from "./errors";

/** Beyond it nobody reads on, and an answer would grow with what was sent. */
const MOST_FIELDS_TOLD = 100;

/** @param told what came of it, to whoever asked @throws AppError `invalid`, with the first message of each of the first fields by its path (`permissions`, `secret`) */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  told = "Nothing was saved; what you typed is kept.",
): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const fields: FieldErrors = {};
  for (const issue of result.error.issues.slice(0, MOST_FIELDS_TOLD))
    fields[issue.path.join(".") || "form"] ??= issue.message;
  throw new AppError("invalid", `Some fields need another look. ${told}`, { fields });
}
