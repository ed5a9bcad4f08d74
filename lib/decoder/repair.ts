/** Turns the claims of a token that its vendor refuses into a draft for the issue form that keeps the rules; what they were meant to be, the profile says. Browser-safe. */

import type { IssueTokenInput } from "@/lib/composer/schema";
import type { TimesReading } from "@/lib/jwt/times";
import { formOf } from "@/lib/profiles/given";
import type { Claims, Power, Repairing } from "@/lib/profiles/profile";
import { listed } from "@/lib/text/listed";
import { longestDurationSeconds } from "@/lib/text/longest-duration";
import { formatSpan } from "@/lib/text/span";

export type Draft = {
  /** Of the vendor's own fields, and the lifetime. */
  values: Pick<IssueTokenInput, "expiresIn"> & Record<string, string | string[]>;
  /** Whose secret should sign; empty when the claims do not say. The form says what becomes of it: only it knows the keys. */
  apiKey: string;
  /** What was corrected, one short sentence each. */
  changes: string[];
  /** What was there and is not in the draft, though nothing may be wrong with it; one short sentence each. */
  leftOut: string[];
  /** What no ledger has recorded that anybody was given: theirs only who ask for it. */
  powers: Power[];
};

/** A payload may hold thousands of claims. */
const NAMED_DROPS = 10;
/** Of a claim that may have any name, also none. */
export function shortName(name: string): string {
  const seen = name.trim() === "" ? JSON.stringify(name) : name;
  return (seen.length > 60 ? `${seen.slice(0, 60)}…` : seen).replace(/`/g, "'");
}
const DEFAULT_LIFETIME = "2h";

/**
 * @param repairing the vendor's
 * @param times the reading of the same claims; its `meant` corrects milliseconds and the like
 * @param twice those that stand more than once, of which `claims` have the last
 */
export function repair(
  repairing: Repairing,
  claims: Claims,
  times: TimesReading,
  twice: ReadonlySet<string> = new Set(),
): Draft {
  const { given, apiKey, changes: mended, read } = repairing.repair(claims);
  const changes = [...mended];
  // Which of them was meant nobody knows; the `jti` is a new one in any case.
  const doubled = [...twice].filter((name) => read.has(name) && name !== "jti").map((name) => `\`${shortName(name)}\``);
  if (doubled.length > 0)
    changes.push(
      `${listed(doubled)} ${doubled.length === 1 ? "stands more than once: the last one counts" : "stand more than once: the last of each counts"} here.`,
    );
  if ("jti" in claims && typeof claims.jti !== "string") changes.push("`jti` is now a text.");
  const unread = Object.keys(claims).filter((name) => !read.has(name));
  const leftOut = unread.slice(0, NAMED_DROPS).map((name) => `\`${shortName(name)}\` is left out.`);
  if (unread.length > NAMED_DROPS) leftOut.push(`${unread.length - NAMED_DROPS} further claims are left out.`);
  const values = { ...formOf(given), expiresIn: lifetime(claims, times, changes) };
  return { values, apiKey, changes, leftOut, powers: repairing.powers(given) };
}

/** The draft without the powers that were not asked for. @param asked their fields */
export function withhold(draft: Draft, asked: ReadonlySet<string>): Draft {
  const withheld = draft.powers.filter(({ field }) => !asked.has(field));
  const without = formOf(Object.fromEntries(withheld.map((power) => [power.field, power.without])));
  return { ...draft, values: { ...draft.values, ...without }, powers: [] };
}

function lifetime(claims: Claims, { meant, findings }: TimesReading, changes: string[]): string {
  if (findings.some(({ code }) => code.startsWith("iat-"))) changes.push("`iat` is now the time of issue.");
  const instant = (name: "iat" | "exp") =>
    meant[name] ?? (typeof claims[name] === "number" ? claims[name] : Number.NaN);
  const seconds = Math.round(instant("exp") - instant("iat"));
  if (!(seconds > 0 && seconds <= longestDurationSeconds)) {
    changes.push(`It now expires in ${DEFAULT_LIFETIME}.`);
    return DEFAULT_LIFETIME;
  }
  if (meant.exp !== undefined || meant.iat !== undefined)
    changes.push(`It is good for ${formatSpan(seconds)}, as was meant.`);
  return `${seconds}s`;
}
