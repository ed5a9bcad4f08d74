/** Tells which of the team's secrets made a token's signature, and how. Pins the algorithm; no key that the token names is used. */
import { compactVerify, errors } from "jose";
import type { SignatureCheck } from "@/lib/decoder/inspection";
import { ALGORITHM } from "@/lib/jwt/check-header";
import type { TokenReading } from "@/lib/jwt/read";
import type { OpenSecret } from "@/lib/keys/open-secrets";
import { findMistake } from "./mistakes";

/** @returns the answer, and the secret that signed, rightly or by mistake */
export async function checkSignature(
  reading: TokenReading,
  secrets: readonly OpenSecret[],
): Promise<{ check: SignatureCheck; signer?: OpenSecret }> {
  const named = secrets.filter(({ key }) => key.apiKey === reading.claims?.apikey);
  const candidates = [...named, ...secrets.filter((secret) => !named.includes(secret))];
  for (const signer of candidates) {
    if (await isSignedWith(reading.token, signer.secret)) {
      const { key, retired } = signer;
      return { check: { state: "right", keyLabel: key.label, retired, otherKey: !named.includes(signer) }, signer };
    }
  }
  const signingInput = reading.token.slice(0, reading.token.lastIndexOf("."));
  const found = findMistake(signingInput, reading.segments.signature?.bytes ?? new Uint8Array(), candidates);
  if (found) {
    const { secret, mistake } = found;
    const check: SignatureCheck = { state: "mistake", keyLabel: secret.key.label, retired: secret.retired, mistake };
    // An API key is no secret: whoever signed with it need not know one.
    return { check, ...(mistake === "api-key-as-secret" ? {} : { signer: secret }) };
  }
  const [first] = named;
  return { check: first ? { state: "wrong", keyLabel: first.key.label } : { state: "unknown-key" } };
}

async function isSignedWith(token: string, secret: string): Promise<boolean> {
  try {
    await compactVerify(token, new TextEncoder().encode(secret), { algorithms: [ALGORITHM] });
    return true;
  } catch (error) {
    // A header with `crit`, say: not to be accepted by anybody, whatever the signature.
    if (error instanceof errors.JOSEError) return false;
    throw error;
  }
}
