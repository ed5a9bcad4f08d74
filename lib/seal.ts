/** Seals and opens signing secrets at rest: compact JWE, `dir` with A256GCM (RFC 7516, RFC 7518 §5.3). Refuses a ciphertext that belongs to another row, or that no key of the keyring opens. */
import { createDecipheriv } from "node:crypto";
import { CompactEncrypt, decodeProtectedHeader } from "jose";
import { env, type SealingKey } from "./env";

/**
 * @param text what to seal
 * @param rowId id of the row that will hold it; the ciphertext opens for no other
 * @returns compact JWE whose header names the keyring's key
 */
export async function seal(text: string, rowId: string): Promise<string> {
  const [current] = env().SEALING_KEYS;
  if (!current) throw new Error("The keyring is empty.");
  return new CompactEncrypt(new TextEncoder().encode(text))
    .setProtectedHeader({ alg: "dir", enc: "A256GCM", kid: current.kid, sub: rowId })
    .encrypt(current.bytes);
}

/**
 * By Node's own AES, as each token needs it: WebCrypto would hand it to a thread and back (decision 023).
 * @throws Error when the keyring lacks the key, the row is another one, or a bit was changed; never with the text
 */
export function open(sealed: string, rowId: string, keyring: readonly SealingKey[] = env().SEALING_KEYS): string {
  const [header = "", key, iv = "", ciphertext = "", tag = "", ...more] = sealed.split(".");
  const { alg, enc, kid, sub } = decodeProtectedHeader(sealed);
  const bytes = (part: string) => Buffer.from(part, "base64url");
  // RFC 7518 §4.5 and §5.3: no key of its own, and lengths that are no choice of who sealed it.
  if (alg !== "dir" || enc !== "A256GCM" || key !== "" || more.length > 0 || bytes(iv).length !== 12)
    throw new Error("What is sealed is not as this desk seals.");
  const held = keyring.find((candidate) => candidate.kid === kid);
  if (!held) throw new Error(`SEALING_KEYS has no key named "${kid}".`);
  const decipher = createDecipheriv("aes-256-gcm", held.bytes, bytes(iv), { authTagLength: 16 });
  // RFC 7516 §5.2: what is authenticated besides is the header as it stands.
  decipher.setAAD(Buffer.from(header)).setAuthTag(bytes(tag));
  const text = Buffer.concat([decipher.update(bytes(ciphertext)), decipher.final()]).toString();
  if (sub !== rowId) throw new Error("The sealed secret belongs to another row.");
  return text;
}

/** @returns the same text, sealed with the keyring's current key; undefined: that one sealed it @throws Error as `open` does */
export async function sealAnew(sealed: string, rowId: string): Promise<string | undefined> {
  const text = open(sealed, rowId);
  return decodeProtectedHeader(sealed).kid === env().SEALING_KEYS[0]?.kid ? undefined : seal(text, rowId);
}
