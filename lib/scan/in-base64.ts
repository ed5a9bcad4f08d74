/** Reads what stands in base64 in a text: a `data:` of Kubernetes, a basic credential, a file that somebody packed, in one line or in several, whatever is glued to it or stands before each line. Browser-safe; in linear time. */
import type { Range } from "@/lib/jwt/finding";

/** Shorter texts hold nothing that is looked for. */
export const SHORTEST = 32;
/** Base64 of base64 is looked into, and that once more. */
export const DEEPEST = 3;
/** Such a text in base64, without its padding. */
const SHORTEST_RUN = 43;

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
const WRITTEN = new RegExp(`${WRITTEN_BREAK.source}|${SET_APART.source}`, "gi");

/** Of what is broken by programs, mails and terminals. A whole token takes more: none is mistaken for a line of something longer. */
const [SHORTEST_LINE, LONGEST_LINE] = [32, 200];
/** More stands between no two lines, or before one, as a log's time, a mail's `>`, or what a source puts around a text. */
const LONGEST_GAP = 200;
/** As sources put them between lines. */
const SIGNS_ALONE = /^[+/_-]{1,3}$/;
const HAS_WORD = /[0-9a-z\x80-\uffff]/i;

/** Signs side by side in one line. */
type Piece = Range & {
  /** How many signs of base64 these are. */
  count: number;
  /** Of lines that are written as well. */
  line: number;
  column: number;
};

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/**
 * @param taken places of tokens, in order of the text: their segments are base64, too
 * @param mayMatter of so many signs, in this line; most words of a text do not
 */
