/** Decodes base64url without padding (RFC 7515 §2, RFC 4648 §5) and names every departure from it; refuses to guess behind a foreign character. */
import type { Severity } from "./finding";

type Base64Problem = {
  code:
    | "base64-alphabet"
    | "base64-character"
    | "base64-white-space"
    | "base64-padding"
    | "base64-length"
    | "base64-stray-bits";
  severity: Severity;
  /** UTF-16 offsets into the text that was given; `end` is exclusive. */
  start: number;
  end: number;
  /** A clause for a sentence that begins "The payload is not base64url: …". */
  detail: string;
  remedy: string;
};

type Base64Reading = {
  /** What the characters up to the first foreign one stand for; character `i` carries bits `6 i` to `6 i + 5`. */
  bytes: Uint8Array;
  problems: Base64Problem[];
};

const FOREIGN = 255;
/** Values of `+` and `/` are marked with bit 64: readable, but of the other alphabet. */
const OTHER_ALPHABET = 64;
const VALUES = new Uint8Array(128).fill(FOREIGN);
for (const [value, char] of [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"].entries()) {
  VALUES[char.charCodeAt(0)] = value;
}
VALUES["+".charCodeAt(0)] = OTHER_ALPHABET | 62;
VALUES["/".charCodeAt(0)] = OTHER_ALPHABET | 63;

/** The value of a base64url character code, or 64 and more when it is none. */
export function base64urlValue(code: number): number {
  return code < 128 ? (VALUES[code] ?? FOREIGN) : FOREIGN;
}

function nameCharacter(text: string, at: number): string {
  const code = text.codePointAt(at) ?? 0;
  const name = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  return code > 32 && code !== 127 && code !== 96 ? `\`${String.fromCodePoint(code)}\` (${name})` : name;
}

/**
 * Decodes `text` from `from` up to `to` to bytes, in linear time.
 * Never throws: `+`, `/`, final `=` and a length that leaves one character over are reported and read past; behind any other character nothing is decoded.
 */
export function decodeBase64url(text: string, from = 0, to = text.length): Base64Reading {
  const problems: Base64Problem[] = [];
  let end = to;
  while (end > from && text.charCodeAt(end - 1) === 61) end--;
  if (end < to) {
    problems.push({
      code: "base64-padding",
      severity: "error",
      start: end,
      end: to,
      detail: `it ends with the padding \`${"=".repeat(Math.min(to - end, 4))}\`, which a token leaves out`,
      remedy: "Remove the `=` signs; encode as base64url without padding.",
    });
  }

  const bytes = new Uint8Array(Math.floor(((end - from) * 6) / 8));
  let written = 0;
  let group = 0;
  let at = from;
  let otherAlphabet = -1;
  let otherCount = 0;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    let value = VALUES[code] ?? FOREIGN;
    if (value >= OTHER_ALPHABET) {
      if (value === FOREIGN) break;
      if (otherAlphabet < 0) otherAlphabet = at;
      otherCount++;
      value &= 63;
    }
    group = (group << 6) | value;
    if (((at - from) & 3) === 3) {
      bytes[written++] = group >> 16;
      bytes[written++] = group >> 8;
      bytes[written++] = group;
      group = 0;
    }
  }
  const left = (at - from) & 3;
  if (left === 2) bytes[written++] = group >> 4;
  if (left === 3) {
    bytes[written++] = group >> 10;
    bytes[written++] = group >> 2;
  }

  if (otherAlphabet >= 0) {
    problems.push({
      code: "base64-alphabet",
      severity: "error",
      start: otherAlphabet,
      end: otherAlphabet + 1,
      detail: `${otherCount === 1 ? "one character belongs" : `${otherCount} characters belong`} to base64, not base64url, the first is \`${text[otherAlphabet]}\``,
      remedy: "Write `-` for `+` and `_` for `/`; encode as base64url.",
    });
  }
  if (at < end) {
    const whiteSpace = /\s/.test(text[at] ?? "");
    problems.push({
      code: whiteSpace ? "base64-white-space" : "base64-character",
      severity: "error",
      start: at,
      end: at + String.fromCodePoint(text.codePointAt(at) ?? 0).length,
      detail: `${whiteSpace ? "white space" : "the character"} ${nameCharacter(text, at)} cannot occur in it`,
      remedy: "Copy the token again from where it was issued.",
    });
  } else if (left === 1) {
    problems.push({
      code: "base64-length",
      severity: "error",
      start: end - 1,
      end,
      detail: `${end - from} characters are one too many or too few, so a part is missing`,
      remedy: "Copy the whole token again; it was probably cut.",
    });
  } else if (left > 1 && (group & (left === 2 ? 15 : 3)) !== 0) {
    problems.push({
      code: "base64-stray-bits",
      severity: "note",
      start: end - 1,
      end,
      detail: "its last character carries bits that mean nothing",
      remedy: "Encode again with a base64url library; the bytes stay the same.",
    });
  }
  return { bytes: written === bytes.length ? bytes : bytes.subarray(0, written), problems };
}
