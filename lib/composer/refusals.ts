/** Says, field by field of the issue form, why a payload may not be signed: the vendor's rules and the key's policy. Browser-safe, so that the form says it while one types and the verb says the same. */

import type { FieldErrors } from "@/lib/errors";
import type { Finding } from "@/lib/jwt/finding";
import { parsePath } from "@/lib/jwt/path";
import { type Asked, type EffectivePolicy, refusedByPolicy } from "@/lib/keys/policy";
import { givenOf, namesIn } from "@/lib/profiles/given";
import type { Claims, Profile, Template } from "@/lib/profiles/profile";
import { secondsPer } from "@/lib/text/span";
import { waitOf } from "./claims-of";
import type { IssueTokenInput, ParsedIssueInput } from "./schema";
import { templateBehind } from "./template";

export type KeyPolicy = {
  label: string;
  /** Who takes certain templates alone, where that is not the key. */
  templatesOf?: string;
  disabled: boolean;
  policy: EffectivePolicy;
  /** Those in force: the vendor's that are not hidden, and the team's own. */
  templates: readonly Template[];
};

/** `payload.roles[1]` → the field that the person filled in. */
export function fieldOfPath(
  { keyClaim, claimNames }: Pick<Profile, "keyClaim" | "claimNames">,
  path: string | undefined,
): string {
  const [claim] = parsePath(path ?? "")?.parts ?? [];
  if (claim === undefined) return "form";
  if (claim === "exp" || claim === "iat") return "expiresIn";
  if (claim === "nbf") return "startsAt";
  if (claim === keyClaim) return "keyId";
  return claimNames.includes(String(claim)) ? String(claim) : "customClaims";
}

/** What a form asks for, as far as the key's policy speaks of it. */
export function askedIn(
  profile: Profile,
  key: Pick<KeyPolicy, "policy" | "templates">,
  form: Pick<IssueTokenInput, "template" | "purpose"> &
    Pick<ParsedIssueInput, "ttlSeconds" | "startsAt" | "customClaims"> &
    Record<string, unknown>,
  claims: Claims,
  now: number,
): Asked {
  const given = givenOf(profile, form);
  const { room, subject } = profile.facts(claims);
  const namesOf = (limited: "permissions" | "roles") =>
    profile.fields.flatMap(({ name, limits }) => (limits === limited ? namesIn(given, name) : []));
  return {
    // Until it ends: what waits for its start is out there, too.
    ttlSeconds: waitOf(form, now) + form.ttlSeconds,
    waits: waitOf(form, now) > 0,
    permissions: namesOf("permissions"),
    roles: namesOf("roles"),
    room,
    subject,
    purpose: form.purpose?.trim() ?? "",
    templateId: templateBehind(profile, form, key)?.id ?? null,
  };
}

/** A year: nobody remembers longer what waits. */
const LONGEST_WAIT_SECONDS = 365 * secondsPer.d;

/** @param now seconds since 1970 @returns what is wrong with when it starts */
export function startErrors({ startsAt }: Pick<ParsedIssueInput, "startsAt">, now: number): FieldErrors {
  if (startsAt === null) return {};
  if (startsAt <= now) return { startsAt: "This has passed. Choose a later instant, or leave it empty to start now." };
  if (startsAt - now > LONGEST_WAIT_SECONDS) return { startsAt: "Choose an instant within a year." };
  return {};
}

/** @returns messages by field; empty when the payload may be signed */
export function refusals(profile: Profile, claims: Claims, key: KeyPolicy, asked: Asked): FieldErrors {
  const fields = refusedByPolicy(profile, key.policy, asked, key.label, key.templates);
  if (key.disabled) fields.keyId = `"${key.label}" is disabled here. Choose another key; an admin can enable this one.`;
  for (const [field, message] of Object.entries(ruleErrors(profile, claims))) fields[field] ??= message;
  return fields;
}

/** @returns by field what breaks the vendor's rules, the first of each */
export function ruleErrors(profile: Profile, claims: Claims): FieldErrors {
  const fields: FieldErrors = {};
  for (const finding of profile.rules(claims, { now: Number(claims.iat) }))
    if (finding.severity === "error") fields[fieldOfPath(profile, finding.path)] ??= inWords(finding);
  return fields;
}

/** @returns what of a payload is signed and probably not meant, as the form says it */
export function ruleWarnings(profile: Profile, claims: Claims): string[] {
  const findings = profile.rules(claims, { now: Number(claims.iat), composing: true });
  return findings.filter(({ severity }) => severity === "warning").map(inWords);
}

export const inWords = ({ message, remedy }: Finding) => [message, remedy].filter(Boolean).join(" ");
