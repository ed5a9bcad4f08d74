/** Lists the invitations, a page of them, that nobody has used and nobody has withdrawn, those that have expired too: they can be made anew. Never a link. */
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { now } from "@/lib/clock";
import { reader } from "@/lib/db";
import { type PageOf, pageOf } from "@/lib/page-of";
import { parseInput } from "@/lib/parse-input";
import { matchWords } from "@/lib/text/match-words";
import { TeamQuery } from "./schema";

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
/** `nextAdmin`: the email of the newest that opens and makes an admin, of all. */
export type InvitationPage = PageOf<InvitationListItem> & { nextAdmin: string | undefined };

/** The newest first. @param input a `TeamQuery` */
export async function listInvitations(actor: Actor, input: unknown = {}): Promise<InvitationPage> {
  await authorize(actor, "team.manage");
  const { q = "", invited } = parseInput(TeamQuery, input);
  const all = await reader().invitation.findMany({
    where: { usedAt: null, withdrawnAt: null },
    orderBy: { createdAt: "desc" },
    select: { id: true, email: true, role: true, createdByName: true, expiresAt: true },
  });
  const at = now();
  const { rows, ...paged } = pageOf(
    all.filter(({ email }) => matchWords(q, [email])),
    invited,
  );
  return {
    ...paged,
    rows: rows.map(({ createdByName, ...invitation }) => ({
      ...{ ...invitation, by: createdByName },
      expired: invitation.expiresAt <= at,
      expiresSoon: invitation.expiresAt > at && invitation.expiresAt.getTime() - at.getTime() < DAY_MS,
    })),
    nextAdmin: all.find(({ role, expiresAt }) => role === "admin" && expiresAt > at)?.email,
  };
}
