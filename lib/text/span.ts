/** Writes a span of time in the units that every page shares (d, h, min, s): exactly, to the second, or coarsely, as the distance of an instant from now. Refuses fractions of a second; what rounds has "coarse" in its name. Browser-safe. */
import { groupDigits } from "./group-digits";

/** By the abbreviation that stands on screen. */
export const secondsPer = { d: 86_400, h: 3_600, min: 60, s: 1 } as const;

type Unit = keyof typeof secondsPer | "y";

const UNITS = ["d", "h", "min", "s"] as const;

/** "7 d". Of days a lifetime that may be typed has up to four digits, which are written as one types them. */
export function writeAmount(count: number, unit: Unit): string {
  if (count < 10_000) return `${count} ${unit}`;
  return `${count < 1e15 ? groupDigits(count) : count.toExponential(1)} ${unit}`;
}

/** Days, hours, minutes and seconds of a span, zeros too. Of a fraction of a second nothing is left, nor of a negative span. */
export function splitSpan(seconds: number): { count: number; unit: (typeof UNITS)[number] }[] {
  let rest = Math.max(0, Math.floor(seconds));
  return UNITS.map((unit) => {
    const count = Math.floor(rest / secondsPer[unit]);
    rest -= count * secondsPer[unit];
    return { count, unit };
  });
}

/** Every second of a span: "2 h", "1 h 5 s", "1 d 12 h", "365 d"; below one second "0 s". The longest that a form takes, and any shorter, can be typed there as it is written here. */
export function formatSpan(seconds: number): string {
  // From here on a number has no last second.
  if (seconds > Number.MAX_SAFE_INTEGER) return writeAmount(Math.floor(seconds / secondsPer.d), "d");
  const parts = splitSpan(seconds).filter(({ count }) => count > 0);
  return parts.map(({ count, unit }) => writeAmount(count, unit)).join(" ") || "0 s";
}

const WORDS = { d: "day", h: "hour", min: "minute", s: "second" } as const;

/** Every second of a span, in words: "30 days", "1 hour 5 seconds", "0 seconds". For a sentence that compares. */
export function spanInWords(seconds: number): string {
  const parts = splitSpan(seconds).filter(({ count }) => count > 0);
  return (
    parts.map(({ count, unit }) => `${groupDigits(count)} ${WORDS[unit]}${count === 1 ? "" : "s"}`).join(" ") ||
    "0 seconds"
  );
}

/** The two largest units of a span, rounded down: "29 d 23 h", "1 h 41 min", "0 s". For what is left of a time. */
export function roughSpan(seconds: number): string {
  const parts = splitSpan(seconds);
  const first = parts.findIndex(({ count }) => count > 0);
  if (first < 0) return "0 s";
  return parts
    .slice(first, first + 2)
    .filter(({ count }) => count > 0)
    .map(({ count, unit }) => writeAmount(count, unit))
    .join(" ");
}

/** The largest unit of a span, rounded down: "29 d", "1 h", "0 s". For where there is no room for two. */
export function largestOf(seconds: number): string {
  const { count, unit } = splitSpan(seconds).find((part) => part.count > 0) ?? { count: 0, unit: "s" };
  return writeAmount(count, unit);
}

/** A second unit follows while there are fewer than so many of the first. */
const COARSE_UNITS = [
  { unit: "y", size: 365 * secondsPer.d, twoUnitsBelow: 3 },
  { unit: "d", size: secondsPer.d, twoUnitsBelow: 3 },
  { unit: "h", size: secondsPer.h, twoUnitsBelow: 10 },
  { unit: "min", size: secondsPer.min, twoUnitsBelow: 0 },
  { unit: "s", size: secondsPer.s, twoUnitsBelow: 0 },
] as const;

function coarseSpan(span: number): string {
  const index = COARSE_UNITS.findIndex(({ size }) => span >= size);
  const first = COARSE_UNITS[index];
  if (!first) return "";
  const next = COARSE_UNITS[index + 1];
  const count = Math.floor(span / first.size);
  const rest = next && count < first.twoUnitsBelow ? Math.floor((span % first.size) / next.size) : 0;
  return next && rest > 0
    ? `${writeAmount(count, first.unit)} ${writeAmount(rest, next.unit)}`
    : writeAmount(count, first.unit);
}

/** "in 2 h", "1 h 58 min ago", "2 y ago", "now": one unit or two, rounded down, as whatever else counts beside it. For a place where the instant itself stands too, at least as a title. */
export function coarselyFromNow(epochSeconds: number, now: number): string {
  const delta = Math.trunc(epochSeconds - now);
  const words = coarseSpan(Math.abs(delta));
  if (words === "") return "now";
  return delta > 0 ? `in ${words}` : `${words} ago`;
}
