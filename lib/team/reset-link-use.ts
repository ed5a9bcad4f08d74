/** Opens a link to a new password, once: ends every session of its member and signs in whoever has it. Refuses one that was used, replaced or is too old, a disabled member's, and a wrong one, of which only a few are taken. */
import { recordEvent } from "@/lib/audit/record";
import type { Visitor } from "@/lib/auth/actor";
import { countWrongLink } from "@/lib/auth/count-wrong-link";
import { markDevice } from "@/lib/auth/device";
import { linkHashOf } from "@/lib/auth/link-code";
import { hashNewPassword } from "@/lib/auth/new-password";
import { ResetPasswordInput } from "@/lib/auth/schema";
import { addSession, endReplaced, type OpenedSession } from "@/lib/auth/sign-in";
import { now as clock } from "@/lib/clock";
import { reader, type Tx, transaction } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { endSessionsOf } from "./end-sessions";
import { RESET_HOURS } from "./reset-link";

const NEW_ONE = "Ask an admin of this desk for a new one, or whoever runs the server.";
const refusals = {
  used: "This reset link has been used: the new password is set. If it was not you, tell an admin at once.",
  expired: `This reset link is older than ${RESET_HOURS} hours, or was ended since: the password was changed, the account was disabled, another took its place, or whoever made it may not any more. ${NEW_ONE}`,
  disabled:
    "This account is disabled: nobody can sign in with it. Ask an admin of this desk, or whoever runs the server.",
  wrong: `This reset link is not right. Open it whole, as it was given to you. ${NEW_ONE}`,
};

/** Whose it is, to whoever has it. */
export type OpenResetLink = { name: string; email: string };

const find = (from: Pick<Tx, "resetLink">, code: string) =>
  from.resetLink.findUnique({
    where: { linkHash: linkHashOf(code) },
    include: { member: { select: { id: true, name: true, email: true, disabledAt: true } } },
  });
type Found = NonNullable<Awaited<ReturnType<typeof find>>>;

/** @throws AppError `forbidden` */
function assertOpen({ usedAt, expiresAt, member }: Found): void {
  // Disabling ends the links, too: that is not what keeps them out.
  const state = usedAt ? "used" : member.disabledAt ? "disabled" : expiresAt <= clock() ? "expired" : undefined;
  if (state) throw new AppError("forbidden", refusals[state]);
}

/**
 * Compares first, so that the right link is never refused for what others did; only wrong ones count.
 * @throws AppError `forbidden`, or `throttled`
 */
export async function checkResetLink(visitor: Visitor, code: string): Promise<OpenResetLink> {
  const link = await find(reader(), code);
  if (!link) {
    await countWrongLink(visitor, "resetCodes", "reset links");
    throw new AppError("forbidden", refusals.wrong);
  }
  assertOpen(link);
  const { name, email } = link.member;
  return { name, email };
}

/**
 * @param replaced the session that this browser had, which ends
 * @returns the session of whoever had it, for the browser's cookie
 * @throws AppError `forbidden`, `invalid`, or `throttled`
 */
export async function resetPassword(visitor: Visitor, input: unknown, replaced?: string): Promise<OpenedSession> {
  const { code, password } = parseInput(ResetPasswordInput, input);
  const { name, email } = await checkResetLink(visitor, code);
  const passwordHash = await hashNewPassword(visitor, code, password, [name, email]);
  const { origin } = visitor;
  const { id, sessionId } = await transaction(async (tx) => {
    // Read again: it may have been used or replaced since.
    const link = await find(tx, code);
    if (!link) throw new AppError("forbidden", refusals.wrong);
    assertOpen(link);
    const at = clock();
    const { id } = link.member;
    await tx.resetLink.update({ where: { id: link.id }, data: { usedAt: at } });
    await tx.member.update({ where: { id }, data: { passwordHash } });
    const sessions = await endSessionsOf(tx, id, at);
    const sessionId = await addSession(tx, id, origin, at);
    const who = { kind: "member", id, name: link.member.name, sessionId, origin } as const;
    if (replaced) await endReplaced(tx, who, replaced, at);
    const told = { outcome: "ok", target: { memberId: id }, at } as const;
    await recordEvent(tx, who, { action: "member.password_changed", detail: { by: "a reset link" }, ...told });
    if (sessions > 0)
      await recordEvent(tx, who, {
        action: "session.ended",
        detail: { reason: "the password changed", sessions },
        ...told,
      });
    await recordEvent(tx, who, { action: "auth.signed_in", detail: { email }, ...told });
    return { id, sessionId };
  });
  return { sessionId, device: await markDevice({ id, passwordHash }) };
}
