/** Makes a new link for an invitation that was not used: for the same email and role, by whoever asks. The old link opens no more. */
import type { Member } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { confirmActor } from "@/lib/auth/confirm-actor";
import { countAgainst } from "@/lib/auth/count-against";
import { isRole } from "@/lib/auth/roles";
import { transaction } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { enterInvitation, type InvitationLink } from "./invite";
import { InvitationInput } from "./schema";

/** @throws AppError `forbidden`, `throttled`, `invalid`, or `not_found` */
export async function renewInvitation(actor: Member, input: unknown): Promise<InvitationLink> {
  await authorize(actor, "team.manage");
  const { invitationId } = parseInput(InvitationInput, input);
  await countAgainst(actor, "invitations");
  return transaction(async (tx) => {
    await confirmActor(tx, actor);
    const invitation = await tx.invitation.findFirst({
      where: { id: invitationId, usedAt: null, withdrawnAt: null },
      select: { email: true, role: true },
    });
    if (!invitation || !isRole(invitation.role))
      throw new AppError("not_found", "This invitation was used or withdrawn meanwhile. Reload the page.");
    return enterInvitation(tx, actor, { email: invitation.email, role: invitation.role });
  });
}
