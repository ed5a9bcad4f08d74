/** Finds what could be a signing secret in a text: runs of 32 to 256 ASCII characters without white space and quotes. Knows no secret; leaves out API keys and whatever stands inside a token. */
import type { Range } from "@/lib/jwt/finding";

export type Candidate = {
  /** UTF-16 offset of the first place. */
  start: number;
  /** Number of places. */
  count: number;
};

const SHORTEST = 32;
const LONGEST = 256;

/** Ends a run: nothing of the kind is in a secret. */
const HARD = 2;
/** May be in a secret (padding, base64), or stand before or behind it (`KEY=…`, `?secret=…&`). */
const SOFT = 1;
const CLASS = new Uint8Array(128);
for (let code = 0; code <= 32; code++) CLASS[code] = HARD;
for (const char of "\"'`,;()[]{}<>|\\\u007f") CLASS[char.charCodeAt(0)] = HARD;
for (const char of "=:&?#@/") CLASS[char.charCodeAt(0)] = SOFT;
const SLASH = 47;
const [EQUALS, COLON] = [61, 58];

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
    offer(start, end);
    // The full stop of a sentence.
    if (text.charCodeAt(end - 1) === 46) offer(start, end - 1);
    // A long run with slashes is base64 of something large, not a path: its pieces are no secrets.
    const large = end - start > LONGEST;
    let from = start;
    let named = false;
    for (let at = start; at < end; at++) {
      const code = text.charCodeAt(at);
      if (CLASS[code] !== SOFT || (large && code === SLASH)) continue;
      offer(from, at);
      from = at + 1;
      if (named || (code !== EQUALS && code !== COLON)) continue;
      named = true;
      offer(from, end);
    }
    if (from > start) offer(from, end);
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
    if (code < 128 && CLASS[code] !== HARD) continue;
    offerRun(from, at);
    from = at + 1;
  }
  return found;
}
