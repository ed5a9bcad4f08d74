/** What a batch asks for: the issue form's fields for every token, and by row what is otherwise. Browser-safe; what stands in the fields is judged row by row (judge-row.ts), as the form for one token is. */
import { MOST_IN_BATCH } from "@/lib/sizes";
import { groupDigits } from "@/lib/text/group-digits";
import * as z from "@/lib/zod";
import type { BatchRow } from "./columns";

/** What a field may hold; what it must, its own schema says. */
export const isFieldValue = (value: unknown): value is string | string[] =>
  typeof value === "string" || (Array.isArray(value) && value.every((each) => typeof each === "string"));

const isRow = (row: unknown): row is BatchRow =>
  typeof row === "object" && row !== null && !Array.isArray(row) && Object.values(row).every(isFieldValue);

/** Whose key it is decides which fields there are. */
export const BatchInput = z.object({
  /** Chosen by the form, so that a batch that is sent again is known for what it is. */
  requestId: z.uuid("Reload the page: the form has lost its id.").toLowerCase(),
  // Not one schema for each row: ten thousand of them would be looked at in one go.
  rows: z
    .custom<BatchRow[]>((rows) => Array.isArray(rows), "Paste the participants, one a line.")
    .refine((rows) => rows.length > 0, { message: "Paste the participants, one a line.", abort: true })
    .refine((rows) => rows.length <= MOST_IN_BATCH, {
      message: `A batch has at most ${groupDigits(MOST_IN_BATCH)} tokens.`,
      abort: true,
    })
    .refine((rows) => rows.every(isRow), "What was sent is no table."),
  purpose: z.string().default(""),
});
