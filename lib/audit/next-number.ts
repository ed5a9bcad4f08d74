/** Hands out running numbers without gaps: the counter's row is changed in the caller's transaction, so a rollback gives the number back and two callers never hold one at a time. */
import type { Statements, Tx } from "@/lib/db";

type Counter = "ledger" | "audit" | "batch" | "case";

export async function nextNumber(tx: Tx, counter: Counter): Promise<number> {
  const { value } = await tx.counter.upsert({
    where: { name: counter },
    create: { name: counter, value: 1 },
    update: { value: { increment: 1 } },
  });
  return value;
}

/** Takes of each counter as many as are asked for, in one statement. @returns the last of each */
export function takeNumbers<Name extends Counter>(
  statements: Statements,
  counts: Record<Name, number>,
): Record<Name, number> {
  const asked = Object.entries<number>(counts);
  const rows = statements.rows<{ name: Name; value: number }>(
    `INSERT INTO "Counter" ("name", "value") VALUES ${asked.map(() => "(?, ?)").join(", ")}
     ON CONFLICT ("name") DO UPDATE SET "value" = "value" + excluded."value" RETURNING "name", "value"`,
    ...asked.flat(),
  );
  if (rows.length !== asked.length) throw new Error("A counter gave no number.");
  // Each was asked for, and each has answered.
  return Object.fromEntries(rows.map(({ name, value }) => [name, value])) as Record<Name, number>;
}
