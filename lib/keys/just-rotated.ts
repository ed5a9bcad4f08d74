/** For how long after a rotation it is told to be done: whoever missed the answer, and asks again, would otherwise regenerate a secret that the desk signs with by now. */

const JUST_NOW_MS = 60 * 60 * 1000;

/** @param since when the key was given its secret */
export const isJustNow = (since: Date, at: Date): boolean => at.getTime() - since.getTime() < JUST_NOW_MS;

/** @returns when its secret took the place of another one, if that was just now */
export function justRotatedAt(key: { createdAt: Date; secret: { since: Date } | null }, at: Date): Date | undefined {
  const since = key.secret?.since;
  const isFirst = since === undefined || since.getTime() === key.createdAt.getTime();
  return !isFirst && isJustNow(since, at) ? since : undefined;
}
