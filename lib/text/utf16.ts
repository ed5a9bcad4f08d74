/** Tells the UTF-16 that Windows' shell and programs write from everything else, with its mark or without, and reads a file that is of both: to one of UTF-8 `>>` of Windows PowerShell appends UTF-16, and to one of UTF-16 other shells append UTF-8. Refuses nothing. Browser-safe; in linear time. */

/** What is looked at to tell what the rest is. */
export const HEAD_BYTES = 8_000;

type Utf16 = "utf-16le" | "utf-16be";

const utf8 = new TextDecoder();
const latin = new TextDecoder("latin1");

/** So many letters of ASCII side by side; what is looked for has no fewer. */
const ASCII = /[\t\r\n -~]{31}[\t\r\n -~]+/g;
/** Pairs of Chinese, Japanese or Hindi may look like them, but hardly with these in both places of a pair. */
const IN_NO_PAIR = /[!-/1-M]/;
/** Of Korean and of rows of signs they are in both; in a row of such, one place of the pair has hardly more than one, or the row repeats itself. */
const FEWEST_IN_PLACE = 5;

/** Whether those at every other place of `text`, from `first` on, are as various as letters of ASCII are: a row of one sign, such as frames a title, counts as nothing. */
function isOfLetters(text: string, first: 0 | 1): boolean {
  const kinds = new Set<string>();
  let isInNoPair = false;
  for (let at = first; at < text.length; at += 2) {
    const letter = text.charAt(at);
    if (letter === text.charAt(at - 2) || letter === text.charAt(at + 2)) continue;
    kinds.add(letter);
    isInNoPair ||= IN_NO_PAIR.test(letter);
    if (isInNoPair && kinds.size >= FEWEST_IN_PLACE) return true;
  }
  return false;
}

/** Where letters of ASCII stand as they are, in what is UTF-16 otherwise. */
function* asciiIn(bytes: Uint8Array, encoding: Utf16): Generator<{ start: number; end: number }> {
  for (const { 0: run, index } of latin.decode(bytes).matchAll(ASCII)) {
    // What has its zero before or behind it is of the UTF-16.
    const start = encoding === "utf-16be" && bytes[index - 1] === 0 ? index + 1 : index;
    const behind = index + run.length;
    const end = encoding === "utf-16le" && bytes[behind] === 0 ? behind - 1 : behind;
    const letters = run.slice(start - index, end - index);
    if (isOfLetters(letters, 0) && isOfLetters(letters, 1)) yield { start, end };
  }
}

/** As its mark says; without one, by where its zeros are: letters from before U+0100 have one in each pair. @returns undefined: it is not UTF-16, or not all of it */
export function utf16In(bytes: Uint8Array): Utf16 | undefined {
  const [one, other] = bytes;
  if (one === 0xff && other === 0xfe) return "utf-16le";
  if (one === 0xfe && other === 0xff) return "utf-16be";
  if (bytes.length % 2 === 1) return undefined;
  const head = bytes.subarray(0, HEAD_BYTES);
  const zerosAt = (place: 0 | 1) => head.filter((byte, at) => byte === 0 && at % 2 === place).length;
  const [even, odd] = [zerosAt(0), zerosAt(1)];
  const many = head.length / 4;
  const encoding = even === 0 && odd > many ? "utf-16le" : odd === 0 && even > many ? "utf-16be" : undefined;
  return encoding && asciiIn(bytes, encoding).next().done ? encoding : undefined;
}

/** Fewer letters with zeros behind them may be numbers of a program. */
const SHORTEST_WIDE = 8;

const isAscii = (byte = 0) => (byte >= 32 && byte < 127) || byte === 9 || byte === 10 || byte === 13;
const isVisible = (byte = 0) => byte > 32 && byte < 127;

/** Also of the West's languages. */
const isLetter = (byte = 0) => isAscii(byte) || byte >= 0xa0;

/** Where letters with a zero behind each end that begin at `at`. */
function endOfWide(bytes: Uint8Array, at: number): number {
  let end = at;
  while (isLetter(bytes[end]) && bytes[end + 1] === 0) end += 2;
  return end;
}

