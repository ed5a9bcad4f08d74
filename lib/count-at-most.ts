/** Counts that stop: more than a thousand rows are told as "1,000+", because counting on would take longer the more there are. Browser-safe. */
import { groupDigits } from "@/lib/text/group-digits";

const MOST = 1_000;

/** How many rows such a count looks at: one more than it tells, which shows that there are more. */
export const COUNTED_AT_MOST = MOST + 1;

/** So many active tokens are gone through before a policy is saved, which is seldom: those that end last. */
export const MOST_GONE_THROUGH = 10_000;

/** @param more whether there are more than were counted */
export const digitsOrMore = (count: number, more: boolean): string => `${groupDigits(count)}${more ? "+" : ""}`;

/** @param count of at most `COUNTED_AT_MOST` rows */
export function digitsAtMost(count: number): string {
  return digitsOrMore(Math.min(count, MOST), count > MOST);
}
