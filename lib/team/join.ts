/** Makes a member of whoever opens an invitation's link, and signs them in. Refuses a link that was used, withdrawn or has expired, and says which; of a wrong one only that it is wrong. */
import { recordEvent } from "@/lib/audit/record";
import type { Visitor } from "@/lib/auth/actor";
import { countWrongLink } from "@/lib/auth/count-wrong-link";
import { markDevice } from "@/lib/auth/device";
import { linkHashOf } from "@/lib/auth/link-code";
import { confirmName } from "@/lib/auth/member-name";
import { hashNewPassword } from "@/lib/auth/new-password";
import { isRole, type Role } from "@/lib/auth/roles";
import { JoinInput } from "@/lib/auth/schema";
import { beginSession, type OpenedSession } from "@/lib/auth/sign-in";
import { now as clock } from "@/lib/clock";
import { reader, transaction } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/new-id";
import { parseInput } from "@/lib/parse-input";
import type { Invitation } from "@/prisma/generated/client";
import { INVITATION_HOURS } from "./invite";

const NEW_ONE = "Ask whoever invited you for a new link.";
/** Said of the one that does not open because whoever it was for is in. */
const INVITATION_USED = "This invitation has been used: whoever it was for is in the team. If that is you, sign in.";
const refusals = {
  used: INVITATION_USED,
  withdrawn: `This invitation was withdrawn, or a newer link took its place. ${NEW_ONE}`,
  expired: `This invitation is older than ${INVITATION_HOURS} hours. ${NEW_ONE}`,
  wrong: `This invitation link is not right. Open it whole, as it was sent to you, or ask for a new one.`,
};

const stateOf = ({ usedAt, withdrawnAt, expiresAt }: Invitation, at: Date) =>
  usedAt ? "used" : withdrawnAt ? "withdrawn" : expiresAt <= at ? "expired" : "open";

/** What the page shows of an invitation to whoever has its link. */
export type OpenInvitation = { email: string; role: Role; invitedBy: string };

/**
 * Compares first, so that the right link is never refused for what others did; only wrong ones count.
 * @throws AppError `forbidden`, or `throttled`
 */
export async function checkInvitation(visitor: Visitor, code: string): Promise<OpenInvitation> {
  const invitation = await reader().invitation.findUnique({ where: { linkHash: linkHashOf(code) } });
  if (!invitation || !isRole(invitation.role)) {
    await countWrongLink(visitor, "invitationCodes", "invitation links");
    throw new AppError("forbidden", refusals.wrong);
  }
  const state = stateOf(invitation, clock());
  if (state !== "open") throw new AppError("forbidden", refusals[state]);
  const { email, role, createdByName } = invitation;
  return { email, role, invitedBy: createdByName };
}

/**
 * @param replaced the session that this browser had, which ends
 * @returns the new member's session, for the browser's cookie
 * @throws AppError `forbidden`, `invalid`, or `throttled`
 */
export async function joinTeam(visitor: Visitor, input: unknown, replaced?: string): Promise<OpenedSession> {
  const { code, name, password } = parseInput(JoinInput, input);
  const { email } = await checkInvitation(visitor, code);
  const passwordHash = await hashNewPassword(visitor, code, password, [name, email]);
  const id = newId();
  const sessionId = await transaction(async (tx) => {
    // Read again: it may have been used, withdrawn or replaced since.
    const invitation = await tx.invitation.findUnique({ where: { linkHash: linkHashOf(code) } });
    const at = clock();
    const state = invitation ? stateOf(invitation, at) : "wrong";
    if (!invitation || state !== "open") throw new AppError("forbidden", refusals[state === "open" ? "wrong" : state]);
    if (await tx.member.findUnique({ where: { email }, select: { id: true } }))
      throw new AppError("forbidden", refusals.used);
    await confirmName(tx, name, id);
    const { role } = invitation;
    await tx.invitation.update({ where: { id: invitation.id }, data: { usedAt: at } });
    await tx.member.create({ data: { id, name, email, passwordHash, role, createdAt: at } });
    await recordEvent(
      tx,
      { kind: "member", id, name, origin: visitor.origin },
      { action: "member.joined", outcome: "ok", detail: { email, role }, target: { memberId: id }, at },
    );
    // Not through the sign-in form's throttle: others' guesses from here must not keep out who has joined.
    return beginSession(tx, visitor, { id, name, email }, replaced);
  });
  return { sessionId, device: await markDevice({ id, passwordHash }) };
}
