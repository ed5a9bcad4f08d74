/** Tells which pieces of base64 are lines of one block, whatever stands before each line: a mail's `>`, a log's time, a source's quotes, a diff's sign. Browser-safe; in linear time. */
import type { Range } from "@/lib/jwt/finding";
import { endOf, type Piece, piecesIn, WRITTEN } from "./base64-pieces";

/** Of what is broken by programs, mails and terminals. A whole token takes more: none is mistaken for a line of something longer. */
const [SHORTEST_LINE, LONGEST_LINE] = [32, 200];
/** More stands between no two lines, or before one, as a log's time, a mail's `>`, or what a source puts around a text. */
const LONGEST_GAP = 200;
/** As sources put them between lines. */
const SIGNS_ALONE = /^[+/_-]{1,3}$/;
const HAS_WORD = /[0-9a-z\x80-\uffff]/i;
/** The next line, or one behind an empty one; of a source or a log a line's end may be written, and another one stand behind it. */
const MOST_LINES_ON = 2;

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

const isLine = ({ count }: Piece) => count >= SHORTEST_LINE && count <= LONGEST_LINE;

const isNear = (before: Piece, line: number) => line <= before.line + MOST_LINES_ON;

/** Lines are as long as each other, and the last one is shorter; the first one may be, behind a name. */
function fitsBelow(text: string, block: readonly Piece[], before: Piece, piece: Piece): boolean {
  const isSecond = block.length === 1 && rightOf(piece) <= rightOf(before);
  if (piece.count > before.count) return isSecond;
  return piece.count === before.count || endOf(NAME_END, text, piece.end) === piece.end;
}

/** Whether what stands between two pieces is no more than may stand between lines: no padding, and a line of its own only if it is empty. */
function mayBeBetween(gap: string): boolean {
  if (gap.length > LONGEST_GAP || gap.startsWith("=")) return false;
  return gap.trim() === "" || gap.indexOf("\n") === gap.lastIndexOf("\n");
}

/** How a piece goes on with the block before it, if it does: surely, or unless it is a word before the next line. */
function goesOn(text: string, block: readonly Piece[], piece: Piece): "surely" | "perhaps" | undefined {
  const before = block.at(-1);
  if (!before || !isLine(before) || !isNear(before, piece.line)) return undefined;
  const gap = text.slice(before.end, Math.min(piece.start, before.end + LONGEST_GAP + 1));
  if (!mayBeBetween(gap) || !fitsBelow(text, block, before, piece)) return undefined;
  if (piece.line === before.line) return BETWEEN_IN_LINE.test(gap) ? "surely" : undefined;
  if (haveSamePrefix(text, before, piece)) return "surely";
  if (HAS_WORD.test(gap.replace(WRITTEN, ""))) return undefined;
  return piece.column < before.column && piece.count < before.count ? "perhaps" : "surely";
}

/** The blocks of base64 in a text, also those of one line. By hand: an expression that says as much takes seconds for ten megabytes. */
export function* blocksIn(text: string, taken: readonly Range[]): Generator<Piece[]> {
  let block: Piece[] = [];
  /** The last line of it, unless the next one goes on. */
  let last: Piece | undefined;
  const withLast = () => (last ? [...block, last] : block);
  const mayMatter = (count: number, line: number) => {
    const before = last ?? block.at(-1);
    return count >= SHORTEST_LINE || (count > 0 && before !== undefined && isNear(before, line));
  };
  for (const found of piecesIn(text, taken, mayMatter)) {
    if (found.count < 4 && SIGNS_ALONE.test(text.slice(found.start, found.end))) continue;
    const piece = withoutSign(text, found, block.at(-1));
    let goes = goesOn(text, block, piece);
    // It stands before nothing.
    if (last && piece.line > last.line) {
      block.push(last);
      last = undefined;
      goes = goesOn(text, block, piece);
    }
    // It begins a text of its own, in one line.
    if (!goes && last && goesOn(text, [last], piece)) {
      yield block;
      block = [last];
      last = undefined;
      goes = "surely";
    }
    if (goes === "surely") {
      // In a table of two columns it is a text of its own.
      if (last && last.count >= SHORTEST_LINE) yield [last];
      last = undefined;
      block.push(piece);
    } else if (goes === "perhaps" && !last) last = piece;
    else if (piece.count >= SHORTEST_LINE) {
      yield withLast();
      last = undefined;
      block = [piece];
    }
  }
  yield withLast();
}
