/** Records that a program's or an endpoint's calls have reached a limit of their own: once an hour, however long a flood lasts. */
import { recordEvent } from "@/lib/audit/record";
import { transaction } from "@/lib/db";
import { processWide } from "@/lib/process-wide";
import type { Endpoint, Service } from "./actor";
import type { CallLimit } from "./call-limits";

const TOLD_EVERY_MS = 3_600_000;
const TRIED_EVERY_MS = 60_000;

/** @param what it limits, for who reads the log */
export async function recordFlood(
  actor: Endpoint | Service,
  what: string,
  { name, most, seconds }: CallLimit,
): Promise<void> {
  const told = processWide("floods told", () => new Map<string, number>());
  const key = `${actor.id} ${name}`;
  const at = performance.now();
  if (at - (told.get(key) ?? Number.NEGATIVE_INFINITY) < TOLD_EVERY_MS) return;
  told.set(key, at);
  const recorded = transaction((tx) =>
    recordEvent(tx, actor, { action: "limit.reached", outcome: "denied", detail: { what, most, seconds } }),
  );
  await recorded.catch((error: unknown) => {
    // Not at each call of a flood while the disk is full.
    told.set(key, at - TOLD_EVERY_MS + TRIED_EVERY_MS);
    throw error;
  });
}
