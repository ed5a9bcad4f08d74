/** Ends every session of a member, at once and in every tab. */
import type { Tx } from "@/lib/db";

/** @returns how many there were */
export async function endSessionsOf(tx: Tx, memberId: string, at: Date): Promise<number> {
  const { count } = await tx.session.updateMany({
    where: { memberId, endedAt: null, expiresAt: { gt: at } },
    data: { endedAt: at },
  });
  return count;
}
