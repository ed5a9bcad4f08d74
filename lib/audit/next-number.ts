/** Hands out running numbers without gaps: the counter's row is changed in the caller's transaction, so a rollback gives the number back and two callers never hold one at a time. */
import { DatabaseFileError } from "@/lib/database-file";
import { placeholders, type Statements, type Tx } from "@/lib/db";
import { processWide } from "@/lib/process-wide";

type Counter = "ledger" | "audit" | "batch" | "case";

/**
 * The last of each that this process has committed. Counters that stand lower are those of an earlier state, to which
 * somebody has put the database back under the running server: they would hand out the same numbers again.
 */
const committed = () => processWide("numbers committed", () => new Map<string, number>());

/** Once the commit has succeeded in which they were taken. */
export function noteNumbers(last: Readonly<Partial<Record<Counter, number>>>): void {
  for (const [name, value] of Object.entries<number>(last))
    committed().set(name, Math.max(value, committed().get(name) ?? 0));
}

/** For tests, which put the books back as they like. */
export const forgetNumbers = () => committed().clear();

/** @throws DatabaseFileError */
function assertNotBehind(name: string, value: number): void {
  if (value < (committed().get(name) ?? 0)) throw new DatabaseFileError("DATABASE_REPLACED");
}

/** For who takes none. @throws DatabaseFileError where a counter stands lower than what was committed */
export async function assertNoneBehind(tx: Tx): Promise<void> {
  const standing = new Map((await tx.counter.findMany()).map(({ name, value }) => [name, value]));
  for (const name of committed().keys()) assertNotBehind(name, standing.get(name) ?? 0);
}

/** @throws DatabaseFileError where the counter stands lower than what was committed */
export async function nextNumber(tx: Tx, counter: Counter): Promise<number> {
  const { value } = await tx.counter.upsert({
    where: { name: counter },
    create: { name: counter, value: 1 },
    update: { value: { increment: 1 } },
  });
  assertNotBehind(counter, value - 1);
  return value;
}

/**
 * Takes of each counter as many as are asked for, if each still stands where it stood when it was read: whoever has done
 * anything meanwhile has taken one for its event.
 * @param ahead where they will stand once what is still being written is
 * @returns the last of each
 * @throws DatabaseFileError where they stand lower than what was committed
 */
export function takeNumbers<Name extends Counter>(
  statements: Statements,
  counts: Record<Name, number>,
  ahead?: Record<Name, number>,
): Record<Name, number> {
  const asked = Object.entries<number>(counts);
  const taken = new Map(ahead ? Object.entries<number>(ahead) : standing(statements, Object.keys(counts)));
  for (const [name] of asked) assertNotBehind(name, taken.get(name) ?? 0);
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
