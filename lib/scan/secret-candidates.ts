/** Finds what could be a signing secret in a text: runs of 32 to 512 ASCII characters without white space, quotes and separators, also escaped, glued to a word, broken into lines, in capitals, in base64, or in a hex dump; and whatever stands whole behind a name, between quotes or between white space. Browser-safe; knows no secret; leaves out API keys and whatever stands inside a token. */
import type { Range } from "@/lib/jwt/finding";
import { DEEPEST, type Packed, readPacked, SHORTEST } from "./in-base64";
import { otherReadings, type Reading, readingOf } from "./other-readings";
import { forEachWholeValue } from "./whole-values";

export type Candidate = {
  /** UTF-16 offset of the first place. */
  start: number;
  /** Number of places. */
  count: number;
  /** Digits with others on both sides, wherever it stands: rarely a secret, and so many that they are compared behind all else. */
  between: boolean;
};

/** As the key form takes them. */
const LONGEST = 512;

/** What a secret is made of: base64, base64url, hexadecimal, and most punctuation. The rest stands around it (`KEY=…`, `?secret=…&`). */
const OUTSIDE = new Uint8Array(128);
for (let code = 0; code <= 32; code++) OUTSIDE[code] = 1;
for (const char of "\"'`,;()[]{}<>|\\=:&?#@\u007f") OUTSIDE[char.charCodeAt(0)] = 1;
const [SLASH, EQUALS, BACKSLASH] = [47, 61, 92];

/** 64 hexadecimal digits and no more, whatever they are glued to: `SECRET_…`, `**…**`. */
const HEXADECIMAL = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/gi;
const HEXADECIMAL_LENGTH = 64;
const HEXADECIMAL_IN_CAPITALS = /^(?=.*[A-F])[0-9a-f]{64}$/i;
/** With something glued to it that could be digits, too: an API key, the end of a word, a date. */
const LONGER_HEXADECIMAL = /[0-9a-f]{65,160}/gi;
/** Something may be glued to both ends, as a database of one file has its columns side by side: an id's twelve digits and an instant's. Of longer ones are hashes (SHA-384), of which a list would hold a third of a million others. */
const LONGEST_GLUED = 90;
const SEPARATES_BASE64 = "/_-";
/** Without its padding. */
const BASE64_OF_32_BYTES = 43;
/** Of a text that is long enough, with what may be glued to it. Not in pairs, `(?:…){32,}`, of which V8 keeps each step, and of some millions fails. */
const HEXADECIMAL_OF_TEXT = /(?<![0-9a-f])[0-9a-f]{64}[0-9a-f]*/gi;

/** Some times as many as are compared; a text made for it would have millions, and fill the memory. */
const MOST_WHOLES = 200_000;

const API_KEY_LENGTH = 36;
const API_KEY = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Every distinct candidate with its places, in linear time.
 * @param taken places of tokens, in order of the text
 */
export const secretCandidates = (text: string, taken: readonly Range[] = []): Map<string, Candidate> =>
  candidatesIn(text, taken, 0);

/** @param depth in how much base64 the text stands */
function candidatesIn(text: string, taken: readonly Range[], depth: number): Map<string, Candidate> {
  const found = candidatesAsWritten(text, taken);
  const readings = otherReadings(text);
  for (const { text: plain, toOriginal } of readings) {
    for (const [candidate, { start, count, between }] of candidatesAsWritten(plain, [])) {
      const known = found.get(candidate);
      const place = toOriginal(start);
      // The first place may be legible in one of them alone.
      if (!known) found.set(candidate, { start: place, count, between });
      else merge(known, { start: place, count: 0, between });
    }
  }
  if (depth === DEEPEST) return found;
  const { places, others } = heldInBase64(text, taken, readings);
  for (const { text: held, toOriginal } of places)
    for (const [candidate, { start, count, between }] of candidatesIn(held, [], depth + 1)) {
      const known = found.get(candidate);
      const place = toOriginal(start);
      if (!known) found.set(candidate, { start: place, count, between });
      else merge(known, { start: place, count, between });
    }
  for (const { text: held, toOriginal } of others)
    for (const [candidate, { start, between }] of candidatesIn(held, [], depth + 1)) {
      const known = found.get(candidate);
      if (!known) found.set(candidate, { start: toOriginal(start), count: 1, between });
      else known.between &&= between;
    }
  return found;
}

function merge(known: Candidate, { start, count, between }: Candidate): void {
  known.start = Math.min(known.start, start);
  known.count += count;
  known.between &&= between;
}

/** What stands in base64: in the text, each a place of its own; and what is read there otherwise, or in one of the text's readings. */
function heldInBase64(text: string, taken: readonly Range[], readings: readonly Reading[]) {
  const { whole, otherwise } = readPacked(text, taken);
  const known = new Set(whole.map((packed) => packed.text));
  const others: Packed[] = [];
  const add = (packed: readonly Packed[], toOriginal = (offset: number) => offset) => {
    for (const each of packed)
      if (!known.has(each.text)) {
        known.add(each.text);
        others.push({ ...each, lines: each.lines.map(({ at, start }) => ({ at, start: toOriginal(start) })) });
      }
  };
  add(otherwise);
  for (const { text: plain, toOriginal } of readings) {
    const read = readPacked(plain);
    add(read.whole, toOriginal);
    add(read.otherwise, toOriginal);
  }
  return { places: oneBelowTheOther(whole), others: oneBelowTheOther(others) };
}

/** Above each, and no line of base64: none goes on in the next. */
const BETWEEN = "\n\n\n";

