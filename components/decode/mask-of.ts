/** What of a pasted text nobody looking on should read; places of secrets and credentials alone, never these themselves. */
import { rangeToPasted } from "@/lib/jwt/positions";
import type { Reading } from "@/lib/jwt/read";
import type { Place } from "@/lib/text/place-counter";

function offsetOf(text: string, { line, column }: Place): number {
  let lineStart = 0;
  for (let before = 1; before < line; before++) lineStart = text.indexOf("\n", lineStart) + 1;
  return lineStart + column - 1;
}

/** @param held what stands in `pasted` @returns what is drawn as dots: all of it, or what stands around the token */
export function maskOf(
  reading: Reading,
  pasted: string,
  held: readonly (Place & { inToken: boolean })[],
): "all" | "around" | undefined {
  const outside = held.filter(({ inToken }) => !inToken);
  if (outside.length === 0) return undefined;
  if (reading.kind !== "token") return "all";
  const { start, end } = rangeToPasted(reading.runs, 0, reading.token.length);
  // To a token that is cut, the next line may pass for its rest.
  const isTaken = (offset: number) => offset >= start && offset < end;
  return outside.some((place) => isTaken(offsetOf(pasted, place))) ? "all" : "around";
}
