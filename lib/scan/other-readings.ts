/** Reads a text in the other ways that it may be meant: broken lines joined, escapes as characters, invisible characters left out, hex dumps as what they hold. Browser-safe; in linear time; says of each place where it stood. */

/** Longer lines are no dumps and no settings. */
export const LONGEST_LINE = 900;

/** A dump of fewer bytes holds nothing that is looked for. */
const SHORTEST_DUMP = 32;

/**
 * What is taken out or written plainly: a line that goes on in the next one (`\` of a shell, `=` of a mail, lines of
 * base64 that are as long as such are), escapes of JSON, of URLs, of HTML, of a mail's `=`, and characters that nobody sees.
 */
const REWRITTEN =
  /\\\r?\n[ \t]*|(?<=[0-9a-f]{8})=\r?\n(?=[0-9a-f])|(?<=^[ \t]{0,20}[\w+/]{60,76})\r?\n[ \t]*(?=[\w+/=]+$)|\\u00[0-7][0-9a-f]|\\x[0-7][0-9a-f]|%[2-7][0-9a-f]|&#\d{2,7};|&#x[0-9a-f]{2,6};|&(?:amp|lt|gt|quot|apos);|=3D|[\u00ad\u200b-\u200d\u2060\ufeff]/gim;

const ENTITIES: Record<string, string> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'" };

/** What stands for a rewritten piece; nothing for a break and for what nobody sees. */
function plainOf(piece: string): string {
  const [first, second, third] = piece.toLowerCase();
  if (first === "&" && second !== "#") return ENTITIES[piece.toLowerCase()] ?? piece;
  const digits =
    first === "&"
      ? Number.parseInt(piece.slice(third === "x" ? 3 : 2), third === "x" ? 16 : 10)
      : first === "%" || piece === "=3D" || /^\\[ux]/i.test(piece)
        ? Number.parseInt(piece.replace(/^\\.|^./, ""), 16)
        : undefined;
  if (digits === undefined) return "";
  return digits < 0xd800 ? String.fromCharCode(digits) : piece;
}

export type Reading = {
  text: string;
  /** The place in the text as it was. */
  toOriginal: (offset: number) => number;
};

/** Joins broken lines, writes characters for their escapes, and leaves out the invisible ones. @returns undefined when there is nothing of the kind */
function rewrite(text: string): Reading | undefined {
  const shifts: { at: number; by: number }[] = [];
  let by = 0;
  const plain = text.replace(REWRITTEN, (piece, offset: number) => {
    const written = plainOf(piece);
    const at = offset - by + written.length;
    by += piece.length - written.length;
    shifts.push({ at, by });
    return written;
  });
  if (shifts.length === 0) return undefined;
  return { text: plain, toOriginal: (offset) => offset + (lastBefore(shifts, offset)?.by ?? 0) };
}

/** @param places in their order @returns the last that does not lie behind the offset; halving, since there may be one a line */
function lastBefore<Place extends { at: number }>(places: readonly Place[], offset: number): Place | undefined {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle]?.at ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return places[low - 1];
}

/** A line of a hex dump (`xxd`, `hexdump -C`, `od`, a debugger): perhaps an offset, then bytes in groups of one, two or four, perhaps a column of text. */
const DUMPED =
  /^[ \t]*(?:(?:0x)?[0-9a-f]{4,16}:[ \t]*|[0-9a-f]{7,8}[ \t]+)?((?:0x)?(?:[0-9a-f]{2}){1,4}(?:[ \t]{1,2}|[:,-] ?)(?:(?:0x)?(?:[0-9a-f]{2}){1,4}(?:[ \t]{1,2}|[:,-] ?|$)){3,63})/i;

/** The texts that hex dumps in a text hold, each also with its bytes in pairs swapped, as `hexdump` alone writes them. */
function dumpedTexts(text: string): Reading[] {
  const texts: Reading[] = [];
  let bytes: number[] = [];
  let places: { at: number; start: number }[] = [];
  const end = () => {
    if (bytes.length >= SHORTEST_DUMP) {
      const known = places;
      const toOriginal = (offset: number) => lastBefore(known, offset)?.start ?? 0;
      const swapped = bytes.map((byte, index) => bytes[index ^ 1] ?? byte);
      for (const each of [bytes, swapped])
        texts.push({ text: each.map((byte) => String.fromCharCode(byte)).join(""), toOriginal });
    }
    bytes = [];
    places = [];
  };
  for (const { 0: line, index } of text.matchAll(/[^\n]+/g)) {
    const [, dumped] = line.length <= LONGEST_LINE ? (DUMPED.exec(line.replace(/\r$/, "")) ?? []) : [];
    if (dumped === undefined) end();
    else {
      places.push({ at: bytes.length, start: index });
      for (const [pair] of dumped.replace(/0x/gi, "").matchAll(/[0-9a-f]{2}/gi)) bytes.push(Number.parseInt(pair, 16));
    }
  }
  end();
  return texts;
}

/** @returns none for a text that can be read in one way only */
export function otherReadings(text: string): Reading[] {
  const rewritten = rewrite(text);
  return [...(rewritten ? [rewritten] : []), ...dumpedTexts(text)];
}
