/** What somebody wants to know on arriving: how much is active, what was issued lately, and whether somebody else signs with our secrets. */
import { countEventsSince, listEvents } from "@/lib/audit/list";
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { COUNTED_AT_MOST } from "@/lib/count-at-most";
import { reader } from "@/lib/db";

const DAY_MS = 24 * 60 * 60 * 1000;
const LATEST = 8;
/** A finding that is older has been seen, or never will be. */
export const SIGNED_ELSEWHERE_DAYS = 7;

export async function readOverview(actor: Actor) {
  await authorize(actor, "audit.read");
  const now = new Date();
  // The revoked too: VideoSDK does not know our mark, and accepts them.
  const active = { expiresAt: { gt: now } };
  const take = COUNTED_AT_MOST;
  const weekAgo = new Date(now.getTime() - SIGNED_ELSEWHERE_DAYS * DAY_MS);
  const [keys, activeTokens, expiringTokens, issuedTokens, signedElsewhere, latest] = await Promise.all([
    reader().signingKey.count(),
    // In the order of an index: by itself Prisma orders by number, for which all rows would be gone through.
    reader().issuedToken.count({ where: active, orderBy: { expiresAt: "asc" }, take }),
    reader().issuedToken.count({
      where: { expiresAt: { gt: now, lte: new Date(now.getTime() + DAY_MS) } },
      orderBy: { expiresAt: "asc" },
      take,
    }),
    reader().issuedToken.count({
      where: { issuedAt: { gt: new Date(now.getTime() - DAY_MS) } },
      orderBy: { issuedAt: "asc" },
      take,
    }),
    countEventsSince(weekAgo, "token.signed_elsewhere"),
    listEvents(actor, {}),
  ]);
  return {
    keys,
    // These four are of at most `COUNTED_AT_MOST`.
    activeTokens,
    /** Of the active ones, those that expire within 24 hours. */
    expiringTokens,
    /** Within the last 24 hours. */
    issuedTokens,
    /** Within the last `SIGNED_ELSEWHERE_DAYS`. */
    signedElsewhere,
    latest: latest.events.slice(0, LATEST),
  };
}
