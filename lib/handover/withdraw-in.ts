/** Erases what was sealed for a hand-over that nobody has opened, and records by whom; of one, or of all that somebody made. For verbs that have asked whether it may be. */
import { recordEvent } from "@/lib/audit/record";
import { type Actor, nameOf } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db";
import type { Handover } from "@/prisma/generated/client";
import { toldOf } from "./state";

type Open = Pick<Handover, "id" | "tokenNumber" | "createdByName" | "forName">;

export async function withdrawIn(tx: Tx, who: Actor, open: Open, at: Date): Promise<void> {
  const { id, tokenNumber } = open;
  await tx.handover.update({
    where: { id },
    data: { sealed: null, ending: "withdrawn", endedAt: at, endedByName: nameOf(who) },
  });
  const token = await tx.issuedToken.findUniqueOrThrow({
    where: { number: tokenNumber },
    select: { number: true, keyId: true, room: true, subject: true },
  });
  await recordEvent(tx, who, {
    action: "handover.withdrawn",
    outcome: "ok",
    detail: toldOf(open),
    target: { token },
    at,
  });
}

/** All that are open: whoever is out hands over nothing any more. */
export async function withdrawMadeHandovers(tx: Tx, who: Actor, makerId: string, at: Date): Promise<void> {
  const open = await tx.handover.findMany({
    where: { createdById: makerId, ending: null, expiresAt: { gt: at } },
    select: { id: true, tokenNumber: true, createdByName: true, forName: true },
  });
  for (const each of open) await withdrawIn(tx, who, each, at);
}
