/** Finds every compact JWS in a text (a log, HAR, `.env` or source file) in linear time; refuses whatever has no header of a token, and judges nothing else. */

import { type Place, placeCounter } from "@/lib/text/place-counter";
import { base64urlValue, decodeBase64url } from "./check-base64url";
import type { Range } from "./finding";

export type TokenPlace = Place & {
  /** UTF-16 offsets into the text. */
  range: Range;
};

export type FoundToken = TokenPlace & {
  token: string;
  /** Every place of the same token, the first included, in order of the text. */
  places: TokenPlace[];
};

/** How many digits an HMAC takes as a signature (RFC 7518 §3.2), and how many `=` base64 puts behind them. */
const SIGNATURES = new Map([
  ["HS256", { digits: 43, padding: 1 }],
  ["HS384", { digits: 64, padding: 0 }],
  ["HS512", { digits: 86, padding: 2 }],
]);
/**
 * Right behind a signature these are plainly none of the token: what closes a comment or a word diff, and a date, as a
 * database of one file has its columns side by side. All else is taken for a part of it: a token that somebody
 * lengthened is none that a vendor takes, and must not be told as the one that it was.
 */
const GLUED = /^(?:-->$|-[\]}]$|\d{4}-\d\d-\d\d)/;
/** And what marks a word in a chat (`_…_`, `__…__`): the same stands before it. */
const MARK = /^(_+|-+)[^\w-]?$/;

function isMarked(text: string, start: number, behind: string): boolean {
  const [, mark] = MARK.exec(behind) ?? [];
  if (!mark) return false;
  const front = start - mark.length;
  return text.slice(Math.max(0, front), start) === mark && text.charAt(front - 1) !== mark[0];
}

const signatureOf = (header: string) => SIGNATURES.get(/"alg"\s*:\s*"(\w+)"/.exec(header)?.[1] ?? "");

/** @param start of the token @param signature where it stands, with what is glued to it @returns where it ends without that */
function endOfSignature(text: string, header: string, start: number, signature: Range): number {
  const end = signature.start + (signatureOf(header)?.digits ?? Number.POSITIVE_INFINITY);
  if (end >= signature.end) return signature.end;
  const behind = text.slice(end, signature.end + 1);
  return GLUED.test(behind) || isMarked(text, start, behind) ? end : signature.end;
}

