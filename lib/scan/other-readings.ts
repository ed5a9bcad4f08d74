/** Reads a text in the other ways that it may be meant: broken lines joined, escapes as characters, invisible characters left out, pieces of a secret put together, hex dumps and lists of bytes as what they hold. Browser-safe; in linear time; says of each place where it stood. */

/** Longer lines are no dumps and no settings. */
export const LONGEST_LINE = 900;

/** A dump of fewer bytes holds nothing that is looked for. */
const SHORTEST_DUMP = 32;

/**
 * What is taken out or written plainly: a line that goes on in the next one (`\` of a shell, `=` of a mail, lines of
 * base64 or of a token that are as long as such are, also where the break is written `\\n`), escapes of JSON and of programs (in a text in a text each `\` is doubled), of URLs
 * (and of their escapes), of HTML, of a mail's `=`, a terminal's colours (grep ends each with `\x1b[K`), and characters that nobody sees.
 * Each begins with a character of its own: what stands before it is looked at only there.
 * None repeats a group without an end, of which V8 keeps each step, and of some millions fails: of a link's UTF-8 so many bytes are taken, and what is left of the last character.
 */
const REWRITTEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: two of them are looked for
  /\\\r?\n[ \t]*|\\{1,8}(?:u00[0-7][0-9a-f]|[ux]\{0{0,4}[2-7][0-9a-f]\}|x[0-7][0-9a-f]|0[4-7][0-7]|1[0-7]{2}|\/)|(?:\\{1,4}r)?\\{1,4}n(?<=[\w+/]{60}(?:\\{1,4}r)?\\{1,4}n)(?=[\w+/=])|=(?<=[\w+/]{8}=)\r?\n(?=[\w+/])|\r?\n(?<=^[ \t]{0,20}[\w+/.-]{60,76}\r?\n)[ \t]*(?=[\w+/=.-]+$)|(?:%(?:25){0,3}[89a-f][0-9a-f]){2,99999}(?:%(?:25){0,3}[89ab][0-9a-f]){0,3}|%(?:25){0,3}(?:u00)?[2-7][0-9a-f]|&#\d{2,7};?|&#x[0-9a-f]{2,6};?|&(?:amp|lt|gt|quot|apos);|=3D|\u001b\[[\d;]{0,12}[mK]|[\0\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|[\ufe00-\ufe0f]/gim;

const ENTITIES: Record<string, string> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'" };

/** What stands for a rewritten piece; nothing for a break and for what nobody sees. */
function plainOf(piece: string): string {
  if (piece.startsWith("&")) {
    const [, x = "", digits] = /^&#(x?)([0-9a-f]+)/i.exec(piece) ?? [];
    if (digits === undefined) return ENTITIES[piece.toLowerCase()] ?? piece;
    const code = Number.parseInt(digits, x ? 16 : 10);
    return code < 0xd800 ? String.fromCharCode(code) : piece;
  }
  if (piece.endsWith("/")) return "/";
  if (/^%(?:25)*[89a-f]/i.test(piece)) return utf8Of(piece);
  const [, octal] = /^\\+([01][0-7]{2})$/.exec(piece) ?? [];
  if (octal) return String.fromCharCode(Number.parseInt(octal, 8));
  const [, code] = /^(?:\\+(?:u00|[ux]\{0*|x)|%(?:25)*(?:u00)?|=)([0-9a-f]{2})\}?$/i.exec(piece) ?? [];
  return code ? String.fromCharCode(Number.parseInt(code, 16)) : "";
}

/** Of one character beyond ASCII, or of several: a URL holds the bytes of their UTF-8. */
function utf8Of(piece: string): string {
  try {
    return decodeURIComponent(piece.replace(/%(?:25)+/g, "%"));
  } catch {
    return piece;
  }
}

export type Reading = {
  text: string;
  /** The place in the text as it was. */
  toOriginal: (offset: number) => number;
};

/** The last line of base64 ends so, too, and a setting without a value; and what a link sets may begin with `3d`: it is meant so in a mail alone. */
const OF_MAIL = /=(?:\r?\n|3d)/i;

/**
 * Joins broken lines, writes characters for their escapes, and leaves out the invisible ones.
 * @param kept what of it stays as it is
 * @returns undefined when there is nothing of the kind
 */
