/** Names a secret without giving it away: the first 12 hexadecimal digits of its SHA-256. */
import { createHash } from "node:crypto";
import { FINGERPRINT_DIGITS } from "@/lib/scan/flag-secrets";

export function fingerprint(secret: string): string {
  return createHash("sha256").update(secret, "utf8").digest("hex").slice(0, FINGERPRINT_DIGITS);
}
