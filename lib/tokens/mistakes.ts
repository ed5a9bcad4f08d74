/** Recognises a token that was signed with the right secret used wrongly: the classic mistakes of backends. Tries only what the team's own keys give; a token's own hints are never followed. */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { Mistake } from "@/lib/decoder/inspection";
import type { OpenSecret } from "@/lib/keys/open-secrets";

const QUOTES = ['""', "''", "``", "“”", "‘’", "„“", "«»"].map((pair) => [pair.charAt(0), pair.charAt(1)] as const);

/** Not every secret has base64 characters: decoded, it is the empty key, with which anybody can sign. */
const FEWEST_BYTES = 16;

/** The keys that a backend may have signed with, having made the mistake. */
const keysOf: Record<Mistake, (of: OpenSecret) => (string | Buffer)[]> = {
  "base64-decoded": ({ secret }) => [Buffer.from(secret, "base64")],
  "hex-decoded": ({ secret }) => (/^([0-9a-f]{2})+$/i.test(secret) ? [Buffer.from(secret, "hex")] : []),
  "trailing-newline": ({ secret }) => [`${secret}\n`, `${secret}\r\n`, `${secret}\r`],
  "white-space": ({ secret }) => [`${secret} `, ` ${secret}`, ` ${secret} `, `${secret}\t`, `${secret}\u00a0`],
  quoted: ({ secret }) => QUOTES.flatMap(([open, close]) => [`${open}${secret}${close}`, `${open}${secret}${close}\n`]),
  "byte-order-mark": ({ secret }) => [`\ufeff${secret}`, `\ufeff${secret}\n`, `\ufeff${secret}\r\n`],
  "api-key-as-secret": ({ key }) => [key.apiKey],
};
// The literal above has these names and no others.
const mistakes = Object.keys(keysOf) as Mistake[];

/**
 * @param signingInput `header.payload` as it stands in the token
 * @param signature its 32 bytes
 * @returns which secret was used, and how; undefined when none explains the signature
 */
export function findMistake(
  signingInput: string,
  signature: Uint8Array,
  secrets: readonly OpenSecret[],
): { secret: OpenSecret; mistake: Mistake } | undefined {
  for (const secret of secrets) {
    for (const mistake of mistakes) {
      const made = keysOf[mistake](secret).map((key) => (typeof key === "string" ? Buffer.from(key) : key));
      if (made.some((key) => key.length >= FEWEST_BYTES && isSignedWith(signingInput, signature, key)))
        return { secret, mistake };
    }
  }
  return undefined;
}

/** HMAC with SHA-256 (RFC 7518 §3.2), compared in constant time. */
export function isSignedWith(signingInput: string, signature: Uint8Array, key: Buffer): boolean {
  const expected = createHmac("sha256", key).update(signingInput).digest();
  return signature.length === expected.length && timingSafeEqual(expected, signature);
}
