/** Seals and opens signing secrets at rest: compact JWE, `dir` with A256GCM (RFC 7516, RFC 7518 §5.3). Refuses a ciphertext that belongs to another row, or that no key of the keyring opens. */
import { CompactEncrypt, compactDecrypt, decodeProtectedHeader } from "jose";
import { env } from "./env";

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

/** @throws Error when the keyring lacks the key, the row is another one, or a bit was changed; never with the text */
export async function open(sealed: string, rowId: string): Promise<string> {
  const { plaintext, protectedHeader } = await compactDecrypt(
    sealed,
    ({ kid }) => {
      const key = env().SEALING_KEYS.find((candidate) => candidate.kid === kid);
      if (!key) throw new Error(`SEALING_KEYS has no key named "${kid}".`);
      return key.bytes;
    },
    { keyManagementAlgorithms: ["dir"], contentEncryptionAlgorithms: ["A256GCM"] },
  );
  if (protectedHeader.sub !== rowId) throw new Error("The sealed secret belongs to another row.");
  return new TextDecoder().decode(plaintext);
}

/** @returns the same text, sealed with the keyring's current key; undefined: that one sealed it @throws Error as `open` does */
export async function sealAnew(sealed: string, rowId: string): Promise<string | undefined> {
  const text = await open(sealed, rowId);
  return decodeProtectedHeader(sealed).kid === env().SEALING_KEYS[0]?.kid ? undefined : seal(text, rowId);
}
