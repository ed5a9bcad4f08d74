/** Ends unused links to a new password: those for a member, or those that somebody made for others. */
import type { Tx } from "@/lib/db";

// Not the instant of now: a clock that runs ahead and is put right would open them again.
const LONG_AGO = new Date(0);

/** @returns how many could have been opened until then */
export async function endResetLinks(
  tx: Tx,
  whose: { memberId: string } | { createdById: string },
  at: Date,
): Promise<number> {
  const unused = { ...whose, usedAt: null };
  const data = { expiresAt: LONG_AGO };
  const { count } = await tx.resetLink.updateMany({ where: { ...unused, expiresAt: { gt: at } }, data });
  await tx.resetLink.updateMany({ where: unused, data });
  return count;
}

/** For an event's detail: a count only where there is something to tell. */
export const toldEnded = (resetLinks: number) => (resetLinks > 0 ? { resetLinks } : {});
