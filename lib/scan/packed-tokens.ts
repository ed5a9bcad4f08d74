/** Finds the tokens and credentials that stand in base64 in a text, also in base64 of base64, and says where in the text that is. Browser-safe. */
import { signatureBytesOf } from "@/lib/decoder/ladder";
import { type FoundToken, findTokens } from "@/lib/jwt/find-tokens";
import type { Range } from "@/lib/jwt/finding";
import { readToken } from "@/lib/jwt/read";
import { credentialsIn } from "@/lib/text/credential";
import { placeCounter } from "@/lib/text/place-counter";
import { DEEPEST, type Packed, packedTexts, textIn } from "./in-base64";
import { lastBefore } from "./other-readings";

/** What stands in these pieces of the text, of what they hold in these, and so on. */
export type Run = Range[][];

export type PackedPlace = {
  /** Its number: thousands of tokens may stand in one, and it in thousands of pieces. */
  run: number;
  /** In what the last of its pieces hold. */
  range: Range;
};

/** `packed`: it stands in base64 alone, somewhere in its `range`. */
type Found = FoundToken & { packed?: PackedPlace };

/** In order of the text. */
export const placesOf = (tokens: readonly FoundToken[]): Range[] =>
  tokens.flatMap(({ places }) => places.map(({ range }) => range)).sort((a, b) => a.start - b.start);

/** A text that stands in base64, which ends at `end` in the text that is scanned. */
export type Inner = {
  text: string;
  tokens: FoundToken[];
  run: Run;
  /** Where in the text that is scanned the line of base64 begins that holds what stands at this offset. */
  startAt: (offset: number) => number;
  end: number;
};

/** @param tokens of the text, whose segments are base64, too */
export function packedIn(text: string, tokens: readonly FoundToken[], depth = 0): Inner[] {
  if (depth === DEEPEST) return [];
  return packedTexts(text, placesOf(tokens)).flatMap(({ text: held, pieces, lines }) => {
    const startAt = (offset: number) => lastBefore(lines, offset)?.start ?? 0;
    const end = pieces.at(-1)?.end ?? 0;
    const its = findTokens(held).map((found) => withoutNextLine(found, lines));
    return [
      { text: held, tokens: its, run: [pieces], startAt, end },
      ...packedIn(held, its, depth + 1).map((inner) => ({
        ...inner,
        run: [pieces, ...inner.run],
        startAt: (offset: number) => startAt(inner.startAt(offset)),
        end,
      })),
    ];
  });
}

/** In the next line of base64 another text may begin: no signature is longer than its algorithm makes it. */
function withoutNextLine(found: FoundToken, lines: Packed["lines"]): FoundToken {
  const reading = readToken(found.token);
  if (reading.kind !== "token") return found;
  const signature = found.token.lastIndexOf(".") + 1;
  const length = signature + Math.ceil((signatureBytesOf(reading.header?.alg) * 4) / 3);
  const isCut = ({ range }: Pick<FoundToken, "range">) =>
    lastBefore(lines, range.start + length)?.at === range.start + length;
  if (found.token.length <= length || !found.places.every(isCut)) return found;
  const shorter = <Place extends { range: Range }>(place: Place): Place => ({
    ...place,
    range: { start: place.range.start, end: place.range.start + length },
  });
  return { ...shorter(found), token: found.token.slice(0, length), places: found.places.map(shorter) };
}

/** With the tokens that stand in base64, and the runs that these stand in. */
export function withPacked(
  text: string,
  plain: readonly FoundToken[],
  packed: readonly Inner[],
): { found: Found[]; runs: Run[] } {
  // Of its own places: in those of `plain` nothing else is looked for.
  const found = new Map<string, Found>(plain.map((each) => [each.token, { ...each, places: [...each.places] }]));
  const placeAt = placeCounter(text);
  const holding = packed.filter(({ tokens }) => tokens.length > 0);
  const inside = holding.flatMap(({ tokens, startAt, end }, run) =>
    tokens.flatMap(({ token, places }) =>
      places.map(({ range }) => ({ token, packed: { run, range }, start: startAt(range.start), end })),
    ),
  );
  for (const { token, packed, start, end } of inside.sort((a, b) => a.start - b.start)) {
    const place = { range: { start, end }, ...placeAt(start) };
    const known = found.get(token);
    // The first place that is shown is one as it is written, if there is any.
    if (known) known.places.push(place);
    else found.set(token, { token, ...place, packed, places: [place] });
  }
  return {
    found: [...found.values()].sort((a, b) => a.range.start - b.range.start),
    runs: holding.map(({ run }) => run),
  };
}

/** Reads tokens out of the text that was scanned. @param runs as the scan has found them */
export function tokenReader(
  text: string,
  runs: readonly Run[],
): (token: { range: Range; packed?: PackedPlace }) => string {
  // Once for all tokens in it.
  const texts = new Map<Range[], string>();
  const read = (outer: string, pieces: Range[]) => {
    const held = texts.get(pieces) ?? textIn(outer, pieces);
    texts.set(pieces, held);
    return held;
  };
  return ({ range, packed }) => {
    const { start, end } = packed?.range ?? range;
    const outer = packed ? (runs[packed.run] ?? []).reduce(read, text) : text;
    // A dot of a token may stand in a link as %2E.
    return outer.slice(start, end).replace(/%2e/gi, ".");
  };
}

/** Where credentials begin, also those that stand in base64, in order of the text. */
export function credentialStarts(text: string, packed: readonly Inner[]): number[] {
  const inside = packed.flatMap(({ text: held, startAt }) => credentialsIn(held).map(startAt));
  return [...credentialsIn(text), ...inside].sort((a, b) => a - b);
}