function* piecesIn(
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

/** Without the sign that a diff writes before each line, or a table of psql behind it: base64 itself has no line of such a length. */
function withoutSign(text: string, piece: Piece, before: Piece | undefined): Piece {
  const { start, end, count, column } = piece;
  const isOdd = count % 4 === 1;
  const first = text.charAt(start);
  // A diff may stand in a log or a quoted mail.
  const inDiff = "+-".includes(first) && (column === 0 || " \t>|".includes(text.charAt(start - 1)));
  const isBelowOne = before?.column === column + 1 && text[before.start - 1] === first;
  if (inDiff && (isOdd || isBelowOne)) return { ...piece, start: start + 1, count: count - 1, column: column + 1 };
  if (isOdd && text[end - 1] === "+" && /[\r\n\\]/.test(text.charAt(end)))
    return { ...piece, end: end - 1, count: count - 1 };
  return piece;
}

/** By so much a line's number or time is longer than another one's. */
const MOST_SHIFTED = 8;
const prefixOf = (text: string, { start, column }: Piece) =>
  text
    .slice(start - column, start)
    .replace(/\d+/g, "0")
    .replace(/[ \t]+/g, " ");

/** Whether the same stands before two pieces in their lines, but for numbers and blanks: of a log the time is another one in each. */
const haveSamePrefix = (text: string, one: Piece, other: Piece) =>
  one.column <= LONGEST_GAP &&
  Math.abs(one.column - other.column) <= MOST_SHIFTED &&
  prefixOf(text, one) === prefixOf(text, other);

/** A terminal breaks all lines there, the first one too, in which a name stands before the text. */
const rightOf = ({ start, end, column }: Piece) => column + end - start;

/** Of JSON or a source: what has this behind it is a name. */
const NAME_END = /\\{0,4}["'`]\s{0,9}[:=]/y;

/** As texts of a list, as a shell writes lines that nobody has quoted, or as HTML breaks them. */
const BETWEEN_IN_LINE = /^(?:["'`][\s,+]*["'`]|[ \t;]+|(?:<[^<>]{1,60}>[ \t]*)+)$/;

/** How a piece goes on with the line of base64 before it, if it does: surely, or unless it is a word before the next line. */
function goesOn(text: string, run: readonly Piece[], piece: Piece): "surely" | "perhaps" | undefined {
  const before = run.at(-1);
  if (!before || before.count < SHORTEST_LINE || before.count > LONGEST_LINE) return undefined;
  const gap = text.slice(before.end, Math.min(piece.start, before.end + LONGEST_GAP + 1));
  // Of a source or a log a line's end may be written, and another one stand behind it.
  if (gap.length > LONGEST_GAP || piece.line > before.line + 2 || gap.startsWith("=")) return undefined;
  if (gap.split("\n").length > (gap.trim() === "" ? 3 : 2)) return undefined;
  const isSecond = run.length === 1 && rightOf(piece) <= rightOf(before);
  if (piece.count > before.count && !isSecond) return undefined;
  if (piece.count < before.count && endOf(NAME_END, text, piece.end) > piece.end) return undefined;
  if (piece.line === before.line) return BETWEEN_IN_LINE.test(gap) ? "surely" : undefined;
  if (haveSamePrefix(text, before, piece)) return "surely";
  if (HAS_WORD.test(gap.replace(WRITTEN, ""))) return undefined;
  return piece.column < before.column && piece.count < before.count ? "perhaps" : "surely";
}

/** Where base64 may stand, each in its lines. By hand: an expression that says as much takes seconds for ten megabytes. */
function* runsIn(text: string, taken: readonly Range[]): Generator<Piece[]> {
  let run: Piece[] = [];
  /** The last line of it, unless the next one goes on. */
  let last: Piece | undefined;
  const mayMatter = (count: number, line: number) =>
    count >= SHORTEST_LINE || (count > 0 && line <= ((last ?? run.at(-1))?.line ?? Number.NEGATIVE_INFINITY) + 2);
  for (const found of piecesIn(text, taken, mayMatter)) {
    if (found.count < 4 && SIGNS_ALONE.test(text.slice(found.start, found.end))) continue;
    const piece = withoutSign(text, found, run.at(-1));
    let goes = goesOn(text, run, piece);
    // It stands before nothing.
    if (last && piece.line > last.line) {
      run.push(last);
      last = undefined;
      goes = goesOn(text, run, piece);
    }
    // It begins a text of its own, in one line.
    if (!goes && last && goesOn(text, [last], piece)) {
      yield run;
      run = [last];
      last = undefined;
      goes = "surely";
    }
    if (goes === "surely") {
      // In a table of two columns it is a text of its own.
      if (last && last.count >= SHORTEST_LINE) yield [last];
      last = undefined;
      run.push(piece);
    } else if (goes === "perhaps" && !last) last = piece;
    else if (piece.count >= SHORTEST_LINE) {
      yield last ? [...run, last] : run;
      last = undefined;
      run = [piece];
    }
  }
  yield last ? [...run, last] : run;
}

/** Signs of base64, in the order in which they are read. */
type Signs = {
  /** Six bits each. */
  values: Uint8Array;
  /** Where each stands. */
  places: Uint32Array;
};

function signsIn(text: string, pieces: readonly Range[]): Signs {
  const most = pieces.reduce((sum, { start, end }) => sum + end - start, 0);
  const [values, places] = [new Uint8Array(most), new Uint32Array(most)];
  let count = 0;
  for (const { start, end } of pieces)
    for (let at = start; at < end; count++) {
      const code = text.charCodeAt(at);
      const value = (code < 128 ? VALUE[code] : -1) ?? -1;
      places[count] = at;
      const next = value < 0 ? endOf(ESCAPED, text, at) : at + 1;
      values[count] = value >= 0 ? value : /(?:b|43);?$/i.test(text.slice(at, next)) ? PLUS : SLASH;
      at = Math.max(next, at + 1);
    }
  return { values: values.subarray(0, count), places };
}

/** @param from the sign at which a byte begins */
function bytesOf(values: Uint8Array, from = 0): Uint8Array {
  const bytes = new Uint8Array(Math.floor(((values.length - from) * 3) / 4));
  for (let at = 0, sign = from; at < bytes.length; at += 3, sign += 4) {
    const high = ((values[sign] ?? 0) << 6) | (values[sign + 1] ?? 0);
    const low = ((values[sign + 2] ?? 0) << 6) | (values[sign + 3] ?? 0);
    bytes[at] = high >> 4;
    bytes[at + 1] = (high << 4) | (low >> 8);
    bytes[at + 2] = low;
  }
  return bytes;
}

/** Of ASCII what a text holds. */
const IN_TEXT = new Uint8Array(256);
for (const code of [9, 10, 13, ...Array.from({ length: 95 }, (_, more) => 32 + more)]) IN_TEXT[code] = 1;

/** How many bytes of UTF-8 the character takes that begins there and is beyond ASCII; 0 for what is none. */
function widthAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at] ?? 0;
  const width = byte < 0xc2 ? 0 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : byte < 0xf5 ? 4 : 0;
  for (let behind = 1; behind < width; behind++) if ((bytes[at + behind] ?? 0) >> 6 !== 0b10) return 0;
  return width;
}

/** Where in the bytes a text stands, of UTF-8 or of UTF-16, where every second byte is zero. */
function textsIn(bytes: Uint8Array): (Range & { isWide: boolean })[] {
  const texts: (Range & { isWide: boolean })[] = [];
  let [start, characters, at, isWide] = [0, 0, 0, false];
  while (at <= bytes.length) {
    const isAscii = IN_TEXT[bytes[at] ?? 0] === 1;
    if (characters === 0) isWide = isAscii && bytes[at + 1] === 0 && bytes[at + 3] === 0;
    const width = isWide ? (isAscii && !bytes[at + 1] ? 2 : 0) : isAscii ? 1 : widthAt(bytes, at);
    if (width > 0) {
      characters += 1;
      // Of UTF-16 the other way round no zero stands behind the last.
      at = Math.min(at + width, bytes.length);
      continue;
    }
    if (characters >= SHORTEST) texts.push({ start, end: at, isWide });
    // Of a text that is wide no more, what stands here may begin the next one.
    if (characters === 0) at += 1;
    characters = 0;
    start = at;
  }
  return texts;
}

const utf8 = new TextDecoder();
const textOf = (bytes: Uint8Array, { start, end, isWide }: Range & { isWide: boolean }) =>
  utf8.decode(isWide ? bytes.subarray(start, end).filter((byte) => byte !== 0) : bytes.subarray(start, end));

export type Packed = {
  text: string;
  /** Where its base64 stands, with what is glued to it, up to where a byte begins. */
  pieces: Range[];
  /** From where on the text is what line of it, by where that begins; the first one with its first sign. */
  lines: { at: number; start: number }[];
};

/** How many UTF-16 units its characters take. */
function lengthOf(bytes: Uint8Array, { start, end, isWide }: Range & { isWide: boolean }): number {
  if (isWide) return Math.ceil((end - start) / 2);
  let length = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >> 6 !== 0b10) length += byte >= 0xf0 ? 2 : 1;
  }
  return length;
}