/** Where a find stands is told by the line of base64 in which it begins. */
function oneBelowTheOther(texts: readonly Packed[]): Reading[] {
  let from = 0;
  const places: { at: number; start: number }[] = [];
  for (const { text, lines } of texts) {
    for (const { at, start } of lines) places.push({ at: from + at, start });
    from += text.length + BETWEEN.length;
  }
  return readingOf(texts.map(({ text }) => text).join(BETWEEN), places);
}

function candidatesAsWritten(text: string, taken: readonly Range[]): Map<string, Candidate> {
  const found = new Map<string, Candidate & { last: number }>();

  const add = (into: typeof found, start: number, candidate: string, between = false): void => {
    const known = into.get(candidate);
    if (!known) {
      if (candidate.length !== API_KEY_LENGTH || !API_KEY.test(candidate))
        into.set(candidate, { start, count: 1, last: start, between });
    } else if (known.last !== start) {
      merge(known, { start, count: 1, between });
      known.last = start;
    }
  };
  const addOnce = (start: number, candidate: string, between = false): void => {
    if (!found.has(candidate)) add(found, start, candidate, between);
  };

  const offer = (start: number, end: number, between = false): void => {
    if (end - start < SHORTEST || end - start > LONGEST) return;
    const candidate = text.slice(start, end);
    add(found, start, candidate, between);
    // Base64 may end in padding, which is as often a sign of what stands around it.
    if (text.charCodeAt(end) === EQUALS)
      add(found, start, `${candidate}${text.charCodeAt(end + 1) === EQUALS ? "==" : "="}`);
    if (HEXADECIMAL_IN_CAPITALS.test(candidate)) addOnce(start, candidate.toLowerCase(), between);
  };

  /** Where digits begin that have others on both sides. */
  const between: number[] = [];

  const offerInHexadecimal = (start: number, run: string): void => {
    for (const [digits] of run.matchAll(HEXADECIMAL_OF_TEXT))
      for (const candidate of candidatesAsWritten(inHexadecimal(digits), []).keys()) addOnce(start, candidate);
  };

  const offerRun = (start: number, end: number): void => {
    if (end - start < SHORTEST) return;
    // A path: its parts may be secrets, as a whole it is none, unless padding shows it to be base64.
    if (text.charCodeAt(start) !== SLASH || text.charCodeAt(end) === EQUALS) offer(start, end);
    if (end - start === BASE64_OF_32_BYTES) {
      addOnce(start, hexadecimalOf(text.slice(start, end)));
    }
    // A token inside a token, or what is left of one, has its claims in one of its pieces.
    let at = start;
    for (const piece of text.slice(start, end).split(".")) {
      if (piece.length < end - start) offer(at, at + piece.length);
      offerInHexadecimal(start, piece);
      at += piece.length + 1;
    }
    // JSON's `\n`, say: its letter is none of what stands behind it.
    if (text.charCodeAt(start - 1) === BACKSLASH) offerRun(start + 1, end);
    // Longer ones with slashes are base64 of something large: its pieces are no secrets.
    if (end - start > LONGEST) return;
    // Looked for in the run alone: in `text`, each run without one would be searched to the end of everything.
    const run = text.slice(start, end);
    if (run.includes("/"))
      for (const { 0: part, index } of run.matchAll(/[^/]+/g)) {
        offer(start + index, start + index + part.length);
        if (part.length === BASE64_OF_32_BYTES) addOnce(start, hexadecimalOf(part));
      }
    if (run.length > BASE64_OF_32_BYTES && SEPARATES_BASE64.includes(run.charAt(run.length - BASE64_OF_32_BYTES - 1)))
      addOnce(start, hexadecimalOf(run.slice(-BASE64_OF_32_BYTES)));
    if (run.length > HEXADECIMAL_LENGTH) {
      for (const { index } of run.matchAll(HEXADECIMAL)) offer(start + index, start + index + HEXADECIMAL_LENGTH);
      for (const { 0: digits, index } of run.matchAll(LONGER_HEXADECIMAL)) {
        const [first, last] = [start + index, start + index + digits.length - HEXADECIMAL_LENGTH];
        offer(first, first + HEXADECIMAL_LENGTH);
        offer(last, last + HEXADECIMAL_LENGTH);
        if (digits.length <= LONGEST_GLUED) for (let at = first + 1; at < last; at++) between.push(at);
      }
    }
  };

  let from = 0;
  let next = 0;
  for (let at = 0; at <= text.length; at++) {
    const place = taken[next];
    if (place && at === place.start) {
      offerRun(from, at);
      from = place.end;
      at = place.end - 1;
      next++;
      continue;
    }
    const code = text.charCodeAt(at);
    if (code < 128 && OUTSIDE[code] !== 1) continue;
    offerRun(from, at);
    from = at + 1;
  }
  // At last: what stands elsewhere, too, is none of these.
  for (const start of between) offer(start, start + HEXADECIMAL_LENGTH, true);
  const wholes: typeof found = new Map();
  forEachWholeValue(text, (start, value) => {
    if (wholes.size < MOST_WHOLES && !found.has(value)) add(wholes, start, value);
  });
  for (const [value, whole] of wholes) found.set(value, whole);
  return found;
}

/** 32 bytes in base64, as the hexadecimal digits that VideoSDK gives; empty for what is no base64. */
function hexadecimalOf(run: string): string {
  try {
    const bytes = atob(run.replaceAll("-", "+").replaceAll("_", "/"));
    return Array.from(bytes, (byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join("");
  } catch {
    return "";
  }
}

/** The text that a run of hexadecimal digits spells, of an odd number without the last; empty when it spells none. */
function inHexadecimal(run: string): string {
  let text = "";
  for (let at = 0; at + 1 < run.length; at += 2) {
    const character = String.fromCharCode(Number.parseInt(run.slice(at, at + 2), 16));
    // Of a hash after a byte or two.
    if (!/[\t\n\r -~]/.test(character)) return "";
    text += character;
  }
  return text;
}
