/** What a credential of this desk looks like: `cc_`, 256 random bits in 43 characters of base62, and a CRC-32 of these in six more, so that a misspelt one, or what only looks like one, is known without asking anybody. Browser-safe. */

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BASE = BigInt(DIGITS.length);
const PREFIX = "cc_";
const RANDOM_BYTES = 32;
const RANDOM_DIGITS = 43;
const CHECK_DIGITS = 6;

/** What has the form of one, whatever stands around it (an escape, a terminal's colour); whether it is one, `isCredential` says. */
const CREDENTIAL = /cc_[0-9A-Za-z]{49}/g;
const WHOLE = /^cc_[0-9A-Za-z]{49}$/;

function base62(value: bigint, digits: number): string {
  let text = "";
  for (let rest = value; text.length < digits; rest /= BASE) text = DIGITS.charAt(Number(rest % BASE)) + text;
  return text;
}

/** CRC-32 of ISO 3309, as in gzip and PNG. @param text ASCII */
export function crc32(text: string): number {
  let crc = 0xffffffff;
  for (let index = 0; index < text.length; index++) {
    crc ^= text.charCodeAt(index);
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

const checkOf = (random: string) => base62(BigInt(crc32(random)), CHECK_DIGITS);

/** @param bytes 32 of them, drawn at random */
export function writeCredential(bytes: Uint8Array): string {
  if (bytes.length !== RANDOM_BYTES) throw new Error(`A credential has ${RANDOM_BYTES} bytes.`);
  const random = base62(
    bytes.reduce((value, byte) => value * 256n + BigInt(byte), 0n),
    RANDOM_DIGITS,
  );
  return PREFIX + random + checkOf(random);
}

/** @returns the offset of each credential in a text; in linear time */
export const credentialsIn = (text: string): number[] =>
  [...text.matchAll(CREDENTIAL)].filter(([value]) => isCredential(value)).map(({ index }) => index);

/** Whether one stands in a text. */
export const holdsCredential = (text: string): boolean => credentialsIn(text).length > 0;

/** By its form and its checksum; whether it is good for anything, only the desk knows. */
export function isCredential(text: string): boolean {
  if (!WHOLE.test(text)) return false;
  const random = text.slice(PREFIX.length, PREFIX.length + RANDOM_DIGITS);
  return text.endsWith(checkOf(random));
}
