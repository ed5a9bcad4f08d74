/** Goes through a long list without keeping others waiting: after some milliseconds of work everything else has its turn. */
import { setImmediate as nextTurn } from "node:timers/promises";

const SLICE_MS = 2;

/** @param step how many are handed to `work` at once, which must be little */
export async function inSlices<Item>(
  items: readonly Item[],
  step: number,
  work: (items: readonly Item[], from: number) => void | Promise<void>,
): Promise<void> {
  let began = performance.now();
  for (let from = 0; from < items.length; from += step) {
    await work(items.slice(from, from + step), from);
    if (performance.now() - began < SLICE_MS) continue;
    await nextTurn();
    began = performance.now();
  }
}
