/** Makes of a form the payload that it would sign: the vendor's claims, from now or from a later instant on, and behind them the custom ones. Pure; refuses nothing. Browser-safe. */
import { givenOf } from "@/lib/profiles/given";
import type { Claims, Profile } from "@/lib/profiles/profile";

type Form = {
  /** Seconds since 1970; null: now. */
  startsAt: number | null;
  ttlSeconds: number;
  customClaims: Claims;
  jti: string;
};

/** How long until a form's token starts: its lifetime counts from then. @param now seconds since 1970 */
export const waitOf = ({ startsAt }: Pick<Form, "startsAt">, now: number) =>
  startsAt === null ? 0 : Math.max(0, startsAt - now);

/** @param vendorFields the form, with the vendor's own fields @param now seconds since 1970 */
export function claimsOf(
  profile: Profile,
  apiKey: string,
  { startsAt, ttlSeconds, customClaims, jti }: Form,
  vendorFields: Readonly<Record<string, unknown>>,
  now: number,
): Claims {
  const claims = profile.buildClaims({
    apiKey,
    given: givenOf(profile, vendorFields),
    issuedAt: now,
    startsAt: startsAt ?? undefined,
    expiresAt: (startsAt ?? now) + ttlSeconds,
    jti,
  });
  return { ...claims, ...customClaims };
}
