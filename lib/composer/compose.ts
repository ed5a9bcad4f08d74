/** What the issue form would sign right now, and what is wrong with it, as the verb will see it. Browser-safe. */

import { type IssueTokenInput, issueTokenInput } from "@/lib/composer/schema";
import type { Finding } from "@/lib/jwt/finding";
import { givenOf } from "@/lib/profiles/given";
import type { Claims, Profile } from "@/lib/profiles/profile";
import { firstProfile, profileOf } from "@/lib/profiles/registry";
import { secondsOf } from "@/lib/text/parse-duration";
import * as z from "@/lib/zod";
import { askedIn, fieldOfPath, type KeyPolicy, refusals } from "./refusals";

/** A key as the form knows it. */
export type KeyChoice = KeyPolicy & { id: string; apiKey: string; profile: string };

export type Composed = {
  claims: Claims;
  /** Undefined while the lifetime cannot be read. */
  ttlSeconds: number | undefined;
  /** By field: why it can't be issued. */
  errors: Record<string, string>;
  /** By field: what is probably not meant. */
  warnings: Record<string, string>;
  notes: Finding[];
};

/** @param now seconds since 1970 */
export function compose(profile: Profile, keys: readonly KeyChoice[], form: IssueTokenInput, now: number): Composed {
  const ttlSeconds = secondsOf(form.expiresIn);
  const key = keys.find((choice) => choice.id === form.keyId);
  const claims = profile.buildClaims({
    apiKey: key?.apiKey ?? "",
    given: givenOf(profile, form),
    issuedAt: now,
    expiresAt: now + (ttlSeconds ?? 0),
    jti: form.jti,
  });
  // Without a lifetime there is no expiry to judge: that it can't be read is said already.
  const findings = profile
    .rules(claims, { now, composing: true })
    .filter(({ path }) => ttlSeconds !== undefined || fieldOfPath(profile, path) !== "expiresIn");
  const warnings: Record<string, string> = {};
  for (const finding of findings) {
    if (finding.severity === "warning")
      warnings[fieldOfPath(profile, finding.path)] ??= [finding.message, finding.remedy].filter(Boolean).join(" ");
  }
  return {
    claims,
    ttlSeconds,
    errors:
      key && ttlSeconds !== undefined
        ? refusals(profile, claims, key, askedIn(profile, { ...form, ttlSeconds }, claims))
        : {},
    warnings,
    notes: findings.filter((finding) => finding.severity === "note"),
  };
}

/** The vendor whose key it is; while none is chosen, that of the first. */
export function profileOfChoice(keys: readonly KeyChoice[], keyId: string): Profile {
  const key = keys.find(({ id }) => id === keyId) ?? keys[0];
  return key ? profileOf(key.profile) : firstProfile();
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
