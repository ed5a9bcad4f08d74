/** The words of a countdown: a span of time to the second, beyond a day to the minute, in units of one width, so that ticking moves nothing. Browser-safe. */
import { splitSpan, writeAmount } from "./span";

/** What is counted down, for who cannot see it. */
export const countdownLabel = "Time left";

/** When nothing is left. */
export const countdownOver = "expired";

/** "5 s", "1 min 05 s", "1 h 00 min 05 s", "6 d 00 h 05 min": from the first unit that is not zero down to the last, each but the first with two digits. */
export function countdownText(remainingSeconds: number): string {
  const parts = splitSpan(remainingSeconds);
  const first = parts.findIndex(({ count, unit }) => count > 0 || unit === "s");
  return parts
    .slice(first, parts[first]?.unit === "d" ? -1 : undefined)
    .map(({ count, unit }, index) =>
      index === 0 ? writeAmount(count, unit) : `${String(count).padStart(2, "0")} ${unit}`,
    )
    .join(" ");
}
