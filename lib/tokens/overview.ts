/** What somebody wants to know on arriving: how much is alive, what was issued lately, and whether somebody else signs with our secrets. */
import { listEvents } from "@/lib/audit/list";
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { reader } from "@/lib/db";

const DAY_MS = 24 * 60 * 60 * 1000;
const LATEST = 8;
/** A finding that is older has been seen, or never will be. */
export const SIGNED_ELSEWHERE_DAYS = 7;

export async function readOverview(actor: Actor) {
  await authorize(actor, "audit.read");
  const now = new Date();
  // The revoked too: VideoSDK does not know our mark, and accepts them.
  const living = { expiresAt: { gt: now } };
  const [keys, livingTokens, expiringTokens, issuedTokens, signedElsewhere, latest] = await Promise.all([
    reader().signingKey.count(),
    reader().issuedToken.count({ where: living }),
    reader().issuedToken.count({
      where: { ...living, expiresAt: { gt: now, lte: new Date(now.getTime() + DAY_MS) } },
    }),
    reader().issuedToken.count({ where: { issuedAt: { gt: new Date(now.getTime() - DAY_MS) } } }),
    reader().auditEvent.count({
      where: { action: "token.signed_elsewhere", at: { gt: new Date(now.getTime() - SIGNED_ELSEWHERE_DAYS * DAY_MS) } },
    }),
    listEvents(actor, {}),
  ]);
  return {
    keys,
    livingTokens,
    /** Of the living ones, those that expire within 24 hours. */
    expiringTokens,
    /** Within the last 24 hours. */
    issuedTokens,
    /** Within the last `SIGNED_ELSEWHERE_DAYS`. */
    signedElsewhere,
    latest: latest.events.slice(0, LATEST),
  };
}