/** What is glued to it is not known: of four signs one after the other, one is where a byte begins. */
function unpack(text: string, pieces: readonly Piece[]): Packed[] {
  const { values, places } = signsIn(text, pieces);
  /** The number of each piece's first sign; behind the last, of all. */
  const firsts = [0];
  for (const { count } of pieces) firsts.push((firsts.at(-1) ?? 0) + count);
  return [0, 1, 2, 3].flatMap((skipped) => {
    const bytes = bytesOf(values, skipped);
    let piece = 0;
    return textsIn(bytes).map((held): Packed => {
      const { start, end, isWide } = held;
      const from = skipped + Math.floor(start / 3) * 4;
      const to = skipped + Math.ceil((end * 4) / 3);
      while ((firsts[piece + 1] ?? to) <= from) piece += 1;
      const its: Range[] = [];
      const lines = [{ at: 0, start: places[skipped + Math.floor((start * 4) / 3)] ?? 0 }];
      let [read, at] = [start, 0];
      for (let index = piece; index < pieces.length && (firsts[index] ?? to) < to; index++) {
        const [first, behind] = [firsts[index] ?? 0, firsts[index + 1] ?? to];
        const itsStart = places[Math.max(from, first)] ?? 0;
        its.push({ start: itsStart, end: (to < behind ? places[to] : pieces[index]?.end) ?? 0 });
        const byte = Math.ceil(((first - skipped) * 3) / 4);
        if (byte <= start) continue;
        at += lengthOf(bytes, { start: read, end: byte, isWide });
        read = byte;
        lines.push({ at, start: itsStart });
      }
      return { text: textOf(bytes, held), pieces: its, lines };
    });
  });
}

const read = (text: string, pieces: readonly Piece[]): Packed[] =>
  pieces.reduce((sum, { count }) => sum + count, 0) < SHORTEST_RUN ? [] : unpack(text, pieces);

/** The texts that stand in base64. @param taken places of tokens, in order of the text */
export const packedTexts = (text: string, taken: readonly Range[] = []): Packed[] =>
  Array.from(runsIn(text, taken), (run) => read(text, run)).flat();

/** `otherwise`: what is read of some of the lines alone. Of a list each may be a text of its own, and the last may be a word that stands below. */
export function readPacked(text: string, taken: readonly Range[] = []): { whole: Packed[]; otherwise: Packed[] } {
  const runs = Array.from(runsIn(text, taken));
  const parts = runs
    .filter(({ length }) => length > 1)
    .flatMap((run) => [run.slice(0, -1), ...run.map((piece) => [piece])]);
  return {
    whole: runs.flatMap((run) => read(text, run)),
    otherwise: parts.flatMap((part) => read(text, part)),
  };
}

/** @param pieces of a `Packed` of the text @returns what it holds */
export function textIn(text: string, pieces: readonly Range[]): string {
  const bytes = bytesOf(signsIn(text, pieces).values);
  const [first] = textsIn(bytes);
  return first ? textOf(bytes, first) : "";
}
