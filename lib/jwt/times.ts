/** Judges when a token is valid (RFC 7519 §4.1.4 exp, §4.1.5 nbf, §4.1.6 iat) by a given clock and clock tolerance; refuses to judge the signature or how long a lifetime should be. */

import { yearOf } from "@/lib/text/instant";
import { placeOf } from "@/lib/text/said";
import { coarselyFromNow, formatSpan } from "@/lib/text/span";
import { isEndless, MILLISECONDS_FROM } from "./endless";
import type { Finding, Severity } from "./finding";
import { formatPath } from "./path";
import { readTime, type TimeClaim } from "./read-time";

export type TimeState = "valid" | "expired" | "not-yet" | "never-expires" | "unreadable";

export type TimesReading = {
  /** By the clock given. `unreadable`: exp or nbf is there and is no number. `never-expires`: no exp, or one so far ahead that it is none. */
  state: TimeState;
  /** Layer `time`; `path` is set, `range` is not. */
  findings: Finding[];
  /** Seconds since 1970, as the claims are written. */
  createdAt?: number;
  notBefore?: number;
  /** Undefined when the token never expires. */
  expiresAt?: number;
  /** Seconds since 1970 that were probably meant, for claims that say something else. */
  meant: Partial<Record<TimeClaim, number>>;
};

/** Offsets from UTC, in minutes, that lie east and are no whole hours. */
const BROKEN_OFFSETS = [210, 270, 330, 345, 390, 525, 570, 630, 765];
const LARGEST_OFFSET = 14 * 60;
/** How long ago a token may have been issued by a wrong clock for its offset still to be seen. */
const RECENT_SECONDS = 300;

/** Reads exp, nbf and iat of `claims` at `now` (seconds since 1970), with clocks allowed to differ by `clockToleranceSeconds`. Never throws. */
export function checkTimes(
  claims: Record<string, unknown>,
  { now, clockToleranceSeconds }: { now: number; clockToleranceSeconds: number },
): TimesReading {
  const findings: Finding[] = [];
  const add = (
    code: string,
    severity: Severity,
    about: TimeClaim[],
    message: string,
    remedy: string,
    instants?: readonly number[],
  ): void => {
    const path = formatPath("payload", about);
    findings.push({ code, layer: "time", severity, path, message, ...(instants?.length ? { instants } : {}), remedy });
  };
  const meant: TimesReading["meant"] = {};
  const read = (name: TimeClaim): { given: boolean; seconds: number | undefined } => {
    if (!Object.hasOwn(claims, name)) return { given: false, seconds: undefined };
    const reading = readTime(name, claims[name]);
    if (reading.finding) findings.push(reading.finding);
    if (reading.meant !== undefined) meant[name] = reading.meant;
    return { given: true, seconds: reading.seconds };
  };
  const exp = read("exp");
  const nbf = read("nbf");
  const iat = read("iat");
  const tolerance = clockToleranceSeconds > 0 ? ` (clocks may differ by ${formatSpan(clockToleranceSeconds)})` : "";

  if (!exp.given) {
    const message = "There is no `exp`: the token is valid for ever, and only disabling the key ends it.";
    add("exp-missing", "warning", [], message, "Set `exp`.");
  }
  const endless = exp.seconds === undefined || isEndless(exp.seconds, now);
  if (exp.seconds !== undefined && endless && exp.seconds < MILLISECONDS_FROM) {
    const message = `\`exp\` is in the year ${yearOf(exp.seconds)}: the token practically never expires.`;
    add(
      "exp-far-ahead",
      "warning",
      ["exp"],
      message,
      "Set `exp` to the time of issue plus the lifetime, both in seconds.",
    );
  }
  const expired = exp.seconds !== undefined && now >= exp.seconds + clockToleranceSeconds;
  if (expired && exp.seconds !== undefined) {
    const instants: number[] = [];
    const message = `The token expired at ${placeOf(exp.seconds, instants)}, ${coarselyFromNow(exp.seconds, now)}${tolerance}.`;
    add("expired", "error", ["exp"], message, "Issue a new token.", instants);
  }
  const never = exp.seconds !== undefined && nbf.seconds !== undefined && nbf.seconds >= exp.seconds;
  const notYet = nbf.seconds !== undefined && nbf.seconds > now + clockToleranceSeconds;
  if (notYet && nbf.seconds !== undefined) {
    const instants: number[] = [];
    const message = `The token is not valid before ${placeOf(nbf.seconds, instants)}, in ${formatSpan(nbf.seconds - now)}${tolerance}.`;
    const seconds = meant.nbf === undefined ? undefined : `\`nbf\` counts seconds: write ${meant.nbf}.`;
    const remedy = never
      ? "It is over before that: set `nbf` before `exp`, or leave it out."
      : "Wait until then, or issue a token without `nbf`.";
    add("not-yet-valid", "error", ["nbf"], message, seconds ?? remedy, instants);
  }
  if (never) {
    const message = "`nbf` is not before `exp`: there is no instant at which the token is valid.";
    add("nbf-after-exp", "error", ["nbf"], message, "Set `nbf` before `exp`, or leave it out.");
  }
  // A claim in another unit has its own finding; what is compared is what was meant.
  const ends = inSeconds(exp.seconds, meant.exp);
  const begins = inSeconds(iat.seconds, meant.iat);
  if (ends !== undefined && begins !== undefined && ends <= begins) {
    const message =
      ends === begins
        ? "`exp` equals `iat`: the token had no life at all."
        : `\`exp\` is ${formatSpan(begins - ends)} before \`iat\`: the token expired before it was issued.`;
    const remedy = "Set `exp` to the time of issue plus the lifetime, both in seconds.";
    add(ends === begins ? "exp-equals-iat" : "exp-before-iat", "warning", ["exp"], message, remedy);
  }
  if (iat.seconds !== undefined && iat.seconds > now && iat.seconds < MILLISECONDS_FROM) {
    findings.push(judgeFutureIssue(iat.seconds - now, iat.seconds, clockToleranceSeconds));
  }

  const unreadable = (exp.given && exp.seconds === undefined) || (nbf.given && nbf.seconds === undefined);
  const lasting: TimeState = endless ? "never-expires" : "valid";
  const state = unreadable ? "unreadable" : expired ? "expired" : notYet ? "not-yet" : lasting;
  const times: TimesReading = { state, findings, meant };
  if (iat.seconds !== undefined) times.createdAt = iat.seconds;
  if (nbf.seconds !== undefined) times.notBefore = nbf.seconds;
  if (exp.seconds !== undefined && !endless) times.expiresAt = exp.seconds;
  return times;
}

