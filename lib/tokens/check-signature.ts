/** Tells which of the team's secrets made a token's signature, and how: HMAC with SHA-256 over the first two segments as they stand, whatever the header says of itself. No key that the token names is used. Whether anybody accepts such a token is for the decoder. */
import type { SignatureCheck } from "@/lib/decoder/inspection";
import type { TokenReading } from "@/lib/jwt/read";
import type { OpenSecret } from "@/lib/keys/open-secrets";
import type { Claims } from "@/lib/profiles/profile";
import { namesKey, nearlyNamesKey } from "@/lib/profiles/registry";
import { findMistake, isSignedWith } from "./mistakes";

/** The secrets of the key that the claims name, or, where they name none, of the one that they name but for capitals. */
export function secretsNamed(claims: Claims | undefined, secrets: readonly OpenSecret[]): readonly OpenSecret[] {
  const named = secrets.filter(({ key }) => namesKey(claims, key));
  return named.length > 0 ? named : secrets.filter(({ key }) => nearlyNamesKey(claims, key));
}

/** Characters. Each way to misuse each secret is a hash over all of it: a hundred keys and the longest token took 1.6 s, in which nobody else was answered. */
const LONGEST_FOR_ANY_KEY = 4096;

/** @returns the answer, and the secret that signed, rightly or by mistake */
export function checkSignature(
  reading: TokenReading,
  secrets: readonly OpenSecret[],
): { check: SignatureCheck; signer?: OpenSecret } {
  const named = secretsNamed(reading.claims, secrets);
  const candidates = [...named, ...secrets.filter((secret) => !named.includes(secret))];
  const signingInput = reading.token.slice(0, reading.token.lastIndexOf("."));
  const signature = reading.segments.signature?.bytes ?? new Uint8Array();
  for (const signer of candidates) {
    if (isSignedWith(signingInput, signature, Buffer.from(signer.secret))) {
      const { key, retired, retiredAt } = signer;
      const since = retiredAt === undefined ? {} : { retiredAt };
      const otherKey = !named.includes(signer);
      const own = otherKey && named.length > 0 ? { namesOwn: true } : {};
      return { check: { state: "right", keyLabel: key.label, retired, ...since, otherKey, ...own }, signer };
    }
  }
  const found = findMistake(signingInput, signature, signingInput.length > LONGEST_FOR_ANY_KEY ? named : candidates);
  if (found) {
    const { secret, mistake } = found;
    const check: SignatureCheck = { state: "mistake", keyLabel: secret.key.label, retired: secret.retired, mistake };
    // An API key is no secret: whoever signed with it need not know one.
    return { check, ...(mistake === "api-key-as-secret" ? {} : { signer: secret }) };
  }
  const [first] = named;
  return { check: first ? { state: "wrong", keyLabel: first.key.label } : { state: "unknown-key" } };
}
