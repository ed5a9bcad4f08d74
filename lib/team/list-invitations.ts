/** Lists the invitations that nobody has used and nobody has withdrawn, those that have expired too: they can be made anew. Never a link. */
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { now } from "@/lib/clock";
import { reader } from "@/lib/db";

export type InvitationListItem = {
  id: string;
  email: string;
  role: string;
  /** Whoever made its link, as they were called then. */
  by: string;
  expiresAt: Date;
  expired: boolean;
  /** Whether it does within a day. */
  expiresSoon: boolean;
};

const DAY_MS = 86_400_000;
/** More nobody looks through; a team has a few at a time. */
const MOST = 200;

/** The newest first. */
export async function listInvitations(actor: Actor): Promise<InvitationListItem[]> {
  await authorize(actor, "team.manage");
  const rows = await reader().invitation.findMany({
    where: { usedAt: null, withdrawnAt: null },
    orderBy: { createdAt: "desc" },
    take: MOST,
  });
  const at = now();
  return rows.map(({ id, email, role, createdByName, expiresAt }) => ({
    ...{ id, email, role, by: createdByName, expiresAt },
    expired: expiresAt <= at,
    expiresSoon: expiresAt > at && expiresAt.getTime() - at.getTime() < DAY_MS,
  }));
}
