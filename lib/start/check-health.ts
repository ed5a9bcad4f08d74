/** Finds out whether the desk can do its work: commit to its database, and open every sealed secret. Asks at most every ten seconds, however often it is called: a stranger may call it, and a commit waits for the disk. */
import { assertNoneBehind } from "@/lib/audit/next-number";
import { transaction } from "@/lib/db";
import { unopenableSecrets } from "@/lib/keys/check-keyring";
import { describeError } from "@/lib/log";
import { logSparingly } from "./log-sparingly";

export type HealthPart = "database" | "keyring";

const KEPT_MS = 10_000;

/** A commit like any other, to the disk, after which everything is as before; refused where any other would be. SQLite writes nothing for a row that is set to what it is. */
async function commitNothing(): Promise<void> {
  await transaction(async (tx) => {
    await assertNoneBehind(tx);
    const { name } = await tx.counter.create({ data: { name: "health", value: 0 } });
    await tx.counter.delete({ where: { name } });
  });
}

async function openSecrets(): Promise<void> {
  if ((await unopenableSecrets()).length > 0) throw new Error("The keyring does not open every secret.");
}

async function check(): Promise<HealthPart[]> {
  const works = async (part: HealthPart, work: () => Promise<void>) => {
    try {
      await work();
      return [];
    } catch (error) {
      logSparingly("error", `health: the ${part} fails`, describeError(error));
      return [part];
    }
  };
  // Where the database is gone, nothing can be said of what is sealed in it.
  const database = await works("database", commitNothing);
  return database.length > 0 ? database : works("keyring", openSecrets);
}

let last: { at: number; failed: Promise<HealthPart[]> } | undefined;

/** @param now in milliseconds, by a clock that only goes forward @returns what fails; empty when it can do its work */
export function checkHealth(now = performance.now()): Promise<HealthPart[]> {
  if (!last || now - last.at >= KEPT_MS) last = { at: now, failed: check() };
  return last.failed;
}