/** How many bytes of a mark stand there, or of the zero before the first letter, where zeros stand before each. */
function markAt(bytes: Uint8Array, at: number): number {
  if (bytes[at] === 0xff && bytes[at + 1] === 0xfe) return 2;
  if (bytes[at] === 0xfe && bytes[at + 1] === 0xff) return 3;
  return at === 0 && bytes[0] === 0 ? 1 : 0;
}

/** Of what is not UTF-16 as a whole, the parts that are as UTF-8; a blank where one would be glued to what is no part of it. */
export function narrowed(bytes: Uint8Array): Uint8Array {
  if (!bytes.includes(0)) return bytes;
  const narrow = new Uint8Array(2 * bytes.length);
  let [length, at] = [0, 0];
  const add = (byte = 0) => {
    narrow[length] = byte;
    length += 1;
  };
  const addLetter = (letter = 0) => {
    if (letter >= 0x80) add(0xc0 | (letter >> 6));
    add(letter < 0x80 ? letter : 0x80 | (letter & 0x3f));
  };
  while (at < bytes.length) {
    const start = at + markAt(bytes, at);
    const end = endOfWide(bytes, start);
    if (end - start < 2 * SHORTEST_WIDE) {
      add(bytes[at]);
      at += 1;
      continue;
    }
    if (isVisible(bytes[at - 1]) && isVisible(bytes[start])) add(32);
    for (let letter = start; letter < end; letter += 2) addLetter(bytes[letter]);
    // One letter alone is the last of those with zeros before them.
    if (isVisible(bytes[end - 2]) && isVisible(bytes[end]) && isVisible(bytes[end + 1])) add(32);
    at = end;
  }
  return narrow.subarray(0, length);
}

/** As many letters of ASCII as {@link SHORTEST_WIDE}, in UTF-16. They have an end, since a group that repeats overflows on millions. */
const WIDE = { "utf-16le": /(?:[\t\r\n -~]\0){8,999}/g, "utf-16be": /(?:\0[\t\r\n -~]){8,999}/g };
/** Of a line of `─` (U+2500) each would be the same `%`. */
const FEWEST_DIFFERENT = 4;

/** UTF-16 in which short lines of UTF-8 stand: behind one of an odd number of bytes letters begin in the middle of a pair. */
function readMoved(bytes: Uint8Array, encoding: Utf16): string {
  const wide = new TextDecoder(encoding);
  const texts: string[] = [];
  let from = 0;
  for (const { 0: letters, index } of latin.decode(bytes).matchAll(WIDE[encoding])) {
    // Their zero is one more.
    if ((index - from) % 2 === 0 || new Set(letters).size <= FEWEST_DIFFERENT) continue;
    const end = markAt(bytes, index - 2) > 0 ? index - 2 : index;
    // The line above ends in UTF-16 with a zero, or with a letter behind one.
    const start = bytes.lastIndexOf(0, index - 1) + (encoding === "utf-16le" ? 1 : 2);
    const odd = Math.min(Math.max(from, start), end);
    texts.push(wide.decode(bytes.subarray(from, odd)), utf8.decode(bytes.subarray(odd, end)));
    from = end;
  }
  return texts.join("") + wide.decode(bytes.subarray(from));
}

/** UTF-16, but for the letters of ASCII that stand in it as they are. */
export function readUtf16(bytes: Uint8Array, encoding: Utf16): string {
  const texts: string[] = [];
  let from = 0;
  for (const { start, end } of asciiIn(bytes, encoding)) {
    texts.push(readMoved(bytes.subarray(from, start), encoding), utf8.decode(bytes.subarray(start, end)));
    from = end;
  }
  return texts.join("") + readMoved(bytes.subarray(from), encoding);
}

/** What is not UTF-16 is read as UTF-8. */
export function textIn(bytes: Uint8Array): string {
  const encoding = utf16In(bytes);
  return encoding ? readUtf16(bytes, encoding) : utf8.decode(narrowed(bytes));
}
