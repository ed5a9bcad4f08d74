/** Records what strangers fail at without letting them fill the log: the first at once, the others of that minute together, with their number and what they were about. */
import { limits } from "@/lib/limits";
import { describeError, log } from "@/lib/log";
import { processWide } from "@/lib/process-wide";

/** @param failures how many the event tells of @param subjects what they were about, each once; of very many, not all */
type Record = (failures: number, subjects: readonly string[]) => Promise<unknown>;
type Tally = { failures: number; subjects: Set<string>; record: Record; close: NodeJS.Timeout; told: Promise<void> };

// All copies must count together, and server.ts ends it for all.
const tallies = () => processWide("failures", () => new Map<string, Tally>());

/** So many are told apart: a stranger can make up as many as they like. */
const MOST_SUBJECTS = 1_000;

/**
 * @param whose kind of failure and address: these are counted together
 * @param subject what each was about, such as an account
 * @param record writes one event; of a minute's, the latest writes the one that tells of all
 */
export async function recordFailures(whose: string, subject: string, record: Record): Promise<void> {
  const tally = tallies().get(whose);
  if (tally) {
    tally.failures += 1;
    if (tally.subjects.size < MOST_SUBJECTS) tally.subjects.add(subject);
    tally.record = record;
    return;
  }
  tallies().set(whose, {
    failures: 0,
    subjects: new Set(),
    record,
    close: closeLater(whose),
    told: Promise.resolve(),
  });
  await record(1, [subject]);
}

function closeLater(whose: string): NodeJS.Timeout {
  return setTimeout(async () => {
    const tally = tallies().get(whose);
    if (!tally) return;
    if (tally.failures > 0) tally.close = closeLater(whose);
    else tallies().delete(whose);
    await tell(tally);
  }, limits.failuresAtAddress.seconds * 1000).unref();
}

/** One after the other, so that whoever waits for the last has waited for all. */
function tell(tally: Tally): Promise<void> {
  tally.told = tally.told.then(() => tellNow(tally));
  return tally.told;
}

async function tellNow(tally: Tally): Promise<void> {
  const { failures, subjects, record } = tally;
  if (failures === 0) return;
  tally.failures = 0;
  tally.subjects = new Set();
  await record(failures, [...subjects]).catch((error: unknown) =>
    log().error({ failures, ...describeError(error) }, "failed attempts were not recorded"),
  );
}

/** Records what was counted and not yet told: before the process ends, or its last minute would be lost. */
export async function recordFailuresNow(): Promise<void> {
  const counted = [...tallies().values()];
  tallies().clear();
  for (const tally of counted) {
    clearTimeout(tally.close);
    await tell(tally);
  }
}
