/** Lists the sessions in which one is signed in, a page of them, the one that asks first. Never another member's. */
import type { Member } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { openAt } from "@/lib/auth/find-session";
import { reader } from "@/lib/db";
import { type PageOf, pageOf } from "@/lib/page-of";
import { parseInput } from "@/lib/parse-input";
import { OwnSessionsQuery } from "./schema";

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

/** @param input an `OwnSessionsQuery` @returns of those that hold, by when something was last done in them */
export async function listOwnSessions(actor: Member, input: unknown = {}): Promise<PageOf<OwnSession>> {
  await authorize(actor, "me.change");
  const { page } = parseInput(OwnSessionsQuery, input);
  const rows = await reader().session.findMany({
    where: { memberId: actor.id, ...openAt(new Date()) },
  });
  const own = rows
    .map(({ id, address, userAgent, createdAt, lastSeenAt }) => ({
      ...{ id, current: id === actor.sessionId, address, userAgent },
      ...{ startedAt: createdAt, lastSeenAt },
    }))
    .sort(
      (one, other) =>
        Number(other.current) - Number(one.current) || other.lastSeenAt.getTime() - one.lastSeenAt.getTime(),
    );
  return pageOf(own, page);
}
