/** Records what strangers fail at without letting them fill the log: the first at once, the others of that minute together, with their number. */
import { describeError, log } from "@/lib/log";

const TOGETHER_MS = 60_000;

type Record = (failures: number, subjects: number) => Promise<unknown>;
type Tally = { failures: number; subjects: Set<string>; record: Record };

// Next bundles this module more than once into one process; all must count together.
const shared = globalThis as typeof globalThis & { claimcheckFailures?: Map<string, Tally> };

/** So many are told apart: a stranger can make up as many as they like. */
const MOST_SUBJECTS = 1_000;

/**
 * @param whose kind of failure and address: these are counted together
 * @param subject what each was about, such as an account
 * @param record writes one event that tells of so many failures about so many subjects; of a minute's, the latest tells
 * of all, and must name its own subject only if it is the only one
 */
export async function recordFailures(whose: string, subject: string, record: Record): Promise<void> {
  shared.claimcheckFailures ??= new Map();
  const tallies = shared.claimcheckFailures;
  const tally = tallies.get(whose);
  if (tally) {
    tally.failures += 1;
    if (tally.subjects.size < MOST_SUBJECTS) tally.subjects.add(subject);
    tally.record = record;
    return;
  }
  tallies.set(whose, { failures: 0, subjects: new Set(), record });
  closeLater(tallies, whose);
  await record(1, 1);
}

/** Records what was counted and not yet told: before the process ends, or its last minute would be lost. */
export async function recordFailuresNow(): Promise<void> {
  const tallies = [...(shared.claimcheckFailures?.values() ?? [])];
  shared.claimcheckFailures?.clear();
  for (const { failures, subjects, record } of tallies) if (failures > 0) await record(failures, subjects.size);
}

function closeLater(tallies: Map<string, Tally>, whose: string): void {
  setTimeout(async () => {
    const tally = tallies.get(whose);
    if (!tally?.failures) {
      tallies.delete(whose);
      return;
    }
    const { failures, subjects, record } = tally;
    tally.failures = 0;
    tally.subjects = new Set();
    closeLater(tallies, whose);
    await record(failures, subjects.size).catch((error: unknown) =>
      log().error({ failures, ...describeError(error) }, "failed attempts were not recorded"),
    );
  }, TOGETHER_MS).unref();
}
