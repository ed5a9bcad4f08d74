/** Time zones: reads the one that a browser remembers in its cookie, and turns instants into days and clocks there and back. Refuses what names no zone. Browser-safe. */

/** The name of a zone in the IANA database ("Europe/Berlin"), or {@link UTC}. */
export type Zone = string;

export const UTC: Zone = "UTC";

/** Holds {@link ASKED_FOR_UTC}, or the name of the browser's own zone. */
export const ZONE_COOKIE = "zone";

export const ASKED_FOR_UTC = "utc";

const MINUTE = 60;
const DAY = 86_400;

type Formats = { offset: Intl.DateTimeFormat; name: Intl.DateTimeFormat };

/** Kept: making one takes longer than all else that a page full of times needs. */
const formats = new Map<Zone, Formats>();

/** More than anybody's browsers name; whoever makes up names must not fill the memory with them. */
const MOST_KEPT = 100;

/** @throws RangeError for a zone that is none */
function formatsOf(zone: Zone): Formats {
  const kept = formats.get(zone);
  if (kept) return kept;
  const made = {
    offset: new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeZoneName: "longOffset" }),
    name: new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeZoneName: "short" }),
  };
  if (formats.size >= MOST_KEPT) formats.clear();
  formats.set(zone, made);
  return made;
}

const nameIn = (format: Intl.DateTimeFormat, epochSeconds: number) =>
  format.formatToParts(epochSeconds * 1000).find(({ type }) => type === "timeZoneName")?.value ?? "";

/** @param cookie what a browser sent or keeps: anything @returns undefined where it names no zone */
export function zoneOf(cookie: string | undefined): Zone | undefined {
  if (cookie === ASKED_FOR_UTC) return UTC;
  // A name, not an offset, which engines know since lately.
  if (cookie === undefined || !/^[A-Za-z][\w+/-]{0,63}$/.test(cookie)) return undefined;
  try {
    formatsOf(cookie);
    return cookie;
  } catch {
    return undefined;
  }
}

/** Seconds that clocks there are ahead of UTC at that instant. */
export function offsetSeconds(epochSeconds: number, zone: Zone): number {
  if (zone === UTC) return 0;
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)/.exec(nameIn(formatsOf(zone).offset, epochSeconds)) ?? [];
  const seconds = Number(hours ?? 0) * 60 * MINUTE + Number(minutes ?? 0) * MINUTE;
  return sign === "-" ? -seconds : seconds;
}

/** The zone as it is called beside a clock at that instant: "UTC", "CET", "GMT+5:30". */
export function zoneName(epochSeconds: number, zone: Zone): string {
  return zone === UTC ? UTC : nameIn(formatsOf(zone).name, epochSeconds);
}

/**
 * What clocks show twice is its first time, and what they leave out is read as if they had not been set yet, so it is
 * as much later (RFC 5545, section 3.3.5).
 * @param wall "2026-11-24T14:05" as clocks there show it @returns seconds since 1970; NaN for no such text
 */
export function instantAt(wall: string, zone: Zone): number {
  const asUtc = Date.parse(`${wall}Z`) / 1000;
  if (Number.isNaN(asUtc)) return Number.NaN;
  // No zone is a day away from UTC, and clocks are not set twice within two.
  const before = offsetSeconds(asUtc - DAY, zone);
  const after = offsetSeconds(asUtc + DAY, zone);
  const offset = [before, after].find((each) => offsetSeconds(asUtc - each, zone) === each);
  return asUtc - (offset ?? before);
}

/** What clocks there show, "2026-11-24T14:05": what `instantAt` reads. */
export function wallAt(epochSeconds: number, zone: Zone): string {
  return new Date((epochSeconds + offsetSeconds(epochSeconds, zone)) * 1000).toISOString().slice(0, 16);
}

/** The day there, "2026-11-24". */
export function dayIn(epochSeconds: number, zone: Zone): string {
  return new Date((epochSeconds + offsetSeconds(epochSeconds, zone)) * 1000).toISOString().slice(0, 10);
}

/**
 * When a day begins there and when the next one does, in seconds since 1970: 23 to 25 hours apart.
 * @param day "2026-11-24"; NaN twice for no such text
 */
export function boundsOfDay(day: string, zone: Zone): { from: number; to: number } {
  const noon = Date.parse(`${day}T12:00Z`) / 1000;
  if (Number.isNaN(noon)) return { from: Number.NaN, to: Number.NaN };
  const next = new Date((noon + DAY) * 1000).toISOString().slice(0, 10);
  return { from: instantAt(`${day}T00:00`, zone), to: instantAt(`${next}T00:00`, zone) };
}
