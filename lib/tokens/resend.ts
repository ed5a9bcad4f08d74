/** Recognises a double click or a resend by its `jti`, and answers it with the token that the first one issued: signed again from the ledger's claims, which gives the same bytes. */
import type { Actor } from "@/lib/auth/actor";
import { reader } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { OpenSecret } from "@/lib/keys/open-secrets";
import type { Claims } from "@/lib/profiles/profile";
import type { IssuedTokenResult } from "./issue";
import { signToken, tokenSha256 } from "./sign";

/** How long a resend may ask for its token; after that it has been shown once. */
const RESEND_SECONDS = 10 * 60;

/** What the ledger keeps beside the claims. */
type Kept = { template: string; purpose: string };

/** What must be the same for two requests to be one: the claims but for their instants, the lifetime, and what only the ledger keeps. */
function meaning(claims: Claims, { template, purpose }: Kept): string {
  const { iat, exp, ...rest } = claims;
  return JSON.stringify([rest, Number(exp) - Number(iat), template, purpose]);
}

/**
 * @param claims what this request would have signed
 * @returns undefined when no token with this `jti` was issued
 * @throws AppError `conflict` when one was, but by somebody else, for something else, or too long ago
 */
export async function resendOf(
  actor: Actor,
  claims: Claims,
  kept: Kept,
  secret: OpenSecret,
): Promise<IssuedTokenResult | undefined> {
  const row = await reader().issuedToken.findUnique({ where: { jti: String(claims.jti) } });
  if (!row) return undefined;
  const issued = JSON.parse(row.claims) as Claims;
  const ageSeconds = Date.now() / 1000 - Number(issued.iat);
  const same =
    row.issuerId === actor.memberId &&
    row.secretVersionId === secret.versionId &&
    meaning(issued, row) === meaning(claims, kept);
  const token = same && ageSeconds < RESEND_SECONDS ? await signToken(issued, secret.secret) : undefined;
  if (!token || tokenSha256(token) !== row.sha256) {
    throw new AppError(
      "conflict",
      `This form has issued token No. ${row.number} already. Nothing more was issued; press the button again to issue another.`,
    );
  }
  return { token, number: row.number, claims: issued, keyLabel: row.keyLabel, purpose: row.purpose };
}
