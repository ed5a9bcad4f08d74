/** Counts the calls of programs against limits of their own, in this process's memory: a call must not cost a write. A window begins with its first call. */

import { RateLimiterMemory, type RateLimiterRes } from "rate-limiter-flexible";
import { dayOf } from "@/lib/audit/day";
import { forgetProcessWide, processWide } from "@/lib/process-wide";

export type CallLimit = {
  /** As an answer's headers name it. */
  name: string;
  /** Whose calls are counted together. */
  key: string;
  most: number;
  seconds: number;
};

export type CallCount = {
  limit: CallLimit;
  /** How many more there may be in this window. */
  remaining: number;
  /** Seconds until it ends. */
  reset: number;
  /** Whether this call was one too many. */
  exceeded: boolean;
};

/** Another limit of the same name is another count. */
function limiterOf({ name, most, seconds }: CallLimit): RateLimiterMemory {
  const limiters = processWide("call limits", () => new Map<string, RateLimiterMemory>());
  const id = `${name} ${most} ${seconds}`;
  const limiter = limiters.get(id) ?? new RateLimiterMemory({ keyPrefix: id, points: most, duration: seconds });
  limiters.set(id, limiter);
  return limiter;
}

/** Counts a call in each; the first that is exceeded ends it. @returns how they stand, in their order */
export async function countCall(limits: readonly CallLimit[]): Promise<CallCount[]> {
  const counts: CallCount[] = [];
  for (const limit of limits) {
    const count = await countIn(limit);
    counts.push(count);
    if (count.exceeded) break;
  }
  return counts;
}

async function countIn(limit: CallLimit): Promise<CallCount> {
  const told = ({ remainingPoints, msBeforeNext }: RateLimiterRes) => ({
    limit,
    remaining: Math.max(0, remainingPoints),
    reset: Math.max(1, Math.ceil(msBeforeNext / 1000)),
  });
  try {
    return { ...told(await limiterOf(limit).consume(limit.key)), exceeded: false };
  } catch (refusal) {
    if (refusal instanceof Error) throw refusal;
    // What is no error is the limiter's answer, of whichever copy of its class.
    return { ...told(refusal as RateLimiterRes), exceeded: true };
  }
}

/** What was counted before this process began, such as today's calls: asked for once, and again when it could not be read. Whoever calls meanwhile waits for it. @param seconds until the window ends */
export async function beginAt(limit: CallLimit, count: () => Promise<number>, seconds: number): Promise<void> {
  const begun = processWide("call limits begun", () => new Map<string, { mark: string; set: Promise<unknown> }>());
  const mark = `${limit.key} ${limit.most}`;
  const [whose = ""] = limit.key.split(" ");
  const kept = begun.get(whose);
  const set = kept?.mark === mark ? kept.set : count().then((calls) => limiterOf(limit).set(limit.key, calls, seconds));
  begun.set(whose, { mark, set });
  try {
    await set;
  } catch (error) {
    if (begun.get(whose)?.set === set) begun.delete(whose);
    throw error;
  }
}

const DAY_MS = 86_400_000;

/**
 * A clock that is set back over midnight begins no day anew: what the later one has had counts on. Not one that had
 * run far ahead and was put right: the days until then would be that one.
 * @param day of now @returns it, or the one behind it, if that was there already
 */
export function latestDay(day: string): string {
  const known = processWide("call limits' day", () => ({ day }));
  if (known.day !== dayOf(new Date(Date.parse(day) + DAY_MS))) known.day = day;
  return known.day;
}

/** As a restart does. */
export function forgetCallLimits(): void {
  forgetProcessWide("call limits' day");
  forgetProcessWide("call limits");
  forgetProcessWide("call limits begun");
}
