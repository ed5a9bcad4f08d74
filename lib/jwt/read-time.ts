/** Reads one NumericDate (RFC 7519 §2): in seconds, as it is written, and as it was probably meant; refuses to correct anything. */

import { yearOf } from "@/lib/text/instant";
import { placeOf } from "@/lib/text/said";
import { formatSpan } from "@/lib/text/span";
import { MILLISECONDS_FROM } from "./endless";
import type { Finding } from "./finding";
import { formatPath } from "./path";

export type TimeClaim = "exp" | "nbf" | "iat";

type TimeReading = {
  /** Seconds since 1970 as the value is written; undefined when it is no number. */
  seconds?: number;
  /** Seconds since 1970 that were probably meant, when they are others. */
  meant?: number;
  finding?: Finding;
};

/** Below (2001-09-09), a number of seconds is rather a length of time than an instant. */
const INSTANTS_FROM = 1e9;
const TOO_FINE: [from: number, perSecond: number, code: string, name: string][] = [
  [1e17, 1e9, "nanoseconds", "nanoseconds"],
  [1e14, 1e6, "microseconds", "microseconds"],
  [MILLISECONDS_FROM, 1e3, "milliseconds", "milliseconds"],
];
const KINDS: Partial<Record<string, string>> = { object: "an object", boolean: "true or false" };
const EFFECT: Record<TimeClaim, string> = {
  exp: "the token practically never expires",
  nbf: "the token is not valid in our lifetime",
  iat: "it claims to be issued in the far future",
};

type Found = (
  suffix: string,
  severity: Finding["severity"],
  message: string,
  remedy: string,
  instants?: readonly number[],
) => Finding;

/** Reads `value` as the claim `name`. Never throws. Finding codes begin with the claim's name. */
export function readTime(name: TimeClaim, value: unknown): TimeReading {
  const found: Found = (suffix, severity, message, remedy, instants = []) => {
    const path = formatPath("payload", [name]);
    const named = instants.length > 0 ? { instants } : {};
    return { code: `${name}-${suffix}`, layer: "time", severity, path, message, ...named, remedy };
  };
  const inSeconds = "Write whole seconds since 1970.";
  if (typeof value === "number") return readNumber(name, value, found);

  // Readers refuse a token whose exp or nbf is no number; iat they leave alone.
  const severity = name === "iat" ? "warning" : "error";
  if (typeof value !== "string") {
    const kind = value === null ? "null" : Array.isArray(value) ? "a list" : KINDS[typeof value];
    return {
      finding: found("not-a-number", severity, `\`${name}\` is ${kind} instead of a number of seconds.`, inSeconds),
    };
  }
  const text = value.trim();
  if (/^[+-]?\d{1,25}(\.\d{0,25})?$/.test(text)) {
    const inner = readNumber(name, Number(text), found);
    const meant = inner.meant ?? inner.seconds;
    const instants: number[] = [];
    const when = meant === undefined ? "" : `; meant is probably ${placeOf(meant, instants)}`;
    const finding = found(
      "as-text",
      severity,
      `\`${name}\` is a number in quotes${when}.`,
      "Write the number without quotes.",
      instants,
    );
    return { ...(meant !== undefined && { meant }), finding };
  }
  const parsed = parseDate(text);
  if (Number.isNaN(parsed)) {
    return {
      finding: found("not-a-number", severity, `\`${name}\` is a text instead of a number of seconds.`, inSeconds),
    };
  }
  const meant = Math.floor(parsed / 1000);
  const instants: number[] = [];
  const message = `\`${name}\` is a date in words; meant is probably ${placeOf(meant, instants)}.`;
  return { meant, finding: found("as-date", severity, message, `Write ${meant}, seconds since 1970.`, instants) };
}

/** Milliseconds of an ISO 8601 or RFC 2822 date, in UTC when it names no zone; NaN for other text. */
function parseDate(text: string): number {
  if (text.length > 60) return Number.NaN;
  if (/^[A-Z][a-z]{2},? /.test(text)) return Date.parse(text);
  if (!/^\d{4}-\d\d-\d\d/.test(text)) return Number.NaN;
  const zoned = text.length === 10 || /(z|[+-]\d\d:?\d\d|gmt|utc)$/i.test(text.slice(10));
  return Date.parse(zoned ? text : `${text}Z`);
}

function readNumber(name: TimeClaim, value: number, found: Found): TimeReading {
  const seconds = value;
  if (!Number.isFinite(value)) {
    return {
      seconds,
      finding: found(
        "out-of-range",
        "warning",
        `\`${name}\` is larger than any number: ${EFFECT[name]}.`,
        "Write whole seconds since 1970.",
      ),
    };
  }
  const unit = TOO_FINE.find(([from]) => value >= from);
  if (unit) {
    const [, perSecond, suffix, unitName] = unit;
    const meant = Math.floor(value / perSecond);
    if (meant < 1e10) {
      const instants: number[] = [];
      const message = `\`${name}\` is in ${unitName}: as seconds this is the year ${yearOf(value)}, so ${EFFECT[name]}; meant is probably ${placeOf(meant, instants)}.`;
      const remedy = `Divide by ${perSecond.toLocaleString("en-US")} and round down: ${meant}.`;
      return { seconds, meant, finding: found(`in-${suffix}`, "warning", message, remedy, instants) };
    }
    const message = `\`${name}\` is in the year ${yearOf(value)}: ${EFFECT[name]}.`;
    return { seconds, finding: found("out-of-range", "warning", message, "Write whole seconds since 1970.") };
  }
  if (value < 0) {
    const instants: number[] = [];
    const message = `\`${name}\` is negative: ${placeOf(value, instants)}.`;
    return { seconds, finding: found("negative", "warning", message, "Write whole seconds since 1970.", instants) };
  }
  if (value < INSTANTS_FROM && name !== "nbf") {
    const span = formatSpan(value);
    const instants: number[] = [];
    const message = `\`${name}\` is ${placeOf(value, instants)}; ${value === 0 ? "zero is rather a missing value" : `it looks like a length of time (${span}) instead of an instant`}.`;
    const remedy =
      name === "exp" ? "Add the lifetime to the present time in seconds." : "Write the present time in seconds.";
    return { seconds, finding: found("not-an-instant", "warning", message, remedy, instants) };
  }
  if (!Number.isInteger(value)) {
    const message = `\`${name}\` has a fraction of a second, which some readers refuse.`;
    return {
      seconds,
      meant: Math.floor(value),
      finding: found("fraction", "note", message, "Round down to whole seconds."),
    };
  }
  return { seconds };
}
