/** Turns the claims of a token that VideoSDK refuses into a draft for the issue form that keeps the rules. Grants less rather than more where two readings are possible; browser-safe. */

import type { IssueTokenInput } from "@/lib/composer/schema";
import type { TimesReading } from "@/lib/jwt/times";
import type { Claims } from "@/lib/profiles/profile";
import { formatDuration, longestDurationSeconds } from "@/lib/text/duration";

export type Draft = {
  values: Partial<IssueTokenInput>;
  /** Whose secret should sign; empty when the claims do not say. The form says what becomes of it: only it knows the keys. */
  apiKey: string;
  /** What was corrected, one short sentence each. */
  changes: string[];
  /** What was there and is not in the draft, though nothing may be wrong with it; one short sentence each. */
  leftOut: string[];
};

const permissionNames = ["allow_join", "ask_join", "allow_mod"] as const;
const roleNames = ["rtc", "crawler"] as const;
/** A payload may hold thousands of claims. */
const NAMED_DROPS = 10;
const cut = (name: string) => (name.length > 60 ? `${name.slice(0, 60)}…` : name).replace(/`/g, "'");
const DEFAULT_LIFETIME = "2h";

/** Names are compared without case, `-` and `_`, as people misspell them. */
const bare = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, "");

/** What becomes of the key that a draft names: the one to choose, and what to say where there is none. */
export function keyOfDraft<Key extends { id: string; apiKey: string }>(
  { apiKey, changes, leftOut }: Draft,
  keys: readonly Key[],
): { keyId: string; said: string[] } {
  const key = keys.find((choice) => choice.apiKey === apiKey);
  const said = [...changes, ...leftOut];
  if (key) return { keyId: key.id, said: said.length > 0 ? said : ["Nothing had to be corrected."] };
  const why = apiKey ? `No key of this desk has the API key \`${cut(apiKey)}\` that it names` : "It names no API key";
  return { keyId: "", said: [`${why}: choose the key that signs.`, ...said] };
}

/** @param times the reading of the same claims; its `meant` corrects milliseconds and the like */
export function repair(claims: Claims, times: TimesReading): Draft {
  const changes: string[] = [];
  // What a new token has anew.
  const read = new Set(["iat", "exp", "jti"]);
  const find = (name: string, ...aliases: string[]) => {
    read.add(name);
    if (Object.hasOwn(claims, name)) return claims[name];
    const wanted = [name, ...aliases].map(bare);
    const key = Object.keys(claims).find((candidate) => wanted.includes(bare(candidate)));
    if (key) {
      read.add(key);
      changes.push(`\`${key}\` is now \`${name}\`.`);
    }
    return key ? claims[key] : undefined;
  };
  const names = <Name extends string>(claim: string, known: readonly Name[], alias: string, alone?: Name): Name[] => {
    const value = find(claim, alias);
    if (value === undefined) return [];
    const given = Array.isArray(value) ? value : typeof value === "string" ? value.split(/[\s,]+/) : [];
    const meant = known.filter((name) => given.some((item) => typeof item === "string" && bare(item) === bare(name)));
    const found = meant.filter((name) => name === alone || !alone || !meant.includes(alone));
    const same = Array.isArray(value) && value.length === found.length && found.every((name) => value.includes(name));
    if (!same) changes.push(`\`${claim}\` is now ${found.length > 0 ? found.join(", ") : "empty: choose"}.`);
    return found;
  };
  const identifier = (claim: string, ...aliases: string[]): string => {
    const value = find(claim, ...aliases);
    if (value === undefined) return "";
    // A number beyond 2^53 has lost digits by now: it would be somebody else's id.
    const kept = typeof value === "string" || Number.isSafeInteger(value);
    const text = kept ? String(value).replace(/\s+/g, "") : "";
    // Without it the token is good for more, so that must not go unsaid.
    if (text === "" && value !== "") changes.push(`\`${claim}\` is now empty: choose.`);
    else if (typeof value === "number") changes.push(`\`${claim}\` is now "${text}".`);
    else if (text !== value) changes.push(`\`${claim}\` lost its white space.`);
    return text;
  };

  const permissions = names("permissions", permissionNames, "permission", "ask_join");
  const roles = names("roles", roleNames, "role");
  const roomId = identifier("roomId", "room", "meetingId");
  const participantId = identifier("participantId", "participant");
  const named = find("apikey");
  const apiKey = typeof named === "string" ? named.trim() : "";
  if (typeof named === "string" && apiKey !== named) changes.push("`apikey` lost its white space.");
  if (roomId || participantId || roles.length > 0) {
    read.add("version");
    if (claims.version !== 2) changes.push("`version` is now 2.");
  }
  const unread = Object.keys(claims).filter((name) => !read.has(name));
  const leftOut = unread.slice(0, NAMED_DROPS).map((name) => `\`${cut(name)}\` is left out.`);
  if (unread.length > NAMED_DROPS) leftOut.push(`${unread.length - NAMED_DROPS} further claims are left out.`);
  return {
    values: { permissions, roles, roomId, participantId, expiresIn: lifetime(claims, times, changes) },
    apiKey,
    changes,
    leftOut,
  };
}

function lifetime(claims: Claims, { meant }: TimesReading, changes: string[]): string {
  const instant = (name: "iat" | "exp") =>
    meant[name] ?? (typeof claims[name] === "number" ? claims[name] : Number.NaN);
  const seconds = Math.round(instant("exp") - instant("iat"));
  if (!(seconds > 0 && seconds <= longestDurationSeconds)) {
    changes.push(`It now expires in ${DEFAULT_LIFETIME}.`);
    return DEFAULT_LIFETIME;
  }
  if (meant.exp !== undefined || meant.iat !== undefined)
    changes.push(`It lives for ${formatDuration(seconds)}, as was meant.`);
  return `${seconds}s`;
}
