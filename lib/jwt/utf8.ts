/** Reads bytes as UTF-8 and maps character offsets to byte offsets; refuses invalid UTF-8 by naming its first bad byte. */

const STRIDE = 1024;
const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const lossy = new TextDecoder("utf-8", { ignoreBOM: true });

type Utf8Reading = {
  /** The text; where `badByte` is set, invalid bytes are shown as U+FFFD. */
  text: string;
  /** Offset of the first byte that is not UTF-8. */
  badByte?: number;
  /** Byte offsets of the characters 0, 1024, 2048 …; undefined when every character is one byte. */
  byteIndex?: Uint32Array;
};

function bytesOfUnit(code: number): number {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code >= 0xd800 && code <= 0xdfff ? 2 : 3;
}

/** Text of `bytes` (RFC 3629: no overlong forms, no surrogates); a byte-order mark is kept as U+FEFF. Never throws. */
export function readUtf8(bytes: Uint8Array): Utf8Reading {
  let text: string;
  try {
    text = strict.decode(bytes);
  } catch {
    return { text: lossy.decode(bytes), badByte: firstBadByte(bytes) };
  }
  if (text.length === bytes.length) return { text };
  const byteIndex = new Uint32Array(Math.ceil(text.length / STRIDE));
  let byte = 0;
  for (let at = 0; at < text.length; at++) {
    if (at % STRIDE === 0) byteIndex[at / STRIDE] = byte;
    byte += bytesOfUnit(text.charCodeAt(at));
  }
  return { text, byteIndex };
}

/** The longest valid beginning, by halving over what the strict decoder accepts as a stream. */
function firstBadByte(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    try {
      new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes.subarray(0, middle), { stream: true });
      low = middle;
    } catch {
      high = middle - 1;
    }
  }
  return Math.min(low, Math.max(bytes.length - 1, 0));
}

/** Byte offset of the UTF-16 unit at `offset` of `text`. */
export function byteAtChar(text: string, byteIndex: Uint32Array | undefined, offset: number): number {
  if (!byteIndex) return offset;
  const block = Math.min(Math.floor(offset / STRIDE), byteIndex.length - 1);
  if (block < 0) return 0;
  let byte = byteIndex[block] ?? 0;
  for (let at = block * STRIDE; at < offset && at < text.length; at++) byte += bytesOfUnit(text.charCodeAt(at));
  return byte;
}

/** Offset in `text` of the UTF-16 unit that holds byte `byte`. */
export function charAtByte(text: string, byteIndex: Uint32Array | undefined, byte: number): number {
  if (!byteIndex) return Math.min(byte, text.length);
  let low = 0;
  let high = Math.max(byteIndex.length - 1, 0);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((byteIndex[middle] ?? 0) <= byte) low = middle;
    else high = middle - 1;
  }
  let at = low * STRIDE;
  let next = byteIndex[low] ?? 0;
  while (at < text.length) {
    next += bytesOfUnit(text.charCodeAt(at));
    if (next > byte) break;
    at++;
  }
  return at;
}
