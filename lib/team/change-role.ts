/** Gives a member another role, at once: their sessions end, so that they go on under a new id with the new rights. Refuses to demote the last active admin. */
import { recordEvent } from "@/lib/audit/record";
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { may } from "@/lib/auth/roles";
import { now as clock } from "@/lib/clock";
import { type Tx, transaction } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { withdrawMadeHandovers } from "@/lib/handover/withdraw-in";
import { parseInput } from "@/lib/parse-input";
import type * as z from "@/lib/zod";
import { endResetLinks, toldEnded } from "./end-reset-links";
import { endSessionsOf } from "./end-sessions";
import { assertAnotherAdmin } from "./last-admin";
import { memberToChange } from "./member-to-change";
import { ChangeRoleInput } from "./schema";
import { withdrawMade } from "./withdraw-made";

/** Doing it twice is doing it once. @throws AppError `forbidden`, `invalid`, `not_found`, or `conflict` for the last admin and for who is disabled */
export async function changeRole(actor: Actor, input: unknown): Promise<void> {
  await authorize(actor, "team.manage");
  const { memberId, role } = parseInput(ChangeRoleInput, input);
  await transaction((tx) => changeRoleIn(tx, actor, { memberId, role }));
}

/** For a verb that does more in the same transaction, and has asked whether it may. */
export async function changeRoleIn(
  tx: Tx,
  actor: Actor,
  { memberId, role }: z.output<typeof ChangeRoleInput>,
): Promise<void> {
  const member = await memberToChange(tx, actor, memberId);
  if (member.role === role) return;
  // Whoever enables them would give rights that nobody sees meanwhile.
  if (member.disabledAt)
    throw new AppError("conflict", `${member.name} is disabled, and has no role to change. Enable them first.`);
  const demoted = member.role === "admin";
  if (demoted) await assertAnotherAdmin(tx, member);
  const at = clock();
  await tx.member.update({ where: { id: memberId }, data: { role } });
  const ended = demoted ? await endResetLinks(tx, { createdById: memberId }, at) : 0;
  await recordEvent(tx, actor, {
    action: "member.changed",
    outcome: "ok",
    detail: { email: member.email, changed: { role: [member.role, role] }, ...toldEnded(ended) },
    target: { memberId },
    words: [member.name],
    at,
  });
  const sessions = await endSessionsOf(tx, memberId, at);
  if (sessions > 0)
    await recordEvent(tx, actor, {
      action: "session.ended",
      outcome: "ok",
      detail: { email: member.email, reason: "the role changed", sessions },
      target: { memberId },
      at,
    });
  if (demoted) await withdrawMade(tx, actor, memberId, at);
  // They could not withdraw them any more.
  if (!may(role, "token.hand_over")) await withdrawMadeHandovers(tx, actor, memberId, at);
}
