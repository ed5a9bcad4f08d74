/** Withdraws an invitation: its link opens no more. */
import { recordEvent } from "@/lib/audit/record";
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { confirmActor } from "@/lib/auth/confirm-actor";
import { now as clock } from "@/lib/clock";
import { transaction } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { InvitationInput } from "./schema";

/** Doing it twice is doing it once. @throws AppError `forbidden`, `invalid`, `not_found`, or `conflict` for one that was used */
export async function withdrawInvitation(actor: Actor, input: unknown): Promise<void> {
  await authorize(actor, "team.manage");
  const { invitationId } = parseInput(InvitationInput, input);
  await transaction(async (tx) => {
    await confirmActor(tx, actor);
    const invitation = await tx.invitation.findUnique({ where: { id: invitationId } });
    if (!invitation) throw new AppError("not_found", "There is no such invitation. Reload the page.");
    const { email, role, usedAt, withdrawnAt } = invitation;
    if (usedAt) throw new AppError("conflict", `${email} has joined by it meanwhile. Disable the member instead.`);
    if (withdrawnAt) return;
    const at = clock();
    await tx.invitation.update({ where: { id: invitationId }, data: { withdrawnAt: at } });
    await recordEvent(tx, actor, {
      action: "invitation.withdrawn",
      outcome: "ok",
      detail: { email, role, reason: "withdrawn" },
      at,
    });
  });
}
