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

const [LINE_FEED, PERCENT, AMPERSAND, BACKSLASH] = [10, 37, 38, 92];
/** `+` and `/` as JSON of PHP or .NET, a link (also in a link) and HTML write them. */
const ESCAPED = /\\{1,4}(?:\/|u002[bf])|%(?:25){0,2}2[bf]|&#(?:43|47|x2[bf]);/iy;
/** As JSON, programs and links write a line's end, in a text in a text with each `\` doubled; in a list of lines its own line ends behind it. */
const WRITTEN_BREAK = /(?:(?:\\{1,4}r)?\\{1,4}n|(?:%(?:25){0,2}0d)?%(?:25){0,2}0a)(?:["',]{1,3}\r?\n)?/iy;
/** Its letter is none of what stands behind it. */
const WRITTEN_BLANK = /\\{1,4}[rt]/y;

/** Of what is broken by programs, mails and terminals: each line but the last has as many signs, and the first may have fewer. */
const [SHORTEST_LINE, LONGEST_LINE] = [32, 300];
/** More stands before no line, as a log's time, a mail's `>`, or what a source puts around a text. */
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
    } else at = Math.max(at + 1, mayBeEscape ? endOf(WRITTEN_BLANK, text, at) : 0);
    count = 0;
    start = at;
  }
}

/** A sign before each line of a diff: base64 itself has no line of such a length. */
const hasDiffSign = (text: string, { start, count, column }: Piece, before: Piece | undefined) =>
  column === 0 &&
  "+-".includes(text.charAt(start)) &&
  (count % 4 === 1 || (before?.column === 1 && text.charAt(before.start - 1) === text.charAt(start)));

const WRITTEN = new RegExp(`${WRITTEN_BREAK.source}|${WRITTEN_BLANK.source}`, "gi");
/** A terminal breaks all lines there, the first one too, in which a name stands before the text. */
const rightOf = ({ start, end, column }: Piece) => column + end - start;
const hasNoWordBetween = (text: string, before: Piece, piece: Piece) =>
  !HAS_WORD.test(text.slice(before.end, piece.start).replace(WRITTEN, ""));

type Run = { pieces: Piece[]; count: number };
const countIn = (pieces: readonly Piece[]) => pieces.reduce((sum, { count }) => sum + count, 0);

