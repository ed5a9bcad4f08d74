/** Makes the code of a link that lets somebody in, and what is kept of it: its hash, so that whoever reads the database opens nothing. */
import { createHash, randomBytes } from "node:crypto";

/** 192 bits: nobody finds one by trying, and a hash without salt is enough. */
const CODE_BYTES = 24;

export const newLinkCode = (): string => randomBytes(CODE_BYTES).toString("base64url");

export function linkHashOf(code: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(code).digest());
}
