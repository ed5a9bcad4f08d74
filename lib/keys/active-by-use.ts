/** Counts where and for what active tokens are used: by room and by purpose, the most frequent first. Pure. */
import { MOST_TOLD } from "./fall";

/** `value`: null stands for any room, an empty text for no purpose. */
export type Use<Value> = { told: { value: Value; active: number }[]; others: number };
export type ActiveByUse = {
  rooms: Use<string | null>;
  purposes: Use<string>;
  /** So many were gone through, those that end last: there are more; null: these are all. */
  goneThrough: number | null;
};

export const byUse = (tokens: readonly { room: string | null; purpose: string }[]) => ({
  rooms: countedIn(tokens.map(({ room }) => room)),
  purposes: countedIn(tokens.map(({ purpose }) => purpose)),
});

function countedIn<Value extends string | null>(values: readonly Value[]): Use<Value> {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const sorted = [...counts]
    .map(([value, active]) => ({ value, active }))
    .sort((one, other) => other.active - one.active || String(one.value).localeCompare(String(other.value)));
  const others = sorted.slice(MOST_TOLD).reduce((sum, { active }) => sum + active, 0);
  return { told: sorted.slice(0, MOST_TOLD), others };
}
