/** Hands out running numbers without gaps: the counter's row is changed in the caller's transaction, so a rollback gives the number back and two callers never hold one at a time. */
import { placeholders, type Statements, type Tx } from "@/lib/db";

type Counter = "ledger" | "audit" | "batch" | "case";

export async function nextNumber(tx: Tx, counter: Counter): Promise<number> {
  const { value } = await tx.counter.upsert({
    where: { name: counter },
    create: { name: counter, value: 1 },
    update: { value: { increment: 1 } },
  });
  return value;
}

/**
 * Takes of each counter as many as are asked for, if each still stands where it stood when it was read: whoever has done
 * anything meanwhile has taken one for its event.
 * @param ahead where they will stand once what is still being written is
 * @returns the last of each
 */
export function takeNumbers<Name extends Counter>(
  statements: Statements,
  counts: Record<Name, number>,
  ahead?: Record<Name, number>,
): Record<Name, number> {
  const asked = Object.entries<number>(counts);
  const taken = new Map(ahead ? Object.entries<number>(ahead) : standing(statements, Object.keys(counts)));
  const last = asked.map(([name, count]): [string, number] => [name, (taken.get(name) ?? 0) + count]);
  statements.runFor(
    asked.length,
    `INSERT INTO "Counter" ("name", "value") VALUES ${asked.map(() => "(?, ?)").join(", ")}
     ON CONFLICT ("name") DO UPDATE SET "value" = excluded."value"
     WHERE "value" = CASE "name" ${"WHEN ? THEN ? ".repeat(asked.length)}END`,
    ...last.flat(),
    ...asked.flatMap(([name]) => [name, taken.get(name) ?? 0]),
  );
  // Each was asked for, and each has its last.
  return Object.fromEntries(last) as Record<Name, number>;
}

function standing(statements: Statements, names: readonly string[]): [name: string, value: number][] {
  const rows = statements.rows<{ name: string; value: number }>(
    `SELECT "name", "value" FROM "Counter" WHERE "name" IN (${placeholders(names.length)})`,
    ...names,
  );
  return rows.map(({ name, value }) => [name, value]);
}
