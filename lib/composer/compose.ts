/** What the issue form would sign right now, and what is wrong with it, as the verb will see it. Browser-safe. */

import { type IssueTokenInput, issueTokenInput } from "@/lib/composer/schema";
import type { Finding } from "@/lib/jwt/finding";
import type { Claims, Profile, Template } from "@/lib/profiles/profile";
import { firstProfile, profileOf } from "@/lib/profiles/registry";
import { secondsOf } from "@/lib/text/parse-duration";
import * as z from "@/lib/zod";
import { claimsOf } from "./claims-of";
import { readCustomClaims } from "./custom-claims";
import { askedIn, fieldOfPath, inWords, type KeyPolicy, refusals, ruleErrors, startErrors } from "./refusals";

/** A key as the form knows it. */
export type KeyChoice = KeyPolicy & {
  id: string;
  apiKey: string;
  profile: string;
  /** Seconds since 1970; null: never. */
  lastIssuedAt?: number | null;
};

export type Composed = {
  claims: Claims;
  /** Undefined while the lifetime cannot be read. */
  ttlSeconds: number | undefined;
  /** By field: why it can't be issued. */
  errors: Record<string, string>;
  /** By field: what is probably not meant. */
  warnings: Record<string, string>;
  notes: Finding[];
  /** What is missing for anything to be signed at all; what it permits need not be told then. */
  unsignable: "no-key" | "disabled-key" | "no-lifetime" | undefined;
};

/** @param now seconds since 1970 */
export function compose(profile: Profile, keys: readonly KeyChoice[], form: IssueTokenInput, now: number): Composed {
  const ttlSeconds = secondsOf(form.expiresIn);
  const key = keys.find((choice) => choice.id === form.keyId);
  const custom = readCustomClaims(form.customClaims ?? "", profile);
  const read = {
    startsAt: startOf(form),
    ttlSeconds: ttlSeconds ?? 0,
    // What is wrong with it the schema says.
    customClaims: custom.ok ? custom.claims : {},
    jti: form.jti,
  };
  const claims = claimsOf(profile, key?.apiKey ?? "", read, form, now);
  const readable = ttlSeconds !== undefined;
  const errors = key
    ? refusals(profile, claims, key, askedIn(profile, key, { ...form, ...read }, claims, now))
    : ruleErrors(profile, claims);
  Object.assign(errors, startErrors(read, now), errors);
  // That there is no key, or no lifetime that can be read, is said already; what follows from it is nonsense.
  if (!key) delete errors.keyId;
  if (!readable) {
    delete errors.expiresIn;
    delete errors.template;
  }
  const findings = profile
    .rules(claims, { now, composing: true })
    .filter(({ path }) => readable || fieldOfPath(profile, path) !== "expiresIn");
  const warnings: Record<string, string> = {};
  for (const finding of findings) {
    const field = fieldOfPath(profile, finding.path);
    if (finding.severity === "warning" && !errors[field]) warnings[field] ??= inWords(finding);
  }
  return {
    claims,
    ttlSeconds,
    errors,
    warnings,
    notes: findings.filter((finding) => finding.severity === "note"),
    unsignable: !key ? "no-key" : key.disabled ? "disabled-key" : !readable ? "no-lifetime" : undefined,
  };
}

/** Seconds since 1970; null: now, or what can't be read. */
const startOf = ({ startsAt = "" }: Pick<IssueTokenInput, "startsAt">) =>
  startsAt === "" || Number.isNaN(Date.parse(startsAt)) ? null : Math.floor(Date.parse(startsAt) / 1000);

/** The vendor whose key it is; while none is chosen, that of the first. */
export function profileOfChoice(keys: readonly KeyChoice[], keyId: string): Profile {
  const key = keys.find(({ id }) => id === keyId) ?? keys[0];
  return key ? profileOf(key.profile) : firstProfile();
}

/** What the form of that key offers to begin with; while none is chosen, that of the first. */
export function templatesOfChoice(keys: readonly KeyChoice[], keyId: string): readonly Template[] {
  return (keys.find(({ id }) => id === keyId) ?? keys[0])?.templates ?? [];
}

/** The form's schema together with the vendor's rules and the key's policy: what it lets pass, the verb lets pass. */
export function issueFormSchema(keys: readonly KeyChoice[]) {
  return z.custom<IssueTokenInput>().superRefine((typed, context) => {
    const profile = profileOfChoice(keys, typed.keyId);
    for (const { path, message } of issueTokenInput(profile).safeParse(typed).error?.issues ?? [])
      context.addIssue({ code: "custom", path, message });
    const { errors } = compose(profile, keys, typed, Math.floor(Date.now() / 1000));
    if (typed.keyId && !keys.some(({ id }) => id === typed.keyId)) errors.keyId = "This key is gone. Choose another.";
    for (const [field, message] of Object.entries(errors)) context.addIssue({ code: "custom", path: [field], message });
  });
}
