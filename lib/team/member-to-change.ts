/** Finds the member that somebody is about to change, who must still be in. Refuses an id that nobody has. */
import type { Actor } from "@/lib/auth/actor";
import { confirmActor } from "@/lib/auth/confirm-actor";
import type { Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";

/** @throws AppError `unauthenticated`, `not_found` */
export async function memberToChange(tx: Tx, actor: Actor, memberId: string) {
  await confirmActor(tx, actor);
  const member = await tx.member.findUnique({
    where: { id: memberId },
    select: { id: true, name: true, email: true, role: true, disabledAt: true },
  });
  if (!member) throw new AppError("not_found", "There is no such member. Reload the page.");
  return member;
}
