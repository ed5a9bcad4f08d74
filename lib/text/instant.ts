/** Writes instants: for a sentence in UTC, for a page in the reader's zone. The same in every engine but for a zone's name. Browser-safe. */
import { offsetSeconds, UTC, type Zone, zoneName } from "./zone";

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/** Days that a JavaScript Date can hold end in the year 275760. */
const MAX_EPOCH_SECONDS = 8.64e12;
/** The year 9999: of one with five digits no clock says anything, as it is a mistake, such as milliseconds. */
const LAST_SECOND = 253_402_300_799;

const two = (value: number) => String(value).padStart(2, "0");

/** Whether it has a day and a clock that can be told. */
export function isDate(epochSeconds: number) {
  return Math.abs(epochSeconds) <= LAST_SECOND;
}

/** "Tue 24 Nov 2026", "14:05" (or "14:05:09"), "CET". */
export type TimeParts = { day: string; clock: string; zone: string };

export function timeParts(epochSeconds: number, zone: Zone, seconds = false): TimeParts {
  const there = dateIn(zone, epochSeconds);
  return {
    day: `${DAYS[there.getUTCDay()]} ${dayAndMonth(there)} ${there.getUTCFullYear()}`,
    clock: `${two(there.getUTCHours())}:${two(there.getUTCMinutes())}${seconds ? `:${two(there.getUTCSeconds())}` : ""}`,
    zone: zoneName(epochSeconds, zone),
  };
}

/** Its UTC fields are what a clock in that zone shows. */
const dateIn = (zone: Zone, epochSeconds: number) =>
  new Date((epochSeconds + offsetSeconds(epochSeconds, zone)) * 1000);

const dayAndMonth = (date: Date) => `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;

/** @param day "2026-11-24" @returns "24 Nov" */
export const dayAndMonthOf = (day: string) => dayAndMonth(new Date(`${day}T00:00Z`));

/** @param day "2026-11-24" @returns "Tue 24 Nov" */
export const dayWords = (day: string) => `${DAYS[new Date(`${day}T00:00Z`).getUTCDay()]} ${dayAndMonthOf(day)}`;

/**
 * As short as it can be told in a list that is read today: "14:44", "23 Nov, 18:55", of another year "23 Nov 2025".
 * Whoever reads in UTC is told so, since the clock on the wall says otherwise: "13:44 UTC".
 * @param zoned false where that is said once for a whole list
 */
export function shortTime(epochSeconds: number, now: number, zone: Zone, zoned = true): string {
  const there = dateIn(zone, epochSeconds);
  if (there.getUTCFullYear() !== dateIn(zone, now).getUTCFullYear())
    return `${dayAndMonth(there)} ${there.getUTCFullYear()}`;
  const clock = `${two(there.getUTCHours())}:${two(there.getUTCMinutes())}${zoned && zone === UTC ? " UTC" : ""}`;
  return [dayUnlessToday(epochSeconds, now, zone), clock].filter(Boolean).join(", ");
}

/** What stands before a clock: nothing today, else "23 Nov", of another year "23 Nov 2025". */
export function dayUnlessToday(epochSeconds: number, now: number, zone: Zone): string {
  const [there, today] = [dateIn(zone, epochSeconds), dateIn(zone, now)];
  if (there.getUTCFullYear() !== today.getUTCFullYear()) return `${dayAndMonth(there)} ${there.getUTCFullYear()}`;
  return dayAndMonth(there) === dayAndMonth(today) ? "" : dayAndMonth(there);
}

/** `2026-11-24 14:05:09 UTC`, without the seconds when they are zero; for instants beyond four digits "the year 52320". */
export function formatUtc(epochSeconds: number): string {
  if (!isDate(epochSeconds)) return yearWords(epochSeconds);
  const iso = new Date(Math.floor(epochSeconds) * 1000).toISOString();
  const [, year = "", day = "", time = ""] = /^(-?\d+)-(\d\d-\d\d)T(\d\d:\d\d:\d\d)/.exec(iso) ?? [];
  return `${year}-${day} ${time.endsWith(":00") ? time.slice(0, 5) : time} UTC`;
}

/** What is said of an instant that is no date: "the year 52320". */
export const yearWords = (epochSeconds: number): string =>
  Number.isFinite(epochSeconds) ? `the year ${yearOf(epochSeconds)}` : "beyond any calendar";

/** The year of an instant, also of one that no Date can hold. */
export function yearOf(epochSeconds: number): string {
  if (Math.abs(epochSeconds) <= MAX_EPOCH_SECONDS) return String(new Date(epochSeconds * 1000).getUTCFullYear());
  const year = Math.floor(1970 + epochSeconds / 31_556_952);
  return Math.abs(year) < 1e15 ? String(year) : year.toExponential(1);
}
