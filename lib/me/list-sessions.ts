/** Lists the sessions in which one is signed in, the one that asks first. Never another member's. */
import type { Member } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { reader } from "@/lib/db";
import { env } from "@/lib/env";

export type OwnSession = {
  id: string;
  /** Whether it is the one that asks. */
  current: boolean;
  address: string;
  userAgent: string;
  startedAt: Date;
  /** To the minute. */
  lastSeenAt: Date;
};

/** @returns those that hold, by when something was last done in them */
export async function listOwnSessions(actor: Member): Promise<OwnSession[]> {
  await authorize(actor, "me.change");
  // As find-session.ts judges them.
  const now = Date.now();
  const rows = await reader().session.findMany({
    where: {
      memberId: actor.id,
      endedAt: null,
      expiresAt: { gt: new Date(now) },
      lastSeenAt: { gt: new Date(now - env().SESSION_IDLE_MINUTES * 60_000) },
    },
  });
  return rows
    .map(({ id, address, userAgent, createdAt, lastSeenAt }) => ({
      ...{ id, current: id === actor.sessionId, address, userAgent },
      ...{ startedAt: createdAt, lastSeenAt },
    }))
    .sort(
      (one, other) =>
        Number(other.current) - Number(one.current) || other.lastSeenAt.getTime() - one.lastSeenAt.getTime(),
    );
}
