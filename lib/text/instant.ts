/** Writes instants: for a sentence in UTC, for a page in the reader's zone or UTC. The same in every engine: no locale data, so that server and browser agree. */

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/** Days that a JavaScript Date can hold end in the year 275760. */
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

/** `2026-11-24 14:05:09 UTC`, without the seconds when they are zero; for instants that no calendar holds "the year 52320…". */
export function formatUtc(epochSeconds: number): string {
  if (Math.abs(epochSeconds) > MAX_EPOCH_SECONDS) return `the year ${yearOf(epochSeconds)}`;
  const iso = new Date(Math.floor(epochSeconds) * 1000).toISOString();
  const [, year = "", day = "", time = ""] = /^([+-]?\d+)-(\d\d-\d\d)T(\d\d:\d\d:\d\d)/.exec(iso) ?? [];
  return `${year.replace(/^\+0*/, "")}-${day} ${time.endsWith(":00") ? time.slice(0, 5) : time} UTC`;
}

/** The year of an instant, also of one that no Date can hold. */
export function yearOf(epochSeconds: number): string {
  if (!Number.isFinite(epochSeconds)) return "infinity";
  if (Math.abs(epochSeconds) <= MAX_EPOCH_SECONDS) return String(new Date(epochSeconds * 1000).getUTCFullYear());
  const year = Math.floor(1970 + epochSeconds / 31_556_952);
  return Math.abs(year) < 1e15 ? String(year) : year.toExponential(1);
}
