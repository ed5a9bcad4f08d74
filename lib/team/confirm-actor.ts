/** Asks inside the transaction whether an actor is still who they were when their request came. Refuses what was under way when they were disabled, signed out or given another role. */
import type { Actor } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";

/** @throws AppError `unauthenticated` */
export async function confirmActor(tx: Tx, actor: Actor): Promise<void> {
  if (actor.kind !== "member") return;
  const { id, sessionId, role } = actor;
  const session = await tx.session.findFirst({
    where: { id: sessionId, memberId: id, endedAt: null, member: { disabledAt: null, role } },
    select: { id: true },
  });
  if (!session)
    throw new AppError(
      "unauthenticated",
      "Your session ended while this was under way. Nothing was changed; sign in again.",
    );
}
