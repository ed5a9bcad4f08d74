/** Finds the pieces of base64 in a text, each in one line, and reads their signs, as they are or as JSON, links and HTML write them. Browser-safe; in linear time. */
import type { Range } from "@/lib/jwt/finding";

/** Of both alphabets: what each sign stands for, six bits of the bytes; -1 for what is none. */
const VALUE = new Int8Array(128).fill(-1);
for (const [value, sign] of [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"].entries())
  VALUE[sign.charCodeAt(0)] = value;
const [PLUS, SLASH] = [62, 63];
VALUE["-".charCodeAt(0)] = PLUS;
VALUE["_".charCodeAt(0)] = SLASH;

const [LINE_FEED, ESCAPE, PERCENT, AMPERSAND, BACKSLASH] = [10, 27, 37, 38, 92];
/** `+` and `/` as JSON of PHP or .NET, a link (also in a link) and HTML write them. */
const ESCAPED = /\\{1,4}(?:\/|u002[bf])|%(?:25){0,2}2[bf]|&#(?:43|47|x2[bf]);/iy;
/** As JSON, programs, links and XML write a line's end, in a text in a text with each `\` doubled; of a source or a notebook its own line ends behind it. */
const WRITTEN_BREAK =
  /(?:(?:(?:\\{1,4}|%(?:25){0,2}5c)r)?(?:\\{1,4}|%(?:25){0,2}5c)n|(?:%(?:25){0,2}0d)?%(?:25){0,2}0a|(?:&#(?:13|xd);)?&#(?:10|xa);)(?:["'`,;+. \t]{1,8}\r?\n)?/iy;
/** A blank that is written, or a terminal's colour: its letters are none of what stands behind it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what begins a colour
const SET_APART = /\\{1,4}[rt]|\x1b\[[\d;]{0,12}[mK]/y;
/** Either, for what is looked for between two pieces. */
export const WRITTEN = new RegExp(`${WRITTEN_BREAK.source}|${SET_APART.source}`, "gi");

/** Signs side by side in one line. */
export type Piece = Range & {
  /** How many signs of base64 these are. */
  count: number;
  /** Of lines that are written as well. */
  line: number;
  column: number;
};

/** Where a match that begins there ends; there, if none does. @param pattern a sticky one */
export function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/**
 * Every piece that may matter, in order of the text.
 * @param taken places of tokens, in order of the text: their segments are base64, too
 * @param mayMatter of so many signs, in this line; most words of a text do not
 */
export function* piecesIn(
  text: string,
  taken: readonly Range[],
  mayMatter: (count: number, line: number) => boolean,
): Generator<Piece> {
  let [line, lineStart, next, count, start, at] = [0, 0, 0, 0, 0, 0];
  let nextTaken = taken[0]?.start ?? Number.POSITIVE_INFINITY;
  while (at <= text.length) {
    let code = text.charCodeAt(at);
    for (; at < nextTaken && code < 128 && VALUE[code] !== -1; code = text.charCodeAt(++at)) count += 1;
    const mayBeEscape = at < nextTaken && (code === BACKSLASH || code === PERCENT || code === AMPERSAND);
    const behind = mayBeEscape ? endOf(ESCAPED, text, at) : at;
    if (behind > at) {
      count += 1;
      at = behind;
      continue;
    }
    if (mayMatter(count, line)) yield { start, end: at, count, line, column: start - lineStart };
    const afterBreak = code === LINE_FEED ? at + 1 : mayBeEscape ? endOf(WRITTEN_BREAK, text, at) : at;
    if (at === nextTaken) {
      at = taken[next]?.end ?? at + 1;
      next += 1;
      nextTaken = taken[next]?.start ?? Number.POSITIVE_INFINITY;
    } else if (afterBreak > at) {
      at = afterBreak;
      line += 1;
      lineStart = at;
    } else at = Math.max(at + 1, mayBeEscape || code === ESCAPE ? endOf(SET_APART, text, at) : 0);
    count = 0;
    start = at;
  }
}

/** Signs of base64, in the order in which they are read. */
type Signs = {
  /** Six bits each. */
  values: Uint8Array;
  /** Where each stands; as many as there may be. */
  places: Uint32Array;
};

/** @param pieces in order of the text */
export function signsIn(text: string, pieces: readonly Range[]): Signs {
  const most = pieces.reduce((sum, { start, end }) => sum + end - start, 0);
  const [values, places] = [new Uint8Array(most), new Uint32Array(most)];
  let count = 0;
  for (const { start, end } of pieces)
    for (let at = start; at < end; count++) {
      const code = text.charCodeAt(at);
      const value = (code < 128 ? VALUE[code] : -1) ?? -1;
      const next = value < 0 ? endOf(ESCAPED, text, at) : at + 1;
      values[count] = value >= 0 ? value : /(?:b|43);?$/i.test(text.slice(at, next)) ? PLUS : SLASH;
      places[count] = at;
      at = Math.max(next, at + 1);
    }
  return { values: values.subarray(0, count), places };
}
