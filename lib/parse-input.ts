/** Parses what a client sent with the verb's schema; refuses with the message of each field. */
import type { z } from "zod";
import { AppError, type FieldErrors } from "./errors";
import { inSlices } from "./in-slices";

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
  throw refusalOf(result.error.issues, told);
}

/** The same of a long list, member by member, so that others are answered meanwhile. @param name of its field */
export async function parseList<Schema extends z.ZodType>(
  schema: Schema,
  name: string,
  members: readonly unknown[],
  told: string,
): Promise<z.output<Schema>[]> {
  const read: z.output<Schema>[] = [];
  const wrong: Issue[] = [];
  await inSlices(members, 16, (slice, from) => {
    for (const [index, member] of slice.entries()) {
      const { success, data, error } = schema.safeParse(member);
      if (success) read.push(data);
      else if (wrong.length < MOST_FIELDS_TOLD)
        wrong.push(...error.issues.map(({ path, message }) => ({ path: [name, from + index, ...path], message })));
    }
  });
  if (wrong.length > 0) throw refusalOf(wrong, told);
  return read;
}

type Issue = Pick<z.core.$ZodIssue, "path" | "message">;

function refusalOf(issues: readonly Issue[], told: string): AppError {
  const fields: FieldErrors = {};
  for (const { path, message } of issues.slice(0, MOST_FIELDS_TOLD)) fields[path.join(".") || "form"] ??= message;
  return new AppError("invalid", `Some fields need another look. ${told}`, { fields });
}
