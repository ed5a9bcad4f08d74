/** Writes instants and spans of time as short text for a sentence; refuses to localise: everything is UTC. */

/** Days that a JavaScript Date can hold end in the year 275760. */
const LAST_SECOND = 8.64e12;

/** `2026-11-24 14:05:09 UTC`, without the seconds when they are zero; for instants that no calendar holds "the year 52320…". */
export function formatUtc(epochSeconds: number): string {
  if (Math.abs(epochSeconds) > LAST_SECOND) return `the year ${yearOf(epochSeconds)}`;
  const iso = new Date(Math.floor(epochSeconds) * 1000).toISOString();
  const [, year = "", day = "", time = ""] = /^([+-]?\d+)-(\d\d-\d\d)T(\d\d:\d\d:\d\d)/.exec(iso) ?? [];
  return `${year.replace(/^\+0*/, "")}-${day} ${time.endsWith(":00") ? time.slice(0, 5) : time} UTC`;
}

/** The year of an instant, also of one that no Date can hold. */
export function yearOf(epochSeconds: number): string {
  if (!Number.isFinite(epochSeconds)) return "infinity";
  if (Math.abs(epochSeconds) <= LAST_SECOND) return String(new Date(epochSeconds * 1000).getUTCFullYear());
  const year = Math.floor(1970 + epochSeconds / 31_556_952);
  return Math.abs(year) < 1e15 ? String(year) : year.toExponential(1);
}

const UNITS: [seconds: number, name: string][] = [
  [31_536_000, "y"],
  [86_400, "d"],
  [3600, "h"],
  [60, "min"],
  [1, "s"],
];

/** The two largest units of a span, rounded down: `1 h 58 min`, `40 s`; of 0 `0 s`. */
export function formatSpan(seconds: number): string {
  let rest = Math.floor(Math.abs(seconds));
  const parts: string[] = [];
  for (const [size, name] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${name}`);
    if (parts.length === 2 || (parts.length === 1 && count === 0)) break;
  }
  return parts.length > 0 ? parts.join(" ") : "0 s";
}
