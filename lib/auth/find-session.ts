/** Finds a session's row and whose it is. A session that was ended, has lasted too long or stood idle too long, or whose member is disabled, is none. */
import { setTimeout as sleep } from "node:timers/promises";
import { readRows, transaction } from "@/lib/db";
import { env } from "@/lib/env";
import { describeError, log } from "@/lib/log";
import { isWriteFailure } from "@/lib/write-failure";

type SessionRow = {
  createdAt: number;
  endedAt: number | null;
  expiresAt: number;
  lastSeenAt: number;
  memberId: string;
  name: string;
  email: string;
  role: string;
  disabledAt: number | null;
};

export type FoundSession = {
  id: string;
  member: { id: string; name: string; email: string; role: string };
  /** Milliseconds since 1970. */
  lastSeenAt: number;
  /** Milliseconds since 1970: when it ends unless something is done in it. */
  endsAt: number;
  /** Milliseconds since 1970: when it ends whatever is done. */
  expiresAt: number;
};

/** The settings of now count, also for a session that began under longer ones. */
const idleMs = () => env().SESSION_IDLE_MINUTES * 60_000;
const longestMs = () => env().SESSION_HOURS * 3_600_000;

export async function findSession(sessionId: string): Promise<FoundSession | undefined> {
  const [row] = await readRows<SessionRow>(
    `SELECT s."createdAt", s."endedAt", s."expiresAt", s."lastSeenAt", m."id" AS "memberId", m."name", m."email", m."role", m."disabledAt"
     FROM "Session" s JOIN "Member" m ON m."id" = s."memberId" WHERE s."id" = ?`,
    sessionId,
  );
  if (!row || row.endedAt !== null || row.disabledAt !== null) return undefined;
  const { lastSeenAt, memberId, name, email, role } = row;
  const expiresAt = Math.min(row.expiresAt, row.createdAt + longestMs());
  const endsAt = Math.min(expiresAt, lastSeenAt + idleMs());
  if (endsAt <= Date.now()) return undefined;
  return { id: sessionId, member: { id: memberId, name, email, role }, lastSeenAt, endsAt, expiresAt };
}

/** The same as a condition, but for the member. */
export const openAt = (at: Date) => ({
  endedAt: null,
  expiresAt: { gt: at },
  createdAt: { gt: new Date(at.getTime() - longestMs()) },
  lastSeenAt: { gt: new Date(at.getTime() - idleMs()) },
});

/** So often at most it is written down that somebody is there. */
const SEEN_EVERY_MS = 60_000;

/** While a batch is entered, writing waits for its end; a page does not wait for so long. */
const NOTED_WITHIN_MS = 50;

/** Notes that something was done in a session, for its idle limit and for "last seen". Never keeps anybody from doing it. */
export async function noteSeen(session: FoundSession): Promise<void> {
  const now = Date.now();
  // A clock that was set back must not let a session idle for longer.
  if (Math.abs(now - session.lastSeenAt) < SEEN_EVERY_MS) return;
  session.lastSeenAt = now;
  const patience = new AbortController();
  const noted = note(session, new Date(now)).finally(() => patience.abort());
  await Promise.race([noted, sleep(NOTED_WITHIN_MS, undefined, { signal: patience.signal }).catch(() => noted)]);
}

async function note(session: FoundSession, lastSeenAt: Date): Promise<void> {
  try {
    await transaction(async (tx) => {
      await tx.session.updateMany({ where: { id: session.id, endedAt: null }, data: { lastSeenAt } });
      await tx.member.update({ where: { id: session.member.id }, data: { lastSeenAt } });
    });
  } catch (error) {
    if (!isWriteFailure(error)) throw error;
    log().warn(describeError(error), "it could not be noted that a member is there");
  }
}
