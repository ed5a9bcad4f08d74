/** Hands out running numbers without gaps: the counter's row is changed in the caller's transaction, so a rollback gives the number back and two callers never hold one at a time. */
import type { Tx } from "@/lib/db";

export async function nextNumber(tx: Tx, counter: "ledger" | "audit"): Promise<number> {
  const { value } = await tx.counter.upsert({
    where: { name: counter },
    create: { name: counter, value: 1 },
    update: { value: { increment: 1 } },
  });
  return value;
}
