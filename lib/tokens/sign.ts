/** Signs a payload as vendors want it: the algorithm of the profile, header `alg` and `typ`, the secret's characters as they are. */
import { createHash } from "node:crypto";
import { SignJWT } from "jose";
import type { Algorithm } from "@/lib/jwt/check-header";
import type { Claims } from "@/lib/profiles/profile";

/** The same claims and secret give the same token, byte for byte (RFC 7515 §5.1). */
export function signToken(claims: Claims, secret: string, algorithm: Algorithm): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: algorithm, typ: "JWT" }).sign(new TextEncoder().encode(secret));
}

/** Signs many with one secret: it is made a key once. @returns what signs one, as `signToken` does */
export async function openSigner(secret: string, algorithm: Algorithm): Promise<(claims: Claims) => Promise<string>> {
  const bytes = new TextEncoder().encode(secret);
  const hash = `SHA-${algorithm.slice(2)}`;
  const key = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash }, false, ["sign"]);
  return (claims) => new SignJWT(claims).setProtectedHeader({ alg: algorithm, typ: "JWT" }).sign(key);
}

/** What the ledger keeps instead of the token. */
export function tokenSha256(token: string): string {
  return createHash("sha256").update(token, "utf8").digest("hex");
}
