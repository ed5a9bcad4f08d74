/** Every rule of VideoSDK's payload but the arithmetic of `exp`, `iat` and `nbf`, which belongs to the time layer. Reads claims only: it checks no signature and asks no server. */

import { isEndless } from "@/lib/jwt/endless";
import type { Finding } from "@/lib/jwt/finding";
import { formatPath } from "@/lib/jwt/path";
import type { Claims, RuleContext } from "@/lib/profiles/profile";
import { hasClaim, scopedClaims } from "@/lib/profiles/videosdk/claims";
import { quote, ruleFinding } from "@/lib/profiles/videosdk/finding";
import { plausibleSeconds } from "@/lib/profiles/videosdk/grants";
import { builderRules, permissionRules, roleRules } from "@/lib/profiles/videosdk/list-rules";
import { type Misspelling, misspellingRules, misspellings } from "@/lib/profiles/videosdk/misspellings";
import { participantRules, roomRules } from "@/lib/profiles/videosdk/scope-rules";
import { listed } from "@/lib/text/listed";
import { formatSpan, secondsPer } from "@/lib/text/span";

/**
 * The broken rules, in the order of the claims. `now` is in seconds since 1970. Never throws; at most a few dozen
 * findings, whatever the size of the payload.
 * Sources: VideoSDK, "Authentication and tokens" and "Meeting error codes"; what is inferred says so in its message.
 */
export function rules(claims: Claims, { now, composing = false }: RuleContext): Finding[] {
  const misspelt = misspellings(claims);
  return [
    ...misspellingRules(claims, misspelt),
    ...apiKeyRules(claims, misspelt),
    ...(isMisspelt("permissions", misspelt) && !hasClaim(claims, "permissions") ? [] : permissionRules(claims)),
    ...(composing ? [] : builderRules(claims)),
    ...versionRules(claims, misspelt),
    ...roomRules(claims),
    ...participantRules(claims),
    ...roleRules(claims),
    ...lifetimeRules(claims, now, composing),
    ...tokenIdRules(claims),
  ];
}

function isMisspelt(name: string, misspelt: Misspelling[]): boolean {
  return misspelt.some((misspelling) => misspelling.meant === name);
}

function apiKeyRules(claims: Claims, misspelt: Misspelling[]): Finding[] {
  const path = formatPath("payload", ["apikey"]);
  const remedy = "Set apikey to the API key of VideoSDK's dashboard.";
  const value = claims.apikey;
  if (!hasClaim(claims, "apikey")) {
    if (isMisspelt("apikey", misspelt)) return [];
    const message = "The claim apikey is missing: VideoSDK can't tell whose token this is.";
    return [ruleFinding("error", "apikey-missing", path, { message, remedy, vendor: 4001 })];
  }
  if (typeof value !== "string") {
    const message = `apikey is ${quote(value)}, but must be a string.`;
    return [ruleFinding("error", "apikey-not-a-string", path, { message, remedy, vendor: 4001 })];
  }
  if (value.trim() === "") {
    const message = "apikey is empty: VideoSDK can't tell whose token this is.";
    return [ruleFinding("error", "apikey-empty", path, { message, remedy, vendor: 4001 })];
  }
  if (/\s/.test(value)) {
    const message = "apikey contains white space, which no API key does.";
    return [ruleFinding("error", "apikey-white-space", path, { message, remedy, vendor: 4001 })];
  }
  return [];
}

function versionRules(claims: Claims, misspelt: Misspelling[]): Finding[] {
  const path = formatPath("payload", ["version"]);
  const scoped = scopedClaims.filter((name) => hasClaim(claims, name));
  const severity = scoped.length > 0 ? "error" : "warning";
  const needed =
    scoped.length > 0
      ? `${listed(scoped)} ${scoped.length > 1 ? "need" : "needs"} version 2; what VideoSDK does without it is not documented`
      : "the only documented version is the number 2";
  const value = claims.version;
  if (!hasClaim(claims, "version")) {
    if (scoped.length === 0 || isMisspelt("version", misspelt)) return [];
    const message = `version is missing: ${needed}.`;
    return [ruleFinding("error", "version-missing", path, { message, remedy: "Add version: 2, as a number." })];
  }
  if (value === 2) return [];
  const remedy = "Write version: 2, as a number without quotes.";
  if (typeof value === "string") {
    const message = `version is the string ${quote(value)}, but must be a number: ${needed}.`;
    return [ruleFinding(severity, "version-as-string", path, { message, remedy })];
  }
  if (typeof value === "number") {
    return [ruleFinding(severity, "version-not-2", path, { message: `version is ${value}: ${needed}.`, remedy })];
  }
  const message = `version is ${quote(value)}, but must be a number: ${needed}.`;
  return [ruleFinding(severity, "version-not-a-number", path, { message, remedy })];
}

function lifetimeRules(claims: Claims, now: number, composing: boolean): Finding[] {
  const { exp, iat } = claims;
  // That it practically never expires is said of its time.
  if (!plausibleSeconds(exp) || isEndless(exp, now)) return [];
  const path = formatPath("payload", ["exp"]);
  // Without iat the birth of the token is unknown; what is left of its life is then the least that it can be.
  const lifetime = exp - (plausibleSeconds(iat) ? iat : now);
  if (lifetime > secondsPer.d) {
    // Of one that is composed to start later it is another one each second: a text that is read aloud changes with the minute.
    const step = composing && claims.nbf !== undefined ? secondsPer.min : 1;
    const message = `${formatSpan(Math.ceil(lifetime / step) * step)}, and one token can't be ended alone.`;
    const remedy = "VideoSDK recommends short lifetimes.";
    return [ruleFinding("warning", "lifetime-over-24h", path, { message, remedy })];
  }
  // Whoever composes has typed a unit, or is told what a number without one counts.
  if (!composing && plausibleSeconds(iat) && lifetime >= 0 && lifetime < 60) {
    const message = `This token is good for ${lifetime < 1 ? "less than a second" : formatSpan(lifetime)}: to jsonwebtoken, expiresIn: "120" means 120 milliseconds.`;
    const remedy = "Write a unit, as in 120s, or a number.";
    return [ruleFinding("warning", "lifetime-under-a-minute", path, { message, remedy })];
  }
  return [];
}

function tokenIdRules(claims: Claims): Finding[] {
  const path = formatPath("payload", ["jti"]);
  if (!hasClaim(claims, "jti")) {
    const message = "There is no jti: no log or record can name this token.";
    return [ruleFinding("note", "jti-missing", path, { message })];
  }
  if (typeof claims.jti === "string") return [];
  const message = `jti is ${quote(claims.jti)}, but RFC 7519, section 4.1.7, makes it a string.`;
  return [ruleFinding("warning", "jti-not-a-string", path, { message, remedy: "Write jti as a string." })];
}
