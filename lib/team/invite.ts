/** Invites somebody by a link that opens once. Refuses the email of a member; an open invitation for the same email gives way to the new one. */

import { confirmNoSecret } from "@/lib/audit/confirm-no-secret";
import { recordEvent } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { confirmActor } from "@/lib/auth/confirm-actor";
import { countAgainst } from "@/lib/auth/count-against";
import { linkHashOf, newLinkCode } from "@/lib/auth/link-code";
import type { Role } from "@/lib/auth/roles";
import { now as clock } from "@/lib/clock";
import { type Tx, transaction } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { type Link, linkTo } from "@/lib/links";
import { newId } from "@/lib/new-id";
import { parseInput } from "@/lib/parse-input";
import { epochSeconds } from "@/lib/text/epoch-seconds";
import { InviteMemberInput } from "./schema";

export const INVITATION_HOURS = 72;

/** Shown once: of its code only the hash is kept. */
export type InvitationLink = Link & {
  /** The invitation's. */
  id: string;
  email: string;
  role: Role;
  /** Seconds since 1970. */
  expiresAt: number;
  /** Whether an earlier one for the same email opens no more. */
  replaced: boolean;
};

/** @throws AppError `forbidden`, `throttled`, or `invalid` by field */
export async function inviteMember(actor: Member, input: unknown): Promise<InvitationLink> {
  await authorize(actor, "team.manage");
  const invited = parseInput(InviteMemberInput, input);
  await confirmNoSecret({ email: invited.email });
  await countAgainst(actor, "invitations");
  return transaction(async (tx) => {
    await confirmActor(tx, actor);
    return enterInvitation(tx, actor, invited);
  });
}

/** The invitation and what it replaces, with their events. @throws AppError `invalid` for the email of a member */
export async function enterInvitation(
  tx: Tx,
  who: Member,
  { email, role }: { email: string; role: Role },
): Promise<InvitationLink> {
  const member = await tx.member.findUnique({ where: { email }, select: { name: true, disabledAt: true } });
  if (member) {
    const enable = member.disabledAt ? ", who is disabled. Enable them on the team's page" : "";
    throw new AppError("invalid", "Nobody was invited; what you typed is kept.", {
      fields: { email: `This is the email of ${member.name}${enable || ", who is in the team already"}.` },
    });
  }
  const at = clock();
  const open = await tx.invitation.findMany({
    where: { email, usedAt: null, withdrawnAt: null },
    select: { id: true, role: true, expiresAt: true },
  });
  await tx.invitation.updateMany({ where: { id: { in: open.map(({ id }) => id) } }, data: { withdrawnAt: at } });
  const replaced = open.filter(({ expiresAt }) => expiresAt > at);
  for (const before of replaced)
    await recordEvent(tx, who, {
      action: "invitation.withdrawn",
      outcome: "ok",
      detail: { email, role: before.role, reason: "a new link was made" },
      at,
    });
  const code = newLinkCode();
  const expiresAt = new Date(at.getTime() + INVITATION_HOURS * 3_600_000);
  const id = newId();
  await tx.invitation.create({
    data: {
      ...{ id, email, role, linkHash: linkHashOf(code), createdAt: at, expiresAt },
      ...{ createdById: who.id, createdByName: who.name },
    },
  });
  await recordEvent(tx, who, { action: "member.invited", outcome: "ok", detail: { email, role }, at });
  return {
    ...linkTo(`/join?code=${code}`),
    ...{ id, email, role, expiresAt: epochSeconds(expiresAt), replaced: replaced.length > 0 },
  };
}
