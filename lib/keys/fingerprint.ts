/** Names a secret without giving it away: the first digits of its SHA-256, in hexadecimal. */
import { createHash } from "node:crypto";
import { FINGERPRINT_DIGITS } from "@/lib/fingerprint-digits";

export function fingerprint(secret: string): string {
  return createHash("sha256").update(secret, "utf8").digest("hex").slice(0, FINGERPRINT_DIGITS);
}
