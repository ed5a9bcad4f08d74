/** Finds what could be a signing secret in a text: runs of 32 to 256 ASCII characters without white space, quotes and separators, also escaped, glued to a word, or in base64. Browser-safe; knows no secret; leaves out API keys and whatever stands inside a token. */
import type { Range } from "@/lib/jwt/finding";

export type Candidate = {
  /** UTF-16 offset of the first place. */
  start: number;
  /** Number of places. */
  count: number;
};

const SHORTEST = 32;
const LONGEST = 256;

/** What a secret is made of: base64, base64url, hexadecimal, and most punctuation. The rest stands around it (`KEY=…`, `?secret=…&`). */
const OUTSIDE = new Uint8Array(128);
for (let code = 0; code <= 32; code++) OUTSIDE[code] = 1;
for (const char of "\"'`,;()[]{}<>|\\=:&?#@\u007f") OUTSIDE[char.charCodeAt(0)] = 1;
const [STOP, SLASH, EQUALS, BACKSLASH] = [46, 47, 61, 92];

/** 64 hexadecimal digits and no more, whatever they are glued to: `SECRET_…`, `**…**`. */
const HEXADECIMAL = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/gi;
const ESCAPED = /%[0-9a-f]{2}/gi;
/** Base64 of more is a picture or the like. */
const LONGEST_BASE64 = 4096;

const API_KEY = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Every distinct candidate with its places, in linear time.
 * @param taken places of tokens, in order of the text
 */
export function secretCandidates(text: string, taken: readonly Range[] = []): Map<string, Candidate> {
  const found = new Map<string, Candidate & { last: number }>();

  const offer = (start: number, end: number): void => {
    if (end - start < SHORTEST || end - start > LONGEST) return;
    const candidate = text.slice(start, end);
    const known = found.get(candidate);
    if (!known) {
      if (!API_KEY.test(candidate)) found.set(candidate, { start, count: 1, last: start });
    } else if (known.last !== start) {
      known.count++;
      known.last = start;
    }
  };

  const offerRun = (start: number, end: number): void => {
    if (end - start < SHORTEST) return;
    // A path: its parts may be secrets, as a whole it is none.
    if (text.charCodeAt(start) !== SLASH) {
      offer(start, end);
      // The full stop of a sentence, and the padding of base64.
      if (text.charCodeAt(end - 1) === STOP) offer(start, end - 1);
      if (text.charCodeAt(end) === EQUALS) offer(start, text.charCodeAt(end + 1) === EQUALS ? end + 2 : end + 1);
    }
    if (end - start <= LONGEST_BASE64) {
      for (const candidate of secretCandidates(inBase64(text.slice(start, end))).keys()) {
        if (!found.has(candidate)) found.set(candidate, { start, count: 1, last: start });
      }
    }
    // Longer ones with slashes are base64 of something large: its pieces are no secrets.
    if (end - start > LONGEST) return;
    // JSON's `\n`, say: its letter is none of the secret's.
    if (text.charCodeAt(start - 1) === BACKSLASH) offer(start + 1, end);
    // Looked for in the run alone: in `text`, each run without one would be searched to the end of everything.
    const run = text.slice(start, end);
    for (let from = 0; from < run.length; ) {
      const slash = run.indexOf("/", from);
      const to = slash < 0 ? run.length : slash;
      if (from > 0 || to < run.length) offer(start + from, start + to);
      from = to + 1;
    }
    for (const { index } of run.matchAll(HEXADECIMAL)) if (run.length > 64) offer(start + index, start + index + 64);
    let piece = 0;
    for (const { index } of run.matchAll(ESCAPED)) {
      offer(start + piece, start + index);
      piece = index + 3;
    }
    if (piece > 0) offer(start + piece, end);
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
  return found;
}

/** The text that a run holds in base64, such as a secret of Kubernetes or a basic credential; empty when it holds none. */
function inBase64(run: string): string {
  if (!/^[\w+/-]+$/.test(run)) return "";
  try {
    const text = atob(run.replaceAll("-", "+").replaceAll("_", "/"));
    return /^[\t\n\r -~]+$/.test(text) ? text : "";
  } catch {
    return "";
  }
}
