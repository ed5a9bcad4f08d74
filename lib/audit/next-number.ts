/** Hands out running numbers without gaps: the counter's row is changed in the caller's transaction, so a rollback gives the number back and two callers never hold one at a time. */
import type { Statements, Tx } from "@/lib/db";

type Counter = "ledger" | "audit" | "batch";

export async function nextNumber(tx: Tx, counter: Counter): Promise<number> {
  const { value } = await tx.counter.upsert({
    where: { name: counter },
    create: { name: counter, value: 1 },
    update: { value: { increment: 1 } },
  });
  return value;
}

/** Takes `count` numbers at once. @returns the last of them */
export function takeNumbers(statements: Statements, counter: Counter, count: number): number {
  const [row] = statements.rows<{ value: number }>(
    `INSERT INTO "Counter" ("name", "value") VALUES (?, ?)
     ON CONFLICT ("name") DO UPDATE SET "value" = "value" + excluded."value" RETURNING "value"`,
    counter,
    count,
  );
  if (!row) throw new Error(`The counter "${counter}" gave no number.`);
  return row.value;
}
