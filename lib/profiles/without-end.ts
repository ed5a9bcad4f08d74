/** A token's sentence without when the token ends, for a ticket whose stub says it; drops nothing else. */
import type { SentencePart } from "./profile";

/** @param expiresAt seconds since 1970; the part before the instant, which only leads to it, goes with it */
export function withoutEnd(parts: readonly SentencePart[], expiresAt: number): SentencePart[] {
  const at = parts.findIndex((part) => part.kind === "time" && part.epochSeconds === expiresAt);
  return at === -1 ? [...parts] : parts.toSpliced(Math.max(0, at - 1), 2);
}
