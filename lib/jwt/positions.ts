/** Maps offsets of a bare token to offsets of the pasted text and back; refuses nothing, offsets outside are clamped. */
import type { Range } from "./finding";

/** From token offset `token` on, the token's characters stand side by side in the pasted text, beginning at `pasted`. The first run has `token: 0`; a token without breaks inside has one run. */
export type Run = { token: number; pasted: number };

/** The last run for which `key` is not after `offset`, by halving. */
function runAt(runs: readonly Run[], key: keyof Run, offset: number): number {
  let low = 0;
  let high = runs.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((runs[middle]?.[key] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Offset in the pasted text of the token's character at `offset` (UTF-16 units). */
export function toPasted(runs: readonly Run[], offset: number): number {
  const run = runs[runAt(runs, "token", offset)];
  return run ? run.pasted + offset - run.token : offset;
}

/** Offset in the token of the pasted character at `offset`; what was taken out counts as the character before it, `-1` means in front of the token. */
export function toToken(runs: readonly Run[], offset: number): number {
  const index = runAt(runs, "pasted", offset);
  const run = runs[index];
  if (!run) return offset;
  if (offset < run.pasted) return -1;
  const next = runs[index + 1];
  const inToken = run.token + offset - run.pasted;
  return next ? Math.min(inToken, next.token - 1) : inToken;
}

/** The pasted range that holds the token's characters from `start` up to `end`; breaks at either edge stay outside. */
export function rangeToPasted(runs: readonly Run[], start: number, end: number): Range {
  const first = toPasted(runs, start);
  return { start: first, end: end > start ? toPasted(runs, end - 1) + 1 : first };
}
