/** How a number of active tokens falls as they end, in the few steps that one remembers. Browser-safe and pure. */

/** `at`: seconds since 1970, from which on `left` are active. */
export type FallStep = { at: number; left: number };
export type Fall = { now: number; steps: FallStep[] };
/** `more`: there are more than `now`. */
export type ToldFall = Fall & { more: boolean };

/** So many rooms, purposes or people are told one by one; more nobody reads. */
export const MOST_TOLD = 6;

/** More than that is no sentence, and no picture to be read at a glance. */
const MOST_STEPS = 4;

/** As an instant is told. */
const minuteOf = (epochSeconds: number) => Math.floor(epochSeconds / 60);

/**
 * The moments after which a half, a quarter, an eighth of them are left, and the one after which none is; of those that are told as one minute, the last.
 * @param ends of each active token, in seconds since 1970, the earliest first
 */
export function fallOf(ends: readonly number[]): Fall {
  const leftAfter = (at: number) => ends.length - upperBound(ends, at);
  const steps: FallStep[] = [];
  const last = ends.at(-1);
  for (let share = 2; steps.length < MOST_STEPS - 1 && last !== undefined; share *= 2) {
    const most = Math.floor(ends.length / share);
    // So many end no later than this: what is left is no more than wanted.
    const at = ends[ends.length - most - 1];
    if (most === 0 || at === undefined || at === last) break;
    if (at !== steps.at(-1)?.at) steps.push({ at, left: leftAfter(at) });
  }
  if (last !== undefined) steps.push({ at: last, left: 0 });
  const isLastOfMinute = (step: FallStep, index: number) => {
    const next = steps[index + 1];
    return next === undefined || minuteOf(next.at) > minuteOf(step.at);
  };
  return { now: ends.length, steps: steps.filter(isLastOfMinute) };
}

/**
 * The same of more than were gone through, which all end before these: how many are left is known from the first of these ends on.
 * @param ends of those that end last, one more than are gone through, the earliest first
 */
export function fallOfLast(ends: readonly number[]): ToldFall {
  // As one reads them, what ends in one minute ends at once.
  const known = ends.findIndex((end) => minuteOf(end) > minuteOf(ends[0] ?? 0));
  const later = known < 0 ? [] : ends.slice(known);
  const first = ends.slice(0, known < 0 ? undefined : known).map((at) => ({ at, left: later.length }));
  return { now: ends.length - 1, more: true, steps: [...first.slice(-1), ...fallOf(later).steps] };
}

/** As exactly as these were counted otherwise: a fall of part of them tells only that there are more. @param all whether that is all of them */
export const fallAmong = (fall: ToldFall, { active, all }: { active: number; all: boolean }): ToldFall =>
  fall.more && active > fall.now ? { ...fall, now: active, more: !all } : fall;

/** The first moment at which at most a third is left: worth to be waited for, unless it is the end of all. */
export const worthWaitingFor = ({ now, steps }: Fall): FallStep | undefined =>
  steps.find(({ left }) => left > 0 && left * 3 <= now);

/** @returns how many of the sorted numbers are no greater */
function upperBound(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
