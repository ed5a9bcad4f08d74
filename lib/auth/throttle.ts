/** Slows down guessing: counts attempts against the table of limits, in the database, so that a restart forgives nothing. Refuses beyond a limit, saying when to try again. */
import { now as clock } from "@/lib/clock";
import { reader, type Tx, transaction } from "@/lib/db";
import { type LimitName, limits, SITE_FACTOR } from "@/lib/limits";
import { addressKey, siteKey } from "./address-key";
import { ThrottledError } from "./throttled-error";

/** What is counted: a limit, and whose. */
export type Count = { limit: LimitName; key: string };

/** What an attempt from an address counts in: its own allowance first, and that of its site. */
export function countsAt(limit: LimitName, address: string): Count[] {
  const key = addressKey(address);
  const site = siteKey(key);
  return [{ limit, key }, ...(site === undefined ? [] : [{ limit, key: site }])];
}

const mostOf = ({ limit, key }: Count): number => limits[limit].most * (key.endsWith("::/48") ? SITE_FACTOR : 1);

/** @returns seconds until the first full one's window ends, by what is committed */
async function waitFor(counts: Count[], now: number): Promise<number | undefined> {
  const rows = await reader().limitCount.findMany({ where: { OR: counts } });
  return longest(rows, now);
}

type Row = Count & { count: number; expiresAt: Date };

type Stored = { limit: string; key: string; count: number; expiresAt: Date };

function longest(rows: readonly Stored[], now: number, room = 0): number | undefined {
  const waits = rows.flatMap(({ limit: name, key, count, expiresAt }) => {
    // Only rows of the limits that are counted are read and written here.
    const limit = name as LimitName;
    const { seconds, beyond } = limits[limit];
    const most = mostOf({ limit, key });
    const left = expiresAt.getTime() - now;
    // Further away than a window is long: the clock was set back. Then it is for the writer, who mends it.
    return beyond === "refused" && count >= most + room && left > 0 && left <= seconds * 1000
      ? [Math.ceil(left / 1000)]
      : [];
  });
  return waits.length > 0 ? Math.max(...waits) : undefined;
}

async function increment(tx: Tx, { limit, key }: Count, now: number): Promise<Row> {
  const expiresAt = new Date(now + limits[limit].seconds * 1000);
  const row = await tx.limitCount.upsert({
    where: { limit_key: { limit, key } },
    create: { limit, key, count: 1, expiresAt },
    update: { count: { increment: 1 } },
  });
  if (row.expiresAt > expiresAt)
    await tx.limitCount.update({ where: { limit_key: { limit, key } }, data: { expiresAt } });
  return { limit, key, count: row.count, expiresAt: row.expiresAt > expiresAt ? expiresAt : row.expiresAt };
}

/**
 * Counts one attempt in all of `counts`, or, if one of them is full, in none. Before the work that it is an attempt at,
 * so that attempts at the same time count too. A refusal writes nothing: a flood of them costs no commit.
 * @returns how many there are now in this window, in the order of `counts`
 * @throws ThrottledError
 */
export async function countAttempt(counts: Count[]): Promise<number[]> {
  const now = clock().getTime();
  const refused = await waitFor(counts, now);
  if (refused !== undefined) throw new ThrottledError(refused);
  const answer = await transaction(async (tx) => {
    await tx.limitCount.deleteMany({ where: { expiresAt: { lte: new Date(now) } } });
    const rows: Row[] = [];
    for (const each of counts) rows.push(await increment(tx, each, now));
    const wait = longest(rows, now, 1);
    if (wait !== undefined) await giveBack(tx, counts);
    return { wait, rows };
  });
  if (answer.wait !== undefined) throw new ThrottledError(answer.wait);
  return answer.rows.map(({ count }) => count);
}

/** Gives an attempt back that was none: the password was right. What others have used up stays so. */
export async function giveBack(tx: Tx, counts: Count[]): Promise<void> {
  for (const { limit, key } of counts)
    await tx.limitCount.updateMany({ where: { limit, key, count: { gt: 0 } }, data: { count: { decrement: 1 } } });
}
