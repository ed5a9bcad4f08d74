/** Erases what was sealed and not opened in time, each with its event. Never touches one that still opens. */
import type { EventActor } from "@/lib/audit/event";
import { recordEvent } from "@/lib/audit/record";
import { transaction } from "@/lib/db";
import { toldOf } from "./state";

/** One commit's worth: the rest goes with the next. */
const AT_ONCE = 100;

/** The desk itself: nobody asked it to. */
const itself: EventActor = { kind: "system", origin: { address: "", userAgent: "", requestId: "" } };

/** @returns how many were erased */
export async function expireHandovers(at: Date): Promise<number> {
  return transaction(async (tx) => {
    const over = await tx.handover.findMany({
      where: { ending: null, expiresAt: { lte: at } },
      orderBy: { expiresAt: "asc" },
      take: AT_ONCE,
      select: { id: true, tokenNumber: true, createdByName: true, forName: true },
    });
    for (const each of over) {
      await tx.handover.update({ where: { id: each.id }, data: { sealed: null, ending: "expired", endedAt: at } });
      const token = await tx.issuedToken.findUniqueOrThrow({
        where: { number: each.tokenNumber },
        select: { number: true, keyId: true, room: true, subject: true },
      });
      await recordEvent(tx, itself, {
        action: "handover.expired",
        outcome: "ok",
        detail: toldOf(each),
        target: { token },
        at,
      });
    }
    return over.length;
  });
}
