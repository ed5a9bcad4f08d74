/** Records what strangers fail at without letting them fill the log: the first at once, the others of that minute together, with their number. */
import { describeError, log } from "@/lib/log";

const TOGETHER_MS = 60_000;

type Tally = { failures: number; record: (failures: number) => Promise<unknown> };

// Next bundles this module more than once into one process; all must count together.
const shared = globalThis as typeof globalThis & { claimcheckFailures?: Map<string, Tally> };

/**
 * @param whose kind of failure and address: these are counted together
 * @param record writes one event that tells of so many failures; of a minute's, the latest tells of all
 */
export async function recordFailures(whose: string, record: Tally["record"]): Promise<void> {
  shared.claimcheckFailures ??= new Map();
  const tallies = shared.claimcheckFailures;
  const tally = tallies.get(whose);
  if (tally) {
    tally.failures += 1;
    tally.record = record;
    return;
  }
  tallies.set(whose, { failures: 0, record });
  closeLater(tallies, whose);
  await record(1);
}

function closeLater(tallies: Map<string, Tally>, whose: string): void {
  setTimeout(async () => {
    const tally = tallies.get(whose);
    if (!tally?.failures) {
      tallies.delete(whose);
      return;
    }
    const { failures, record } = tally;
    tally.failures = 0;
    closeLater(tallies, whose);
    await record(failures).catch((error: unknown) =>
      log().error({ failures, ...describeError(error) }, "failed attempts were not recorded"),
    );
  }, TOGETHER_MS).unref();
}
