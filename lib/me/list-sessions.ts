/** Lists the sessions in which one is signed in, the one that asks first. Never another member's. */
import type { Member } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { openAt } from "@/lib/auth/find-session";
import { reader } from "@/lib/db";

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
  const rows = await reader().session.findMany({
    where: { memberId: actor.id, ...openAt(new Date()) },
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
