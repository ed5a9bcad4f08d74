/** Instants and spans as text, the same in every engine: no locale data, so that server and browser agree. */
import { groupDigits } from "./group-digits";

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const MAX_EPOCH_SECONDS = 8.64e12;

const two = (value: number) => String(value).padStart(2, "0");

export function isDate(epochSeconds: number) {
  return Number.isFinite(epochSeconds) && Math.abs(epochSeconds) <= MAX_EPOCH_SECONDS;
}

let zoneFormat: Intl.DateTimeFormat | undefined;

/** The short name of the reader's zone at that instant: "CET", "GMT+5:30". Browser only. */
function zoneName(date: Date) {
  // Kept: making one takes longer than all else that a page full of times needs.
  zoneFormat ??= new Intl.DateTimeFormat("en-GB", { timeZoneName: "short" });
  const parts = zoneFormat.formatToParts(date);
  return parts.find((part) => part.type === "timeZoneName")?.value ?? "local";
}

export type TimeParts = { day: string; clock: string; zone: string };

/** "Tue 24 Nov 2026", "14:05" (or "14:05:09"), "UTC". */
export function timeParts(epochSeconds: number, zone: "utc" | "local", seconds = false): TimeParts {
  const date = new Date(epochSeconds * 1000);
  const local = zone === "local";
  const weekday = local ? date.getDay() : date.getUTCDay();
  const dayOfMonth = local ? date.getDate() : date.getUTCDate();
  const month = local ? date.getMonth() : date.getUTCMonth();
  const year = local ? date.getFullYear() : date.getUTCFullYear();
  const hours = local ? date.getHours() : date.getUTCHours();
  const minutes = local ? date.getMinutes() : date.getUTCMinutes();
  return {
    day: `${DAYS[weekday]} ${dayOfMonth} ${MONTHS[month]} ${year}`,
    clock: `${two(hours)}:${two(minutes)}${seconds ? `:${two(date.getUTCSeconds())}` : ""}`,
    zone: local ? zoneName(date) : "UTC",
  };
}

const UNITS = [
  { name: "year", short: "y", seconds: 31_536_000, twoUnitsBelow: 3 },
  { name: "day", short: "d", seconds: 86_400, twoUnitsBelow: 3 },
  { name: "hour", short: "h", seconds: 3_600, twoUnitsBelow: 10 },
  { name: "minute", short: "min", seconds: 60, twoUnitsBelow: 0 },
  { name: "second", short: "s", seconds: 1, twoUnitsBelow: 0 },
] as const;

/** Rounds a little, so that a token of two hours is not "in 1 h 59 min" from its first second on. */
function rounded(span: number) {
  const grain = span < 60 ? 1 : span < 3_600 ? 10 : span < 86_400 ? 60 : 3_600;
  return Math.round(span / grain) * grain;
}

/** "in 2 hours", "1 h 58 min ago", "now". */
export function relativeText(epochSeconds: number, now: number) {
  const delta = Math.trunc(epochSeconds - now);
  const words = spanText(Math.abs(delta));
  if (words === "") return "now";
  return delta > 0 ? `in ${words}` : `${words} ago`;
}

function spanText(exact: number) {
  const span = rounded(exact);
  const index = UNITS.findIndex((unit) => span >= unit.seconds);
  const unit = UNITS[index];
  if (!unit) return "";
  const count = Math.floor(span / unit.seconds);
  const next = UNITS[index + 1];
  const rest = next && count < unit.twoUnitsBelow ? Math.floor((span % unit.seconds) / next.seconds) : 0;
  if (next && rest > 0) return `${count} ${unit.short} ${rest} ${next.short}`;
  return `${groupDigits(count)} ${unit.name}${count === 1 ? "" : "s"}`;
}

/** "1 h 58 min 03 s"; from a day on "6 d 23 h 59 min". Every unit but the first has two digits, so that ticking moves nothing. */
export function countdownText(remainingSeconds: number) {
  const days = Math.floor(remainingSeconds / 86_400);
  const hours = Math.floor(remainingSeconds / 3_600) % 24;
  const minutes = Math.floor(remainingSeconds / 60) % 60;
  const seconds = Math.floor(remainingSeconds) % 60;
  if (days > 0) return `${groupDigits(days)} d ${two(hours)} h ${two(minutes)} min`;
  if (hours > 0) return `${hours} h ${two(minutes)} min ${two(seconds)} s`;
  if (minutes > 0) return `${minutes} min ${two(seconds)} s`;
  return `${seconds} s`;
}
