/** Signs a payload as vendors want it: the algorithm of the profile, header `alg` and `typ`, the secret's characters as they are. */
import { createHash } from "node:crypto";
import { SignJWT } from "jose";
import type { Algorithm } from "@/lib/jwt/check-header";
import type { Claims } from "@/lib/profiles/profile";

/** The same claims and secret give the same token, byte for byte (RFC 7515 §5.1). */
export function signToken(claims: Claims, secret: string, algorithm: Algorithm): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: algorithm, typ: "JWT" }).sign(new TextEncoder().encode(secret));
}

/** What the ledger keeps instead of the token. */
export function tokenSha256(token: string): string {
  return createHash("sha256").update(token, "utf8").digest("hex");
}
