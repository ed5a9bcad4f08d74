/** Ends sessions of one's own, one or all others, at once and in every tab. Refuses the one that asks, which is signed out of instead. */
import { recordEvent } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { confirmActor } from "@/lib/auth/confirm-actor";
import { openAt } from "@/lib/auth/find-session";
import { now as clock } from "@/lib/clock";
import { type Tx, transaction } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { EndSessionInput } from "./schema";

/** Doing it twice is doing it once. @throws AppError `forbidden`, `invalid`, or `not_found` for another's */
export async function endOwnSession(actor: Member, input: unknown): Promise<void> {
  await authorize(actor, "me.change");
  const { sessionId } = parseInput(EndSessionInput, input);
  if (sessionId === actor.sessionId)
    throw new AppError("invalid", "This is the session that you are in. Sign out to end it.");
  await transaction(async (tx) => {
    const own = { id: sessionId, memberId: actor.id };
    if (!(await tx.session.findFirst({ where: own, select: { id: true } })))
      throw new AppError("not_found", "You have no such session. Reload the page.");
    await end(tx, actor, own);
  });
}

/** @returns how many ended @throws AppError `forbidden` */
export async function endOtherSessions(actor: Member): Promise<{ ended: number }> {
  await authorize(actor, "me.change");
  return transaction(async (tx) => ({
    ended: await end(tx, actor, { memberId: actor.id, id: { not: actor.sessionId } }),
  }));
}

async function end(tx: Tx, actor: Member, which: { memberId: string; id: string | { not: string } }): Promise<number> {
  await confirmActor(tx, actor);
  const at = clock();
  const open = { ...which, endedAt: null };
  const data = { endedAt: at };
  const { count } = await tx.session.updateMany({ where: { ...open, ...openAt(at) }, data });
  // Those that had ended by themselves end too: by a clock that is put right they might not have.
  await tx.session.updateMany({ where: open, data });
  if (count > 0)
    await recordEvent(tx, actor, {
      action: "session.ended",
      outcome: "ok",
      detail: { reason: "by the member", ...(count > 1 && { sessions: count }) },
      target: { memberId: actor.id },
      at,
    });
  return count;
}
