/** Reads what stands in base64 in a text: a `data:` of Kubernetes, a basic credential, a file that somebody packed. Browser-safe; in linear time. */
import type { TokenPlace } from "@/lib/jwt/find-tokens";
import type { Range } from "@/lib/jwt/finding";
import { placeCounter } from "@/lib/text/place-counter";

/** Shorter texts hold nothing that is looked for. */
export const SHORTEST = 32;

// biome-ignore lint/suspicious/noControlCharactersInRegex: what no text holds
const NO_TEXT = /[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]/;

/** The text that a run holds in base64, such as a secret of Kubernetes or a basic credential, also as UTF-8; none when it holds none. As far as it is text: a word of the next line may be glued to it. */
export function inBase64(run: string): string[] {
  if (!/^[\w+/-]+$/.test(run)) return [];
  try {
    const whole = run.length % 4 === 1 ? run.slice(0, -1) : run;
    const all = atob(whole.replaceAll("-", "+").replaceAll("_", "/"));
    const end = all.search(NO_TEXT);
    // Most is no text: the rest is not done for it.
    if (end >= 0 && end < SHORTEST) return [];
    const bytes = end < 0 ? all : all.slice(0, end);
    // Of UTF-16, as PowerShell writes it, every second byte is zero.
    const text = bytes.replace(/^\xff\xfe/, "").replace(/(.)\0/gs, "$1");
    if (!/^[\t\n\r -~\x80-\xff]+$/.test(text)) return [];
    return /[\x80-\xff]/.test(text) ? [text, asUtf8(text)] : [text];
  } catch {
    return [];
  }
}

/** @param bytes a character each */
const asUtf8 = (bytes: string) =>
  new TextDecoder().decode(Uint8Array.from(bytes, (character) => character.charCodeAt(0)));

/** A token and a credential take more of it, in one line or in several as programs and mails break it. Not as `{64,}`, of which V8 keeps each step, and of some millions fails. */
const RUN =
  /(?<![\w+/-])[\w+/-]{60,76}(?:\r?\n[ \t]{0,20}[\w+/-]{60,76}(?![\w+/-]))*\r?\n[ \t]{0,20}[\w+/-]{1,76}(?![\w+/-])|[\w+/-]{63}[\w+/-]+/g;

export type Packed = {
  text: string;
  /** Where its base64 stands. */
  place: TokenPlace;
};

/** @param taken places of tokens, in order of the text: their segments are base64, too */
export function packedTexts(text: string, taken: readonly Range[]): Packed[] {
  const placeAt = placeCounter(text);
  let next = 0;
  return [...text.matchAll(RUN)].flatMap(({ 0: run, index }) => {
    while ((taken[next]?.end ?? Number.POSITIVE_INFINITY) <= index) next++;
    const end = index + run.length;
    if ((taken[next]?.start ?? Number.POSITIVE_INFINITY) < end) return [];
    const packed = unpacked(run);
    return packed ? [{ text: packed, place: { range: { start: index, end }, ...placeAt(index) } }] : [];
  });
}

/** @param run of base64 @returns its text, as far as that is ASCII; empty when it holds none */
export const unpacked = (run: string): string => inBase64(run.replace(/\s+/g, ""))[0] ?? "";
