/** SHA-256 of many texts, in the browser (Web Crypto). Does nothing where that is missing: on plain http under another name than localhost. */

/** More at once only fills the memory. */
const AT_ONCE = 1_000;

export function canDigest(): boolean {
  return globalThis.crypto?.subtle !== undefined;
}

/** @returns the digests' bytes in the order of `texts`, which are hashed as UTF-8 */
export async function digestAll(texts: readonly string[]): Promise<Uint8Array[]> {
  const encoder = new TextEncoder();
  const digests: Uint8Array[] = [];
  for (let from = 0; from < texts.length; from += AT_ONCE) {
    const batch = texts.slice(from, from + AT_ONCE);
    const hashed = await Promise.all(batch.map((text) => crypto.subtle.digest("SHA-256", encoder.encode(text))));
    for (const buffer of hashed) digests.push(new Uint8Array(buffer));
  }
  return digests;
}

/** @param digits how many hexadecimal digits, from the left; an even number */
export function toHex(bytes: Uint8Array, digits = bytes.length * 2): string {
  let text = "";
  for (const byte of bytes.subarray(0, digits / 2)) text += byte.toString(16).padStart(2, "0");
  return text;
}
