/** Disables a member, who is out in the same instant and in every tab, or enables them. Refuses to disable the last active admin. What a leaver made goes with them as leaves.ts tells. */
import { confirmNoSecret } from "@/lib/audit/confirm-no-secret";
import { recordEvent } from "@/lib/audit/record";
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { now as clock } from "@/lib/clock";
import { type Tx, transaction } from "@/lib/db";
import { withdrawMadeHandovers } from "@/lib/handover/withdraw-in";
import { notSaved } from "@/lib/note-not-saved";
import { parseInput } from "@/lib/parse-input";
import type * as z from "@/lib/zod";
import { endResetLinks, toldEnded } from "./end-reset-links";
import { endSessionsOf } from "./end-sessions";
import { assertAnotherAdmin } from "./last-admin";
import { memberToChange } from "./member-to-change";
import { SetMemberStatusInput } from "./schema";
import { withdrawMade } from "./withdraw-made";

/** Doing it twice is doing it once. @throws AppError `forbidden`, `invalid`, `not_found`, or `conflict` for the last admin, and for a note on what was done before */
export async function setMemberStatus(actor: Actor, input: unknown): Promise<void> {
  await authorize(actor, "team.manage");
  const { memberId, disabled, note } = parseInput(SetMemberStatusInput, input);
  await confirmNoSecret({ note });
  await transaction((tx) => setStatusIn(tx, actor, { memberId, disabled, note }));
}

/** For a verb that does more in the same transaction, and has asked whether it may. */
export async function setStatusIn(
  tx: Tx,
  actor: Actor,
  { memberId, disabled, note }: z.output<typeof SetMemberStatusInput>,
): Promise<void> {
  const member = await memberToChange(tx, actor, memberId);
  if ((member.disabledAt !== null) === disabled) {
    if (note !== "") throw notSaved("member", disabled);
    return;
  }
  if (disabled && member.role === "admin") await assertAnotherAdmin(tx, member);
  const at = clock();
  await tx.member.update({ where: { id: memberId }, data: { disabledAt: disabled ? at : null } });
  const { email, name } = member;
  const told = { target: { memberId }, words: [name], at, outcome: "ok" } as const;
  const why = note === "" ? {} : { note };
  if (!disabled) {
    await recordEvent(tx, actor, {
      action: "member.enabled",
      detail: { email, changed: { state: ["disabled", "active"] }, ...why },
      ...told,
    });
    return;
  }
  const sessions = await endSessionsOf(tx, memberId, at);
  // By the way to a new password they would be in again as soon as they are enabled.
  const theirs = await endResetLinks(tx, { memberId }, at);
  const made = await endResetLinks(tx, { createdById: memberId }, at);
  await recordEvent(tx, actor, {
    action: "member.disabled",
    detail: { email, changed: { state: ["active", "disabled"] }, sessions, ...toldEnded(theirs + made), ...why },
    ...told,
  });
  await withdrawMade(tx, actor, memberId, at);
  await withdrawMadeHandovers(tx, actor, memberId, at);
}
