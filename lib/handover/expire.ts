/** Erases what was sealed and not opened in time, each with its event. Never touches one that still opens. */
import { recordEvent } from "@/lib/audit/record";
import type { System } from "@/lib/auth/actor";
import { transaction } from "@/lib/db";

/** One commit's worth: the rest goes with the next. */
const AT_ONCE = 100;

const system: System = {
  kind: "system",
  origin: { via: "shell", address: "", userAgent: "", requestId: "" },
};

/** @returns how many were erased */
export async function expireHandovers(at: Date): Promise<number> {
  return transaction(async (tx) => {
    const over = await tx.handover.findMany({
      where: { ending: null, expiresAt: { lte: at } },
      orderBy: { expiresAt: "asc" },
      take: AT_ONCE,
      select: { id: true, tokenNumber: true, createdByName: true },
    });
    for (const { id, tokenNumber, createdByName } of over) {
      await tx.handover.update({ where: { id }, data: { sealed: null, ending: "expired", endedAt: at } });
      const token = await tx.issuedToken.findUniqueOrThrow({
        where: { number: tokenNumber },
        select: { number: true, keyId: true, room: true, subject: true },
      });
      await recordEvent(tx, system, {
        action: "handover.expired",
        outcome: "ok",
        detail: { madeBy: createdByName },
        target: { token },
        at,
      });
    }
    return over.length;
  });
}
