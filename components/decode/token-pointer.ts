/** Which claim and which part of the token the person points at: one marks the other. */
import type { Range } from "@/lib/jwt/finding";
import { formatPath, parsePath } from "@/lib/jwt/path";
import type { Reading } from "@/lib/jwt/read";

/** Longer ones are not followed by the pointer. */
const FOLLOWED_CHARACTERS = 4_000;

export type TokenPointer = {
  /** The row that is marked: `payload.exp`. */
  activePath: string | null;
  /** Called with the row that the pointer or the focus is on. */
  onActive: (path: string | null) => void;
};

/** @param offset the caret's place in the pasted text, between two characters */
export function pathAtOffset(reading: Reading, offset: number | undefined): string | undefined {
  if (offset === undefined || reading.kind !== "token" || reading.token.length > FOLLOWED_CHARACTERS) return undefined;
  const parsed = parsePath(reading.pathAt(Math.max(0, offset - 1)) ?? "");
  return parsed && parsed.parts.length > 0 ? formatPath(parsed.root, parsed.parts.slice(0, 1)) : undefined;
}

/** In the pasted text. */
export function activeRangeIn(reading: Reading, path: string | null): Range | undefined {
  return path !== null && reading.kind === "token" ? reading.locate(path) : undefined;
}
