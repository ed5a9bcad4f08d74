/** Records what strangers fail at without letting them fill the log: the first at once, the others of that minute together, with their number and what they were about; of an IPv6 site, a few of its networks each by itself, and the others of them together. */
import { limits, SITE_FACTOR } from "@/lib/limits";
import { describeError, log } from "@/lib/log";
import { processWide } from "@/lib/process-wide";
import { addressKey, siteKey } from "./address-key";

/** @param failures how many the event tells of @param subjects what they were about, each once; of very many, not all */
type Record = (failures: number, subjects: readonly string[]) => Promise<unknown>;
type Tally = {
  failures: number;
  subjects: Set<string>;
  record: Record;
  close: NodeJS.Timeout;
  told: Promise<void>;
  /** Among whose tallies of one network it counts. */
  site: string | undefined;
};

// All copies must count together, and server.ts ends it for all.
const state = () =>
  processWide("failures", () => ({ tallies: new Map<string, Tally>(), ofSite: new Map<string, number>() }));
const tallies = () => state().tallies;

/** So many are told apart: a stranger can make up as many as they like. */
const MOST_SUBJECTS = 1_000;

/** Who has a site has 65,536 networks: an event for each of them would fill the log. */
function whoseOf(kind: string, address: string): { whose: string; site?: string } {
  const key = addressKey(address);
  const network = siteKey(key);
  const whose = `${kind} ${key}`;
  if (network === undefined || tallies().has(whose)) return { whose };
  const site = `${kind} ${network}`;
  return (state().ofSite.get(site) ?? 0) < SITE_FACTOR ? { whose, site } : { whose: site };
}

function countOfSite(site: string | undefined, by: 1 | -1): void {
  if (site === undefined) return;
  const count = (state().ofSite.get(site) ?? 0) + by;
  if (count > 0) state().ofSite.set(site, count);
  else state().ofSite.delete(site);
}

/**
 * @param kind of failure; those of one kind and address are counted together
 * @param subject what each was about, such as an account
 * @param record writes one event; of a minute's, the latest writes the one that tells of all
 */
export async function recordFailures(kind: string, address: string, subject: string, record: Record): Promise<void> {
  const { whose, site } = whoseOf(kind, address);
  const tally = tallies().get(whose);
  if (tally) {
    tally.failures += 1;
    if (tally.subjects.size < MOST_SUBJECTS) tally.subjects.add(subject);
    tally.record = record;
    return;
  }
  countOfSite(site, 1);
  tallies().set(whose, {
    failures: 0,
    subjects: new Set(),
    record,
    close: closeLater(whose),
    told: Promise.resolve(),
    site,
  });
  await record(1, [subject]);
}

function closeLater(whose: string): NodeJS.Timeout {
  return setTimeout(async () => {
    const tally = tallies().get(whose);
    if (!tally) return;
    if (tally.failures > 0) tally.close = closeLater(whose);
    else {
      tallies().delete(whose);
      countOfSite(tally.site, -1);
    }
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
  state().ofSite.clear();
  for (const tally of counted) {
    clearTimeout(tally.close);
    await tell(tally);
  }
}
