/** Recognises a token that was signed with the right secret used wrongly: the classic mistakes of backends. Tries only what the team's own keys give; a token's own hints are never followed. */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { Mistake } from "@/lib/decoder/inspection";
import { misusedSecrets } from "@/lib/decoder/misused-secret";
import type { OpenSecret } from "@/lib/keys/open-secrets";
import { profileOf } from "@/lib/profiles/registry";

/** Not every secret has base64 characters: decoded, it is the empty key, with which anybody can sign. */
const FEWEST_BYTES = 16;

/** The keys that a backend may have signed with, having made the mistake. */
function keysOf(mistake: keyof typeof misusedSecrets | "api-key-as-secret", { secret, key }: OpenSecret) {
  return mistake === "api-key-as-secret" ? [key.apiKey] : misusedSecrets[mistake](secret, profileOf(key.profile));
}
// The table has these names and no others.
const mistakes = [...(Object.keys(misusedSecrets) as (keyof typeof misusedSecrets)[]), "api-key-as-secret"] as const;

/** By the length of the signature that they give. */
const otherAlgorithms = { 48: { mistake: "hs384", hash: "sha384" }, 64: { mistake: "hs512", hash: "sha512" } } as const;

/**
 * @param signingInput `header.payload` as it stands in the token
 * @param signature its bytes
 * @returns which secret was used, and how; undefined when none explains the signature
 */
export function findMistake(
  signingInput: string,
  signature: Uint8Array,
  secrets: readonly OpenSecret[],
): { secret: OpenSecret; mistake: Mistake } | undefined {
  // A length that is none of them gives undefined, which is looked at.
  const other = otherAlgorithms[signature.length as keyof typeof otherAlgorithms];
  if (other) {
    const secret = secrets.find((each) => isSignedWith(signingInput, signature, Buffer.from(each.secret), other.hash));
    return secret && { secret, mistake: other.mistake };
  }
  for (const secret of secrets) {
    for (const mistake of mistakes) {
      const made = keysOf(mistake, secret).map((key) => Buffer.from(key));
      if (made.some((key) => key.length >= FEWEST_BYTES && isSignedWith(signingInput, signature, key)))
        return { secret, mistake };
    }
  }
  return undefined;
}

/** HMAC (RFC 7518 §3.2), with the hash that VideoSDK uses unless another is asked for; compared in constant time. */
export function isSignedWith(signingInput: string, signature: Uint8Array, key: Buffer, hash = "sha256"): boolean {
  const expected = createHmac(hash, key).update(signingInput).digest();
  return signature.length === expected.length && timingSafeEqual(expected, signature);
}
