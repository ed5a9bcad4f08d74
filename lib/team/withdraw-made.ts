/** Takes back the invitations that somebody made and may still have: whoever was an admin would let themselves, or others, in again by them. */
import type { EventActor } from "@/lib/audit/event";
import { recordEvent } from "@/lib/audit/record";
import type { Tx } from "@/lib/db";

/** Their open invitations, each with its event. */
export async function withdrawMade(tx: Tx, who: EventActor, makerId: string, at: Date): Promise<void> {
  const open = await tx.invitation.findMany({
    where: { createdById: makerId, usedAt: null, withdrawnAt: null },
    select: { id: true, email: true, role: true, expiresAt: true },
  });
  await tx.invitation.updateMany({ where: { id: { in: open.map(({ id }) => id) } }, data: { withdrawnAt: at } });
  // One that has expired opened nothing any more.
  for (const { email, role, expiresAt } of open)
    if (expiresAt > at)
      await recordEvent(tx, who, {
        action: "invitation.withdrawn",
        outcome: "ok",
        detail: { email, role, reason: "whoever made it is no admin any more" },
        at,
      });
}
