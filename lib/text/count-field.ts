/** A form's field for a number of calls that may be left empty: takes what was typed and gives a whole number, or null. Browser-safe. */
import * as z from "@/lib/zod";
import { groupDigits } from "./group-digits";

const MOST = 10_000_000;
/** Digits, perhaps in groups of three with one sign between them, which is another one in each country; in India in groups of two before the last. */
const GROUPED = /^(?:\d+|\d{1,2}(?:,\d{2})*,\d{3}|\d{1,3}([,.'\u2019\u00a0\u202f ])\d{3}(?:\1\d{3})*)$/;

export const optionalCountField = z
  .string()
  .trim()
  .default("")
  .transform((text, context): number | null => {
    if (text === "") return null;
    const count = GROUPED.test(text) ? Number(text.replace(/\D/g, "")) : Number.NaN;
    if (Number.isInteger(count) && count >= 1 && count <= MOST) return count;
    context.addIssue({
      code: "custom",
      message: `Write a whole number from 1 to ${groupDigits(MOST)}, or leave it empty.`,
      continue: true,
    });
    return null;
  });