function rewrite(text: string, kept?: RegExp): Reading | undefined {
  const shifts: { at: number; by: number }[] = [];
  let by = 0;
  const plain = text.replace(REWRITTEN, (piece, offset: number) => {
    if (kept?.test(piece)) return piece;
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
export function lastBefore<Place extends { at: number }>(places: readonly Place[], offset: number): Place | undefined {
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

/** The line behind such a one may be shorter. */
const DUMPED_LAST =
  /^[ \t]*(?:(?:0x)?[0-9a-f]{4,16}:[ \t]*|[0-9a-f]{7,8}[ \t]+)?((?:(?:0x)?(?:[0-9a-f]{2}){1,4}(?:[ \t]{1,2}|[:,-] ?|$)){1,4})/i;

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
    const bare = line.length <= LONGEST_LINE ? line.replace(/\r$/, "") : "";
    const [, dumped] = DUMPED.exec(bare) ?? (bytes.length > 0 ? DUMPED_LAST.exec(bare) : null) ?? [];
    if (dumped === undefined) end();
    else {
      places.push({ at: bytes.length, start: index });
      for (const [pair] of dumped.replace(/0x/gi, "").matchAll(/[0-9a-f]{2}/gi)) bytes.push(Number.parseInt(pair, 16));
    }
  }
  end();
  return texts;
}

/** Eight or more: shorter pieces are parts of dates and ids, unless all are alike. Not as `{8,}`, of which V8 keeps each step, and of some millions fails. */
const PIECE = /[0-9a-z]{7}[0-9a-z]+/gi;
const HEXADECIMAL_PIECE = /^(?:0x)?[0-9a-f]{8,63}$/i;
/** What stands between the pieces: `" +` and a new line, `> `, a hyphen. */
const BETWEEN = /^[^0-9a-z]{1,24}$/i;
const DIGITS = 64;
/** What is left of them for the last line, or stands at the end of the first one: a terminal breaks its lines anywhere. */
const SHORT_END = /[^0-9a-z]{1,24}[0-9a-f]{1,7}(?![0-9a-z])/iy;
const SHORT_START = /(?<![0-9a-z])[0-9a-f]{1,7}(?=[^0-9a-z]{1,24}$)/i;
const LONGEST_SHORT = 7;
/** A dump has as many as it has pieces, each with the pieces of the one before it: a text made for it would be read seven times over. */
const MOST_JOINED = 20_000;

/** @param places in their order: from where on in the text it stood there */
export const readingOf = (text: string, places: readonly { at: number; start: number }[]): Reading[] =>
  text ? [{ text, toOriginal: (offset) => lastBefore(places, offset)?.start ?? 0 }] : [];

function shortEndAt(text: string, at: number): string {
  SHORT_END.lastIndex = at;
  return SHORT_END.exec(text)?.[0].replace(/^[^0-9a-z]+/i, "") ?? "";
}

/** @param before where what follows it begins */
function shortStartAt(text: string, before: number): { digits: string; start: number } | undefined {
  // One more, which is not to be a digit.
  const from = Math.max(0, before - LONGEST_SHORT - 24 - 1);
  const found = SHORT_START.exec(text.slice(from, before));
  return found ? { digits: found[0], start: from + found.index } : undefined;
}

/** 64 hexadecimal digits that stand in pieces, one behind the other: over two lines, as texts that a program joins, in groups. The first {@link MOST_JOINED}; what repeats itself in such a row once. */
function joinedDigits(text: string): Reading[] {
  let pieces: { start: number; end: number }[] = [];
  let length = 0;
  let inRow = new Set<string>();
  let joined = "";
  const places: { at: number; start: number }[] = [];
  for (const { 0: piece, index } of text.matchAll(PIECE)) {
    const isPiece = HEXADECIMAL_PIECE.test(piece);
    if (!isPiece || !BETWEEN.test(text.slice(pieces.at(-1)?.end ?? index, index))) {
      pieces = [];
      length = 0;
      if (inRow.size > 0) inRow = new Set();
    }
    if (!isPiece) continue;
    const start = index + (/^0x/i.test(piece) ? 2 : 0);
    pieces.push({ start, end: index + piece.length });
    length += index + piece.length - start;
    for (; length > DIGITS; pieces = pieces.slice(1)) length -= (pieces[0]?.end ?? 0) - (pieces[0]?.start ?? 0);
    const missing = DIGITS - length;
    if (missing > LONGEST_SHORT) continue;
    const [first] = pieces;
    const known = pieces.map(({ start, end }) => text.slice(start, end)).join("");
    const front = first && missing > 0 ? shortStartAt(text, first.start) : undefined;
    const rows = [
      { digits: known + (missing > 0 ? shortEndAt(text, index + piece.length) : ""), start: first?.start ?? 0 },
      ...(front ? [{ digits: front.digits + known, start: front.start }] : []),
    ];
    for (const { digits, start: begin } of rows) {
      if (digits.length < DIGITS || inRow.has(digits)) continue;
      inRow.add(digits);
      places.push({ at: joined.length, start: begin });
      joined += `${digits} `;
    }
    if (places.length >= MOST_JOINED) break;
  }
  return readingOf(joined, places);
}

/** So many groups of so many digits, and what is left: 64 as a person or a program groups them. */
const IN_GROUPS = [4, 5, 6, 7, 10].map((size) => {
  const [whole, rest] = [Math.ceil(DIGITS / size) - 1, DIGITS % size || size];
  return new RegExp(`(?<![0-9a-z])(?:[0-9a-f]{${size}}[^0-9a-z]{1,4}){${whole}}[0-9a-f]{${rest}}(?![0-9a-z])`, "gi");
});
const UUID = /(?<![0-9a-z])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-z])/gi;

