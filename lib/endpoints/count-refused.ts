/** Counts the calls that endpoints refuse, in memory first: a flood of refusals must not be a flood of writes. Written every few seconds, and before the process ends. */
import { dayOf } from "@/lib/audit/day";
import { now } from "@/lib/clock";
import { preparedTransaction } from "@/lib/db";
import { countCalls } from "@/lib/ledger/insert";
import { describeError, log } from "@/lib/log";
import { processWide } from "@/lib/process-wide";
import type { Refused } from "./refused";

const WRITTEN_AFTER_MS = 5_000;

type Tally = {
  counts: Map<string, [endpointId: string, day: string, reason: Refused, calls: number]>;
  writing?: NodeJS.Timeout;
};

// All copies count together, and server.ts ends it for all.
const tally = () => processWide<Tally>("refused calls", () => ({ counts: new Map() }));

export function countRefused(endpointId: string, reason: Refused): void {
  const of = tally();
  const day = dayOf(now());
  const key = `${endpointId} ${day} ${reason}`;
  const [, , , before] = of.counts.get(key) ?? [endpointId, day, reason, 0];
  of.counts.set(key, [endpointId, day, reason, before + 1]);
  of.writing ??= setTimeout(writeRefused, WRITTEN_AFTER_MS).unref();
}

/** Writes what was counted and is not written yet. Never throws: what can't be written is counted on. */
export async function writeRefused(): Promise<void> {
  const of = tally();
  clearTimeout(of.writing);
  delete of.writing;
  const counts = [...of.counts.values()];
  if (counts.length === 0) return;
  of.counts.clear();
  try {
    await preparedTransaction((statements) => {
      for (const count of counts) countCalls(statements, ...count);
    });
  } catch (error) {
    log().warn(describeError(error), "refused calls could not be counted");
    for (const [endpointId, day, reason, calls] of counts) {
      const key = `${endpointId} ${day} ${reason}`;
      const [, , , before] = of.counts.get(key) ?? [endpointId, day, reason, 0];
      of.counts.set(key, [endpointId, day, reason, before + calls]);
    }
    of.writing ??= setTimeout(writeRefused, WRITTEN_AFTER_MS).unref();
  }
}
