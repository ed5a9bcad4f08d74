/** Signs a payload as VideoSDK wants it: HS256, header `alg` and `typ`, the secret's characters as they are. */
import { createHash } from "node:crypto";
import { SignJWT } from "jose";
import type { Claims } from "@/lib/profiles/profile";

/** The same claims and secret give the same token, byte for byte (RFC 7515 §5.1). */
export function signToken(claims: Claims, secret: string): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: "HS256", typ: "JWT" }).sign(new TextEncoder().encode(secret));
}

/** What the ledger keeps instead of the token. */
export function tokenSha256(token: string): string {
  return createHash("sha256").update(token, "utf8").digest("hex");
}