/** 64 digits in short groups, or as two ids; of a list of ids any two would be such. */
function groupedDigits(text: string): Reading[] {
  let joined = "";
  const places: { at: number; start: number }[] = [];
  const add = (from: number, to: number) => {
    places.push({ at: joined.length, start: from });
    joined += `${text.slice(from, to).replace(/[^0-9a-f]/gi, "")} `;
  };
  for (const groups of IN_GROUPS)
    for (const { 0: group, index } of text.matchAll(groups)) add(index, index + group.length);
  let beside: { from: number; to: number; count: number } | undefined;
  const end = () => {
    if (beside?.count === 2) add(beside.from, beside.to);
  };
  for (const { 0: id, index } of text.matchAll(UUID)) {
    const to = index + id.length;
    if (beside && BETWEEN.test(text.slice(beside.to, Math.min(index, beside.to + 30)))) {
      beside = { ...beside, to, count: beside.count + 1 };
    } else {
      end();
      beside = { from: index, to, count: 1 };
    }
  }
  end();
  return readingOf(joined, places);
}

/** `[102, 54, 57, …]`, or with blanks alone: bytes as programs print them in decimal digits. */
const BYTES = /(?<!\d)\d{2,3}(?:(?:,[ \t\r\n]{0,12}| )\d{2,3}){31,1999}(?!\d)/g;
/** `0x66, 0x36, …`, `66 36 …`, `66:36:…`: the same in hexadecimal ones, anywhere in a line. */
const PAIRS = /(?<![0-9a-z])(?:0x)?[0-9a-f]{2}(?:(?:,[ \t\r\n]{0,12}|[ :-])(?:0x)?[0-9a-f]{2}){31,1999}(?![0-9a-z])/gi;

/** `['f', '6', …]`, `'f' + '6'`: its characters one by one, as a program lists them. */
const CHARACTERS = /(["'])[!-~]\1(?:(?:[ \t]?[,+][ \t\r\n]{0,12}| )\1[!-~]\1){31,1999}/g;

function listedBytes(text: string): Reading[] {
  const readings: Reading[] = [];
  const add = (at: number, read: string) => readings.push({ text: read, toOriginal: () => at });
  const spelled = (codes: number[]) => codes.map((code) => String.fromCharCode(code)).join("");
  for (const { 0: list, index } of text.matchAll(BYTES)) add(index, spelled((list.match(/\d+/g) ?? []).map(Number)));
  for (const { 0: list, index } of text.matchAll(PAIRS)) {
    const pairs = list.replace(/0x/gi, "").match(/[0-9a-f]{2}/gi) ?? [];
    add(index, spelled(pairs.map((pair) => Number.parseInt(pair, 16))));
    // They may be the digits themselves, as a fingerprint is written.
    add(index, pairs.join(""));
  }
  for (const { 0: list, index } of text.matchAll(CHARACTERS)) {
    const characters = list.matchAll(/(["'])(.)\1[^"']*/g);
    add(index, Array.from(characters, ([, , character]) => character).join(""));
  }
  return readings;
}

/** @returns none for a text that can be read in one way only */
export function otherReadings(text: string): Reading[] {
  const asMail = rewrite(text);
  const asNoMail = OF_MAIL.test(text) && rewrite(text, OF_MAIL);
  return [
    ...(asMail ? [asMail] : []),
    ...(asNoMail ? [asNoMail] : []),
    ...joinedDigits(text),
    ...groupedDigits(text),
    ...dumpedTexts(text),
    ...listedBytes(text),
  ];
}
