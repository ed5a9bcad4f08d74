/** Arranges what was issued per day for a chart: the four busiest keys, the others as one, and the one unusual day if there is one. Pure. */
import type { IssuedDay } from "@/lib/keys/issued-per-day";

const BUSIEST = 4;

/** A day is unusual when it has that many times what days usually have, and at least so many tokens. */
const UNUSUAL_TIMES = 2.5;
const UNUSUAL_AT_LEAST = 20;

export type Busiest = {
  /** Those that issued most first. */
  keys: { id: string; tokens: number }[];
  /** What all other keys issued; 0 where there are none. */
  others: number;
  total: number;
  /** For each day, oldest first: in the order of `keys`, and of the others as last. */
  days: { day: string; tokens: number[] }[];
  /** The key that had most on the day that is far above the others. */
  unusual: { day: string; keyId: string; tokens: number } | undefined;
};

export function busiestKeys(days: readonly IssuedDay[]): Busiest {
  const totals = new Map<string, number>();
  for (const { tokens } of days)
    for (const [keyId, count] of tokens) totals.set(keyId, (totals.get(keyId) ?? 0) + count);
  const order = [...totals].map(([id, tokens]) => ({ id, tokens })).sort((a, b) => b.tokens - a.tokens);
  const keys = order.slice(0, BUSIEST);
  const sum = (counts: Iterable<number>) => [...counts].reduce((all, count) => all + count, 0);
  return {
    keys,
    others: sum(order.slice(BUSIEST).map(({ tokens }) => tokens)),
    total: sum(totals.values()),
    days: days.map(({ day, tokens }) => {
      const named = keys.map(({ id }) => tokens.get(id) ?? 0);
      return { day, tokens: [...named, sum(tokens.values()) - sum(named)] };
    }),
    unusual: unusualOf(days.map(({ day, tokens }) => ({ day, tokens, total: sum(tokens.values()) }))),
  };
}

function unusualOf(days: readonly (IssuedDay & { total: number })[]): Busiest["unusual"] {
  const [most, ...others] = days.filter(({ total }) => total > 0).sort((a, b) => b.total - a.total);
  const usual = others[Math.floor(others.length / 2)]?.total;
  if (!most || usual === undefined || most.total < UNUSUAL_AT_LEAST || most.total < usual * UNUSUAL_TIMES)
    return undefined;
  const [keyId, tokens] = [...most.tokens].sort(([, a], [, b]) => b - a)[0] ?? ["", 0];
  return { day: most.day, keyId, tokens };
}
