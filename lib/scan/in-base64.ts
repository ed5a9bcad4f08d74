/** Reads what stands in base64 in a text: a `data:` of Kubernetes, a basic credential, a file that somebody packed, in one line or in several, whatever is glued to it or stands before each line. Browser-safe; in linear time. */
import type { Range } from "@/lib/jwt/finding";
import { blocksIn } from "./base64-blocks";
import { type Piece, signsIn } from "./base64-pieces";
import { lastBefore } from "./other-readings";

/** Shorter texts hold nothing that is looked for. */
export const SHORTEST = 32;
/** Base64 of base64 is looked into, and that once more. */
export const DEEPEST = 3;
/** Such a text in base64, without its padding. */
const SHORTEST_RUN = Math.ceil((SHORTEST * 4) / 3);

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

/** Where in bytes a text stands, and whether as UTF-16. */
type Held = Range & { isWide: boolean };

/** Where in the bytes a text stands, of UTF-8 or of UTF-16, where every second byte is zero. */
function textsIn(bytes: Uint8Array): Held[] {
  const texts: Held[] = [];
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

/**
 * The parts of a text: what the decoder leaves out, such as a mark at the beginning, or writes in other characters is
 * counted in no other way than it stands in the text.
 * @param starts of each, in bytes; a character that goes over one stands behind it
 */
function partsOf(bytes: Uint8Array, { end, isWide }: Held, starts: readonly number[]): string[] {
  return starts.map((start, index) => {
    const next = starts[index + 1];
    const part = bytes.subarray(start, next ?? end);
    return utf8.decode(isWide ? part.filter((byte) => byte !== 0) : part, { stream: next !== undefined });
  });
}

export type Packed = {
  text: string;
  /** Where its base64 stands, with what is glued to it, up to where a byte begins. */
  pieces: Range[];
  /** From where on the text is what line of it, by where that begins; the first one with its first sign. */
  lines: { at: number; start: number }[];
};

/** Pieces and where their signs stand, of which the first byte begins at `from`. */
type Reading = {
  pieces: readonly Range[];
  /** Of each piece the number of its first sign, and its own. */
  firsts: { at: number; piece: number }[];
  places: Uint32Array;
  from: number;
};

function firstsOf(pieces: readonly Piece[]): Reading["firsts"] {
  let at = 0;
  return pieces.map(({ count }, piece) => {
    at += count;
    return { at: at - count, piece };
  });
}

/** The number of the piece that a sign stands in. */
const pieceAt = ({ firsts }: Reading, sign: number) => lastBefore(firsts, sign)?.piece ?? 0;

/** Where the base64 of a text stands, with what is glued to it, up to where a byte begins. */
function piecesOf(reading: Reading, held: Range): Range[] {
  const { pieces, places, from } = reading;
  const first = from + Math.floor(held.start / 3) * 4;
  const behind = from + Math.ceil((held.end * 4) / 3);
  return pieces.slice(pieceAt(reading, first), pieceAt(reading, behind - 1) + 1).map(({ start, end }) => ({
    start: Math.max(start, places[first] ?? 0),
    end: Math.min(end, places[behind] ?? end),
  }));
}

/** The lines of its base64: of each the first byte, and where it begins. */
function linesOf(reading: Reading, held: Range): { byte: number; start: number }[] {
  const { pieces, firsts, places, from } = reading;
  const first = from + Math.floor((held.start * 4) / 3);
  const last = from + Math.ceil((held.end * 4) / 3) - 1;
  const further = firsts.slice(pieceAt(reading, first) + 1, pieceAt(reading, last) + 1).map(({ at, piece }) => ({
    byte: Math.ceil(((at - from) * 3) / 4),
    start: pieces[piece]?.start ?? 0,
  }));
  return [{ byte: held.start, start: places[first] ?? 0 }, ...further];
}

function packedAt(reading: Reading, bytes: Uint8Array, held: Held): Packed {
  const lines = linesOf(reading, held);
  const starts = lines.map(({ byte }) => byte);
  const parts = partsOf(bytes, held, starts);
  let behind = 0;
  return {
    text: parts.join(""),
    pieces: piecesOf(reading, held),
    lines: parts.map(({ length }, index) => {
      behind += length;
      return { at: behind - length, start: lines[index]?.start ?? 0 };
    }),
  };
}

/** What is glued to it is not known: of four signs one after the other, one is where a byte begins. */
function unpack(text: string, pieces: readonly Piece[]): Packed[] {
  const { values, places } = signsIn(text, pieces);
  return [0, 1, 2, 3].flatMap((from) => {
    const bytes = bytesOf(values, from);
    const texts = textsIn(bytes);
    // As in most of them: what is made for nothing fills the memory.
    if (texts.length === 0) return [];
    const reading = { pieces, firsts: firstsOf(pieces), places: places.subarray(0, values.length), from };
    return texts.map((held) => packedAt(reading, bytes, held));
  });
}

const read = (text: string, pieces: readonly Piece[]): Packed[] =>
  pieces.reduce((sum, { count }) => sum + count, 0) < SHORTEST_RUN ? [] : unpack(text, pieces);

/** The texts that stand in base64. @param taken places of tokens, in order of the text */
export const packedTexts = (text: string, taken: readonly Range[] = []): Packed[] =>
  Array.from(blocksIn(text, taken), (block) => read(text, block)).flat();

/** `otherwise`: what is read of some of the lines alone. Of a list each may be a text of its own, and the last may be a word that stands below. */
export function readPacked(text: string, taken: readonly Range[] = []): { whole: Packed[]; otherwise: Packed[] } {
  const blocks = Array.from(blocksIn(text, taken));
  const parts = blocks
    .filter(({ length }) => length > 1)
    .flatMap((block) => [block.slice(0, -1), ...block.map((piece) => [piece])]);
  return {
    whole: blocks.flatMap((block) => read(text, block)),
    otherwise: parts.flatMap((part) => read(text, part)),
  };
}

/** @param pieces of a `Packed` of the text @returns what it holds */
export function textIn(text: string, pieces: readonly Range[]): string {
  const bytes = bytesOf(signsIn(text, pieces).values);
  const [first] = textsIn(bytes);
  return first ? partsOf(bytes, first, [first.start]).join("") : "";
}
