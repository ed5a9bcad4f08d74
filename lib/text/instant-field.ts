/** A form's field for an instant that may be left empty: takes it in UTC, as `2026-11-28T08:00:00.000Z`, and gives seconds since 1970, or null. Refuses one that has passed. Browser-safe. */
import * as z from "@/lib/zod";

/** Nobody remembers longer what goes on. */
const LONGEST_YEARS = 10;

export const futureInstantField = z
  .string()
  .default("")
  .transform((text, context): number | null => {
    if (text === "") return null;
    const at = /Z$/.test(text) ? Math.floor(Date.parse(text) / 1000) : Number.NaN;
    const refuse = (message: string) => {
      context.addIssue({ code: "custom", message, continue: true });
      return null;
    };
    if (!Number.isFinite(at)) return refuse("This is no date and time. Choose one, or leave it empty.");
    const now = Date.now() / 1000;
    if (at <= now) return refuse("This has passed. Choose a later instant, or leave it empty.");
    if (at > now + LONGEST_YEARS * 366 * 86_400) return refuse(`Choose an instant within ${LONGEST_YEARS} years.`);
    return at;
  });
