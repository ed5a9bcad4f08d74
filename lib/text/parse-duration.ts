/** Reads a duration as people type it ("120m", "2h", "1d 12h", "90" for seconds); refuses fractions, zero, milliseconds, months and years. Browser-safe. */
import { longestDurationSeconds } from "./longest-duration";
import { formatSpan, secondsPer } from "./span";

const unitNames: readonly [seconds: number, names: readonly string[]][] = [
  [secondsPer.s, ["s", "sec", "secs", "second", "seconds"]],
  [secondsPer.min, ["m", "min", "mins", "minute", "minutes"]],
  [secondsPer.h, ["h", "hr", "hrs", "hour", "hours"]],
  [secondsPer.d, ["d", "day", "days"]],
  [7 * secondsPer.d, ["w", "wk", "wks", "week", "weeks"]],
];
const unitSeconds = new Map(unitNames.flatMap(([seconds, names]) => names.map((name) => [name, seconds] as const)));

const milliseconds = ["ms", "msec", "msecs", "millisecond", "milliseconds"];
const unevenUnits = ["mo", "mon", "month", "months", "y", "yr", "yrs", "year", "years"];

// Longer than any duration a person writes; keeps the messages and the work small.
export const LONGEST_DURATION = 100;

/** As keyboards for Japanese and Chinese write digits, letters and signs. */
const FULL_WIDTH = /[\uff01-\uff5e]/g;
const toPlain = (sign: string) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0);

export type ParsedDuration = { ok: true; seconds: number } | { ok: false; message: string };

/**
 * Reads whole numbers with a unit, in any order, each unit once: `120m`, `2 hours`, `1d 12h`, `1h30m`, `1w`.
 * A single number without a unit is seconds. The result is a whole number from 1 to {@link longestDurationSeconds};
 * otherwise `message` is one or two sentences for the field.
 */
export function parseDuration(text: string): ParsedDuration {
  const written = text.replace(FULL_WIDTH, toPlain).trim().toLowerCase();
  if (written === "") return refuse("Enter a duration, such as 2h.");
  if (written.length > LONGEST_DURATION) return refuse("This is too long for a duration. Write it like 1d 12h.");
  if (/^[-−–]/.test(written)) return refuse("A duration can't be negative. Write it like 2h.");
  if (/\d[.,]\d|[.,]\d|\d[.,]$/.test(written)) return refuse(`Write whole numbers, ${withoutFraction(written)}.`);
  if (/^\d+$/.test(written)) return checkRange(Number(written));

  const part = /\s*(\d+)\s*([^\d\s]*)/y;
  const used = new Set<number>();
  let total = 0;
  while (part.lastIndex < written.length) {
    const match = part.exec(written);
    if (!match) return refuse(`A number is missing in ${JSON.stringify(written)}. Write it like 1d 12h.`);
    const [, digits = "", unit = ""] = match;
    const seconds = unitSeconds.get(unit);
    if (seconds === undefined) return refuse(unknownUnit(digits, unit));
    if (used.has(seconds)) return refuse(`The unit of ${digits}${unit} occurs twice. Write each unit once.`);
    used.add(seconds);
    total += Number(digits) * seconds;
  }
  return checkRange(total);
}

/** The seconds of a duration; undefined while it cannot be read. */
export function secondsOf(text: string): number | undefined {
  const duration = parseDuration(text);
  return duration.ok ? duration.seconds : undefined;
}

/** What is said of a lifetime that is a number alone, where programs read it otherwise; undefined of any other. */
export function bareNumberSaid(text: string): string | undefined {
  const number = text.trim().normalize("NFKC");
  return /^\d+$/.test(number) && secondsOf(number) !== undefined
    ? `${number} counts seconds here; to jsonwebtoken, "${number}" in quotes is milliseconds.`
    : undefined;
}

function refuse(message: string): ParsedDuration {
  return { ok: false, message };
}

function checkRange(seconds: number): ParsedDuration {
  if (seconds === 0) return refuse("A duration must be longer than zero.");
  if (seconds > longestDurationSeconds) {
    return refuse("This is longer than 10 years. Check the unit.");
  }
  return { ok: true, seconds };
}

function unknownUnit(digits: string, unit: string): string {
  if (unit === "") return `The unit of ${digits} is missing. Write s, m, h, d or w after it.`;
  if (milliseconds.includes(unit)) {
    return `Milliseconds are not offered: a token counts whole seconds. (jsonwebtoken reads "120" as 120 ms; here 120 is seconds.)`;
  }
  if (unevenUnits.includes(unit)) return "Months and years differ in length. Write days, such as 30d or 365d.";
  return `${JSON.stringify(unit)} is not a unit. Write s, m, h, d or w.`;
}

/** "such as 1 h 30 min instead of 1.5h", worked out where it comes to whole seconds; "1000 instead of 1,000". */
function withoutFraction(written: string): string {
  if (/^[1-9]\d{0,2}(?:,\d{3})+\s*[a-z]*$/.test(written))
    return `such as ${written.replaceAll(",", "")} instead of ${written}`;
  const [, whole = "", decimals = "", unit = ""] = /^(\d*)[.,](\d+)\s*([a-z]*)$/.exec(written) ?? [];
  const size = unitSeconds.get(unit);
  const seconds = size === undefined ? 0 : Math.round(Number(`${whole || "0"}.${decimals}`) * size);
  const exact = size !== undefined && seconds * 10 ** decimals.length === Number(whole + decimals) * size;
  if (!exact || seconds < 1 || seconds > longestDurationSeconds) return "such as 1h 30m instead of 1.5h";
  return `such as ${formatSpan(seconds)} instead of ${written}`;
}