/** What is no full line is the last one as what writes base64 ends it, or a word. */
const PADDING = /(?:=|\\{1,4}u003d|%(?:25){0,2}3d|&#(?:61|x3d);)/iy;
const endsBase64 = (text: string, run: Run, { count, end }: Piece) =>
  count % 4 === 0 || (run.count + count) % 4 === 0 || endOf(PADDING, text, end) > end;

/** What a piece is to the lines of base64 before it: their next one, either its short last line or a word before the next one, such a word, or something else. */
function relation(text: string, run: Run, piece: Piece): "next" | "last or word" | "word" | "other" {
  const before = run.pieces.at(-1);
  if (!before) return "other";
  const isBelow = piece.line === before.line + 1 && piece.start - before.end <= LONGEST_GAP;
  const isFull = before.count >= SHORTEST_LINE && before.count <= LONGEST_LINE && text[before.end] !== "=";
  if (!isBelow || !isFull) return "other";
  if (piece.count > before.count) {
    const isSecond = run.pieces.length === 1 && rightOf(piece) === rightOf(before);
    return isSecond && hasNoWordBetween(text, before, piece) ? "next" : "other";
  }
  const isShort = piece.count < before.count;
  const goesOn = !isShort || endsBase64(text, run, piece);
  if (piece.column === before.column) return goesOn ? "next" : "other";
  const isLeft = piece.column < before.column;
  if (goesOn && hasNoWordBetween(text, before, piece)) return isLeft && isShort ? "last or word" : "next";
  return isLeft && piece.count < SHORTEST_LINE ? "word" : "other";
}

/** Where base64 may stand, each in its lines. By hand: an expression that says as much takes seconds for ten megabytes. */
function* runsIn(text: string, taken: readonly Range[]): Generator<Piece[]> {
  let run: Run = { pieces: [], count: 0 };
  let lastOrWord: Piece | undefined;
  const whole = () => (lastOrWord ? [...run.pieces, lastOrWord] : run.pieces);
  const mayMatter = (count: number, line: number) =>
    count >= SHORTEST_LINE || (count > 0 && line <= (run.pieces.at(-1)?.line ?? Number.NEGATIVE_INFINITY) + 1);
  for (let piece of piecesIn(text, taken, mayMatter)) {
    if (hasDiffSign(text, piece, run.pieces.at(-1)))
      piece = { ...piece, start: piece.start + 1, count: piece.count - 1, column: 1 };
    if (piece.count < 4 && SIGNS_ALONE.test(text.slice(piece.start, piece.end))) continue;
    const is = relation(text, run, piece);
    if (is === "word") continue;
    if (is === "last or word") {
      lastOrWord = piece;
      continue;
    }
    if (is === "next") {
      run.pieces.push(piece);
      run.count += piece.count;
    } else {
      yield whole();
      run = piece.count >= SHORTEST_LINE ? { pieces: [piece], count: piece.count } : { pieces: [], count: 0 };
    }
    lastOrWord = undefined;
  }
  yield whole();
}

/** The six bits of each sign in these places. */
function valuesIn(text: string, pieces: readonly Range[]): Uint8Array {
  const values = new Uint8Array(pieces.reduce((sum, { start, end }) => sum + end - start, 0));
  let count = 0;
  for (const { start, end } of pieces)
    for (let at = start; at < end; ) {
      const value = VALUE[text.charCodeAt(at)] ?? -1;
      const next = value < 0 ? endOf(ESCAPED, text, at) : at + 1;
      values[count++] = value >= 0 ? value : /(?:b|43);?$/i.test(text.slice(at, next)) ? PLUS : SLASH;
      at = Math.max(next, at + 1);
    }
  return values.subarray(0, count);
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
function textsIn(bytes: Uint8Array): Range[] {
  const texts: Range[] = [];
  let [start, characters, at] = [0, 0, 0];
  while (at <= bytes.length) {
    const isAscii = IN_TEXT[bytes[at] ?? 0] === 1;
    const width = isAscii ? (bytes[at + 1] === 0 ? 2 : 1) : widthAt(bytes, at);
    if (width > 0) {
      characters += 1;
      at += width;
      continue;
    }
    if (characters >= SHORTEST) texts.push({ start, end: Math.min(at, bytes.length) });
    characters = 0;
    at += 1;
    start = at;
  }
  return texts;
}

const utf8 = new TextDecoder();
const textOf = (bytes: Uint8Array) => utf8.decode(bytes.includes(0) ? bytes.filter((byte) => byte !== 0) : bytes);

export type Packed = {
  text: string;
  /** Where its first sign stands. */
  start: number;
  /** Where its base64 stands, with what is glued to it, up to where a byte begins. */
  pieces: Range[];
};

/** Of the pieces, the signs from the one up to the other, both counted in all of them. */
function cut(text: string, pieces: readonly Piece[], from: number, to: number): Range[] {
  let before = 0;
  return pieces.flatMap(({ start, end, count }) => {
    const [first, last] = [Math.max(0, from - before), Math.min(count, to - before)];
    before += count;
    if (first >= last) return [];
    return [{ start: nthSign(text, start, end, count, first), end: nthSign(text, start, end, count, last) }];
  });
}

/** Where the sign of this number begins; behind the last, the end. */
function nthSign(text: string, start: number, end: number, count: number, number: number): number {
  // None of them is escaped.
  if (end - start === count) return start + number;
  let at = start;
  for (let left = number; left > 0; left--) at = Math.max(at + 1, endOf(ESCAPED, text, at));
  return Math.min(at, end);
}

/** What is glued to it is not known: of four signs one after the other, one is where a byte begins. */
function unpack(text: string, pieces: readonly Piece[]): Packed[] {
  const values = valuesIn(text, pieces);
  return [0, 1, 2, 3]
    .flatMap((skipped) => {
      const bytes = bytesOf(values, skipped);
      return textsIn(bytes).map(({ start, end }) => {
        const [first, last] = [skipped + Math.floor((start * 4) / 3), skipped + Math.ceil((end * 4) / 3)];
        return {
          text: textOf(bytes.subarray(start, end)),
          start: cut(text, pieces, first, last)[0]?.start ?? 0,
          pieces: cut(text, pieces, skipped + Math.floor(start / 3) * 4, last),
        };
      });
    })
    .sort((one, other) => one.start - other.start);
}

/**
 * The texts that stand in base64.
 * @param taken places of tokens, in order of the text
 * @returns in the order in which they begin
 */
export function packedTexts(text: string, taken: readonly Range[] = []): Packed[] {
  const found: Packed[] = [];
  for (const pieces of runsIn(text, taken))
    if (countIn(pieces) >= SHORTEST_RUN) for (const packed of unpack(text, pieces)) found.push(packed);
  return found;
}

/** @param pieces of a `Packed` of the text @returns what it holds */
export function textIn(text: string, pieces: readonly Range[]): string {
  const bytes = bytesOf(valuesIn(text, pieces));
  const [first] = textsIn(bytes);
  return first ? textOf(bytes.subarray(first.start, first.end)) : "";
}
