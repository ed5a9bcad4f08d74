/** Names a secret without giving it away: the first 12 hexadecimal digits of its SHA-256. */
import { createHash } from "node:crypto";

export function fingerprint(secret: string): string {
  return createHash("sha256").update(secret, "utf8").digest("hex").slice(0, 12);
}
