/** Signs a payload as vendors want it: the algorithm of the profile, header `alg` and `typ`, the secret's characters as they are. By Node's own HMAC: the same bytes as jose gives, in a twentieth of its time (decision 023). */
import { createHash, createHmac } from "node:crypto";
import type { Algorithm } from "@/lib/jwt/check-header";
import type { Claims } from "@/lib/profiles/profile";

const base64url = (text: string) => Buffer.from(text).toString("base64url");

/** RFC 7515 §3.1. */
const headers = new Map<Algorithm, string>();
function headerFor(algorithm: Algorithm): string {
  const header = headers.get(algorithm) ?? base64url(JSON.stringify({ alg: algorithm, typ: "JWT" }));
  headers.set(algorithm, header);
  return header;
}

/** The same claims and secret give the same token, byte for byte (RFC 7515 §5.1). */
export const signToken = (claims: Claims, secret: string, algorithm: Algorithm): string =>
  openSigner(secret, algorithm)(claims);

/** Signs many with one secret. @returns what signs one, as `signToken` does */
export function openSigner(secret: string, algorithm: Algorithm): (claims: Claims) => string {
  const hash = `sha${algorithm.slice(2)}`;
  const header = headerFor(algorithm);
  return (claims) => {
    const input = `${header}.${base64url(JSON.stringify(claims))}`;
    return `${input}.${createHmac(hash, secret).update(input).digest("base64url")}`;
  };
}

/** What the ledger keeps instead of the token. */
export function tokenSha256(token: string): string {
  return createHash("sha256").update(token, "utf8").digest("hex");
}
