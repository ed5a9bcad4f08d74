/** Ends unused links to a new password: those for a member, or those that somebody made for others. */
import type { Tx } from "@/lib/db";

/** @returns how many could have been opened until then */
export async function endResetLinks(
  tx: Tx,
  whose: { memberId: string } | { createdById: string },
  at: Date,
): Promise<number> {
  const { count } = await tx.resetLink.updateMany({
    where: { ...whose, usedAt: null, expiresAt: { gt: at } },
    data: { expiresAt: at },
  });
  return count;
}

/** For an event's detail: a count only where there is something to tell. */
export const toldEnded = (resetLinks: number) => (resetLinks > 0 ? { resetLinks } : {});
