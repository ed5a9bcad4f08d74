/** Ends every session of a member, at once and in every tab. */
import { openAt } from "@/lib/auth/find-session";
import type { Tx } from "@/lib/db";

/**
 * Ends those that had ended by themselves too: by a clock that is put right they might not have.
 * @returns how many had not
 */
export async function endSessionsOf(tx: Tx, memberId: string, at: Date): Promise<number> {
  const open = { memberId, endedAt: null };
  const data = { endedAt: at };
  const { count } = await tx.session.updateMany({ where: { ...open, ...openAt(at) }, data });
  await tx.session.updateMany({ where: open, data });
  return count;
}
