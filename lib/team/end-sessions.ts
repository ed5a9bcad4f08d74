/** Ends every session of a member, at once and in every tab. */
import type { Tx } from "@/lib/db";

/**
 * Ends those that have expired too: by a clock that is put right they might not have.
 * @returns how many had not expired
 */
export async function endSessionsOf(tx: Tx, memberId: string, at: Date): Promise<number> {
  const open = { memberId, endedAt: null };
  const data = { endedAt: at };
  const { count } = await tx.session.updateMany({ where: { ...open, expiresAt: { gt: at } }, data });
  await tx.session.updateMany({ where: open, data });
  return count;
}