function inSeconds(seconds: number | undefined, meant: number | undefined): number | undefined {
  return seconds === undefined || seconds >= MILLISECONDS_FROM ? meant : seconds;
}

/** Two clocks are never the same: by so little they differ on any two machines. */
const ORDINARY_SKEW_SECONDS = 5;

/** Why a token says that it was issued `ahead` seconds from now. */
function judgeFutureIssue(ahead: number, iat: number, clockToleranceSeconds: number): Finding {
  const instants: number[] = [];
  const what = `\`iat\` is ${placeOf(iat, instants)}, ${formatSpan(ahead)} ahead`;
  const base = { layer: "time", path: formatPath("payload", ["iat"]), instants } as const;
  if (ahead <= Math.max(clockToleranceSeconds, ORDINARY_SKEW_SECONDS)) {
    const message = `${what}: the clock of the issuer is a little fast, or this browser's slow.`;
    return { ...base, code: "iat-clock-skew", severity: "note", message, remedy: "Set the issuer's clock by NTP." };
  }
  const zone = likelyZone(ahead);
  if (zone) {
    const message = `${what}: probably local time of ${zone} written as if it were UTC.`;
    const remedy = "Take the time in UTC; in Python, `datetime.now(timezone.utc)`.";
    return { ...base, code: "iat-local-time", severity: "warning", message, remedy };
  }
  if (ahead <= 900) {
    const message = `${what}: the clock of the issuer is fast.`;
    return { ...base, code: "iat-clock-skew", severity: "warning", message, remedy: "Set the issuer's clock by NTP." };
  }
  const message = `${what}: the token says that it was issued in the future.`;
  return { ...base, code: "iat-in-future", severity: "warning", message, remedy: "Set `iat` to the time of issue." };
}

/** `UTC+05:30` when `ahead` is that offset less a short age (or more by a little skew). */
function likelyZone(ahead: number): string | undefined {
  for (let minutes = 60; minutes <= LARGEST_OFFSET; minutes += 15) {
    const age = minutes * 60 - ahead;
    if (age < -60 || age > RECENT_SECONDS || (minutes % 60 !== 0 && !BROKEN_OFFSETS.includes(minutes))) continue;
    const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
    return `UTC+${String(hours).padStart(2, "0")}:${String(rest).padStart(2, "0")}`;
  }
  return undefined;
}
