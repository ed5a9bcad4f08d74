/** Says, field by field of the issue form, why a payload may not be signed: the vendor's rules and the key's policy. Browser-safe, so that the form says it while one types and the verb says the same. */

import type { FieldErrors } from "@/lib/errors";
import { parsePath } from "@/lib/jwt/path";
import type { Claims, Profile } from "@/lib/profiles/profile";
import { formatSpan } from "@/lib/text/span";

export type KeyPolicy = {
  label: string;
  disabled: boolean;
  /** Longest lifetime in seconds; null: no limit. */
  maxTtlSeconds: number | null;
};

/** `payload.roles[1]` → the field that the person filled in. */
export function fieldOfPath({ keyClaim }: Pick<Profile, "keyClaim">, path: string | undefined): string {
  const [claim] = parsePath(path ?? "")?.parts ?? [];
  if (claim === undefined) return "form";
  return claim === "exp" || claim === "iat" ? "expiresIn" : claim === keyClaim ? "keyId" : String(claim);
}

/** @returns messages by field; empty when the payload may be signed */
export function refusals(profile: Profile, claims: Claims, key: KeyPolicy, ttlSeconds: number): FieldErrors {
  const fields: FieldErrors = {};
  if (key.disabled) fields.keyId = `"${key.label}" is disabled here. Choose another key, or ask an admin to enable it.`;
  if (key.maxTtlSeconds !== null && ttlSeconds > key.maxTtlSeconds) {
    fields.expiresIn = `"${key.label}" allows at most ${formatSpan(key.maxTtlSeconds)}. Choose a shorter lifetime.`;
  }
  for (const finding of profile.rules(claims, { now: Number(claims.iat) })) {
    if (finding.severity === "error")
      fields[fieldOfPath(profile, finding.path)] ??= [finding.message, finding.remedy].filter(Boolean).join(" ");
  }
  return fields;
}