/** As an address, JSON of Java and HTML write it, too. */
const EQUALS = /=|%3d|\\u003d|&#(?:61|x3d);/iy;
const ESCAPED = new RegExp(EQUALS.source, "gi");
/** The value of which a token is the name begins so: `eyJ…=anna`, `eyJ…="anna"`. */
const VALUE = /[$([{]|["'`./]?[\w-]/y;

/** Where up to `most` signs of padding end that begin at `at`. */
function endOfPadding(text: string, at: number, most: number): number {
  EQUALS.lastIndex = at;
  return most > 0 && EQUALS.test(text) ? endOfPadding(text, EQUALS.lastIndex, most - 1) : at;
}

const BASE64 = /^[\w+/-]*$/;

/**
 * Where a signature in base64 ends, as builders of one's own write it: with its own letters and padding no vendor takes it, so
 * that it must not be told as the one without.
 * @param signature as far as base64url goes @returns its end where there is none of that; a mail breaks its lines with `=`, too
 */
function endOfBase64(text: string, header: string, { start, end }: Range): number {
  const known = signatureOf(header);
  const whole = start + (known?.digits ?? 0);
  if (!known || end > whole || whole > text.length || !BASE64.test(text.slice(end, whole))) return end;
  const padded = endOfPadding(text, whole, known.padding);
  VALUE.lastIndex = padded;
  if (padded > whole && !VALUE.test(text) && endOfPadding(text, padded, 1) === padded) return padded;
  return /[\w+/-]/.test(text.charAt(whole)) ? end : whole;
}

const IN_ALPHABET = new Uint8Array(128);
for (let code = 0; code < 128; code++) IN_ALPHABET[code] = base64urlValue(code) < 64 ? 1 : 0;
const latin = new TextDecoder("latin1");

/** Length of the separator at `at`: a dot, or one that was URL-encoded (`%2E`). 0 when there is none. */
function separatorAt(text: string, at: number): number {
  if (text[at] === ".") return 1;
  return text[at] === "%" && /^%2e$/i.test(text.slice(at, at + 3)) ? 3 : 0;
}

/** Where in a segment a token's header begins: at its start, or behind something that was glued to it. */
function findHeader(segment: string): { from: number; text: string; encrypted: boolean } | undefined {
  let from = 0;
  let header = readHeader(segment);
  if (header === undefined) {
    from = segment.indexOf("eyJ", 1);
    header = from > 0 ? readHeader(segment.slice(from)) : undefined;
  }
  return header === undefined ? undefined : { from, text: header, encrypted: header.includes('"enc"') };
}

function readHeader(segment: string): string | undefined {
  // Base64url of `{`, or of white space before it, begins with one of these.
  if (!"eIDC".includes(segment[0] ?? "-")) return undefined;
  const text = latin.decode(decodeBase64url(segment).bytes).trim();
  // A signature in front of a header may begin with a brace as well: one of two hundred does.
  return /^\{\s*"/.test(text) && text.endsWith("}") && text.includes('"alg"') ? text : undefined;
}

/** Every distinct token of `text` in the order of first occurrence. Tokens with an encrypted content (five segments) are left out. Linear, also for hostile text. */
export function findTokens(text: string): FoundToken[] {
  const found = new Map<string, FoundToken>();
  const placeAt = placeCounter(text);
  /** Starts and ends of the segments of the run that is being read, alternating. */
  let edges: number[] = [];

  const report = (start: number, end: number, token: string): void => {
    const place = { range: { start, end }, ...placeAt(start) };
    const known = found.get(token);
    if (known) known.places.push(place);
    else found.set(token, { token, ...place, places: [place] });
  };
  const segmentAt = (index: number): string => text.slice(edges[2 * index], edges[2 * index + 1]).replace(ESCAPED, "=");
  const finishRun = (): void => {
    const count = edges.length / 2;
    for (let index = 0; index + 2 < count; index++) {
      // Of `count` segments there are `count` starts and ends: what is read here lies before the last.
      if ((edges[2 * index + 1] as number) - (edges[2 * index] as number) < 12) continue;
      const header = segmentAt(index);
      const known = findHeader(header);
      const payload = segmentAt(index + 1);
      if (!known || payload === "") continue;
      const signature = segmentAt(index + 2);
      // No signature holds a header: where one stands, another token was glued to this one.
      const next = known.encrypted ? undefined : findHeader(signature);
      // Three segments have six edges from here on.
      const [start, last] = [(edges[2 * index] as number) + known.from, edges[2 * index + 5] as number];
      // Of these the fifth is where the signature begins.
      const from = edges[2 * index + 4] as number;
      const segment = { start: from, end: next ? from + next.from : last };
      const end = known.encrypted ? last : endOfSignature(text, known.text, start, segment);
      if (!known.encrypted) {
        const padded = next ? end : endOfBase64(text, known.text, { start: from, end });
        const bare = text.slice(from, padded).replace(ESCAPED, "=");
        report(start, padded, `${header.slice(known.from)}.${payload}.${bare}`);
      }
      index += known.encrypted ? 4 : next ? 1 : 2;
    }
  };

  let segmentFrom = 0;
  for (let at = 0; at <= text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 128 && IN_ALPHABET[code] === 1) continue;
    const padded = at > segmentFrom ? endOfPadding(text, at, 2) : at;
    const separator = separatorAt(text, padded);
    if (separator > 0) {
      edges.push(segmentFrom, padded);
      at = padded + separator - 1;
    } else {
      if (edges.length >= 4) {
        edges.push(segmentFrom, at);
        finishRun();
      }
      if (edges.length > 0) edges = [];
    }
    segmentFrom = at + 1;
  }
  return [...found.values()];
}
