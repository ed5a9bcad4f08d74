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

/** Of both alphabets. */
const IN_ALPHABET = new Uint8Array(128);
for (const sign of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_")
  IN_ALPHABET[sign.charCodeAt(0)] = 1;

/** A token and a credential take more of it. */
const SHORTEST_RUN = 64;
/** As programs and mails break it. */
const [SHORTEST_LINE, LONGEST_LINE] = [60, 76];
const LINE_BREAK = /^(?:\r?\n|(?:\\{1,4}r)?\\{1,4}n)[ \t]{0,20}$/;
/** More than any has. */
const LONGEST_BREAK = 32;
const [BACKSLASH, SLASH] = [92, 47];
/** As JSON and programs write one, and a tab; in a text in a text each `\` is doubled. */
const WRITTEN_BREAK = /(?:\\{1,4}r)?\\{1,4}n|\\{1,4}[rt]/y;

/** @returns where it ends; none when no written break begins there */
function endOfWrittenBreak(text: string, at: number): number | undefined {
  WRITTEN_BREAK.lastIndex = at;
  return WRITTEN_BREAK.test(text) ? WRITTEN_BREAK.lastIndex : undefined;
}

/** Where base64 may stand, in one line or in several of one length but the last. By hand: an expression that says as much takes seconds for ten megabytes. */
function runsIn(text: string): Range[] {
  const runs: Range[] = [];
  let run: Range | undefined;
  /** Of the last line of it. */
  let length = 0;
  const end = () => {
    if (run && run.end - run.start >= SHORTEST_RUN) runs.push(run);
    run = undefined;
  };
  let from = 0;
  for (let at = 0; at <= text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 128 && IN_ALPHABET[code] === 1) continue;
    // As PHP writes a slash in JSON.
    if (code === BACKSLASH && text.charCodeAt(at + 1) === SLASH) continue;
    if (at > from) {
      const goesOn =
        run !== undefined &&
        length >= SHORTEST_LINE &&
        at - from <= length &&
        LINE_BREAK.test(text.slice(run.end, Math.min(from, run.end + LONGEST_BREAK)));
      if (!goesOn) end();
      run = { start: goesOn && run ? run.start : from, end: at };
      length = at - from <= LONGEST_LINE ? at - from : 0;
    }
    // Its letters are none of the next line's.
    from = (code === BACKSLASH && endOfWrittenBreak(text, at)) || at + 1;
    at = from - 1;
  }
  end();
  return runs;
}

export type Packed = {
  text: string;
  /** Where its base64 stands. */
  place: TokenPlace;
};

/** @param taken places of tokens, in order of the text: their segments are base64, too */
export function packedTexts(text: string, taken: readonly Range[]): Packed[] {
  const placeAt = placeCounter(text);
  let next = 0;
  return runsIn(text).flatMap(({ start, end: endOfRun }) => {
    while ((taken[next]?.end ?? Number.POSITIVE_INFINITY) <= start) next++;
    // A token's first part may stand as the last line of a run.
    const end = Math.min(endOfRun, taken[next]?.start ?? endOfRun);
    if (end - start < SHORTEST_RUN) return [];
    const packed = unpacked(text.slice(start, end));
    return packed ? [{ text: packed, place: { range: { start, end }, ...placeAt(start) } }] : [];
  });
}

/** @param run of base64, also in lines @returns its text, as far as that is ASCII; empty when it holds none */
export const unpacked = (run: string): string => inBase64(run.replace(/\s+|\\+(?:[rn]|(?=\/))/g, ""))[0] ?? "";
