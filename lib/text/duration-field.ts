/** A form's field for a duration: takes what was typed and gives whole seconds, so that whoever reads the parsed form reads no text again. Refuses what parseDuration refuses, in its words. Browser-safe. */
import * as z from "@/lib/zod";
import { parseDuration } from "./parse-duration";

function readDuration(text: string, context: z.RefinementCtx): number {
  const duration = parseDuration(text);
  if (duration.ok) return duration.seconds;
  // To be continued: whoever judges the whole form has something to say of its other fields, too.
  context.addIssue({ code: "custom", message: duration.message, continue: true });
  return Number.NaN;
}

export const durationField = z.string().trim().transform(readDuration);

/** Null: it is empty. */
export const clearableDurationField = z
  .string()
  .trim()
  .transform((text, context) => (text === "" ? null : readDuration(text, context)));

/** The same for what may be left out. */
export const optionalDurationField = z.string().default("").pipe(clearableDurationField);
