/** What of a pasted text nobody looking on should read; places of secrets and credentials alone, never these themselves. */
import { rangeToPasted } from "@/lib/jwt/positions";
import type { Reading } from "@/lib/jwt/read";
import { type Place, placeCounter } from "@/lib/text/place-counter";

const isBefore = (one: Place, other: Place) =>
  one.line < other.line || (one.line === other.line && one.column < other.column);

/** In linear time: a log may name a credential in each line. @param held what stands in `pasted` @returns what is drawn as dots: all of it, or what stands around the token */
export function maskOf(
  reading: Reading,
  pasted: string,
  held: readonly (Place & { inToken: boolean })[],
): "all" | "around" | undefined {
  const outside = held.filter(({ inToken }) => !inToken);
  if (outside.length === 0) return undefined;
  if (reading.kind !== "token") return "all";
  const { start, end } = rangeToPasted(reading.runs, 0, reading.token.length);
  const placeAt = placeCounter(pasted);
  const [first, behind] = [placeAt(start), placeAt(end)];
  // To a token that is cut, the next line may pass for its rest.
  return outside.some((place) => !isBefore(place, first) && isBefore(place, behind)) ? "all" : "around";
}
