/** Recognises a token that was signed with the right secret used wrongly: the classic mistakes of backends. Tries only what the team's own keys give; a token's own hints are never followed. */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { OpenSecret } from "@/lib/keys/open-secrets";

export type Mistake = "base64-decoded" | "hex-decoded" | "trailing-newline" | "quoted" | "api-key-as-secret";

function keyOf(mistake: Mistake, { secret, key }: OpenSecret): Buffer | undefined {
  switch (mistake) {
    case "base64-decoded":
      return Buffer.from(secret, "base64");
    case "hex-decoded":
      return /^([0-9a-f]{2})+$/i.test(secret) ? Buffer.from(secret, "hex") : undefined;
    case "trailing-newline":
      return Buffer.from(`${secret}\n`);
    case "quoted":
      return Buffer.from(`"${secret}"`);
    case "api-key-as-secret":
      return Buffer.from(key.apiKey);
  }
}

/** Not every secret has base64 characters: decoded, it is the empty key, with which anybody can sign. */
const FEWEST_BYTES = 16;

const mistakes: Mistake[] = ["base64-decoded", "hex-decoded", "trailing-newline", "quoted", "api-key-as-secret"];

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
      const key = keyOf(mistake, secret);
      if (key && key.length >= FEWEST_BYTES && isSignedWith(signingInput, signature, key)) return { secret, mistake };
    }
  }
  return undefined;
}

function isSignedWith(signingInput: string, signature: Uint8Array, key: Buffer): boolean {
  const expected = createHmac("sha256", key).update(signingInput).digest();
  return signature.length === expected.length && timingSafeEqual(expected, signature);
}
