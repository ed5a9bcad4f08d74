/** Counts what a member does against the table of limits, in this process's memory. Refuses beyond a limit, or says that no more events are to be written; that a limit was reached is itself an event, once in a window. */
import { RateLimiterMemory, type RateLimiterRes } from "rate-limiter-flexible";
import { recordEvent } from "@/lib/audit/record";
import { transaction } from "@/lib/db";
import { type Limit, limits, type MemberLimit } from "@/lib/limits";
import { processWide } from "@/lib/process-wide";
import { type Actor, idOf, type Member } from "./actor";
import { ThrottledError } from "./throttled-error";

/** Whoever signs in has no session yet. */
type Counted = Actor | Pick<Member, "kind" | "id" | "name" | "origin">;

// All copies must count together.
function limiterOf(name: MemberLimit): RateLimiterMemory {
  const { most, seconds }: Limit = limits[name];
  return processWide(
    `limit ${name}`,
    () => new RateLimiterMemory({ keyPrefix: name, points: most, duration: seconds }),
  );
}

/** @returns how it stands if the limit is exceeded, or undefined; `isFirst`: by this one */
async function consume(actor: Counted, name: MemberLimit): Promise<{ isFirst: boolean; seconds: number } | undefined> {
  const limiter = limiterOf(name);
  try {
    await limiter.consume(`${actor.kind} ${idOf(actor)}`);
    return undefined;
  } catch (refusal) {
    if (refusal instanceof Error) throw refusal;
    // What another copy of this module made refuses with a class of its own: what is no error is its answer.
    const { consumedPoints, msBeforeNext } = refusal as RateLimiterRes;
    return { isFirst: consumedPoints === limiter.points + 1, seconds: Math.ceil(msBeforeNext / 1000) };
  }
}

/** @returns seconds until the window ends if the limit is exceeded, or undefined */
async function exceeded(actor: Counted, name: MemberLimit): Promise<number | undefined> {
  const beyond = await consume(actor, name);
  if (beyond?.isFirst) await recordReached(actor, name);
  return beyond?.seconds;
}

function recordReached(actor: Counted, name: MemberLimit) {
  const { what, most, seconds } = limits[name];
  return transaction((tx) =>
    recordEvent(tx, actor, { action: "limit.reached", outcome: "denied", detail: { what, most, seconds } }),
  );
}

/**
 * For verbs that a limit refuses: call it behind `authorize`, before the work. A program's calls are counted where they
 * come in, by its own limits, and it is told of those alone.
 * @throws ThrottledError
 */
export async function countAgainst(actor: Counted, name: MemberLimit): Promise<void> {
  if (actor.kind === "service") return;
  const retryAfterSeconds = await exceeded(actor, name);
  if (retryAfterSeconds !== undefined) throw new ThrottledError(retryAfterSeconds);
}

/** For events that a limit bounds: whether this one is to be written. Call it outside a transaction. */
export async function mayRecord(actor: Counted, name: MemberLimit): Promise<boolean> {
  return (await exceeded(actor, name)) === undefined;
}

/** For lines of the server's log, while no event can be written: whether this one is to be, and whether as the one that says that those behind it are not. */
export async function mayLog(actor: Counted, name: MemberLimit): Promise<"yes" | "as the last" | "no"> {
  const beyond = await consume(actor, name);
  if (!beyond) return "yes";
  return beyond.isFirst ? "as the last" : "no";
}

/** What was counted and could not be written, as if it had not been. */
export async function takeBack(actor: Counted, name: MemberLimit): Promise<void> {
  await limiterOf(name).reward(`${actor.kind} ${idOf(actor)}`);
}
