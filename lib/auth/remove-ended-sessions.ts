/** Removes the rows of sessions that ended or expired long ago. Never touches one that somebody may still be signed in by; that it was is in the audit log for ever. */
import { transaction } from "@/lib/db";

/** For as long as it may be asked where a session came from. */
export const KEPT_DAYS = 30;

/** @returns how many were removed */
export async function removeEndedSessions(now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEPT_DAYS * 24 * 60 * 60 * 1000);
  const { count } = await transaction((tx) =>
    tx.session.deleteMany({ where: { OR: [{ endedAt: { lt: before } }, { expiresAt: { lt: before } }] } }),
  );
  return count;
}
