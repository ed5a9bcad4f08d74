/** Changes one's own password. Refuses without the current one, of which only a few guesses are taken; ends every session of the member, and opens a new one for whoever changed it. Whoever sends the same again, as after an answer that was lost, is answered the same. */
import { recordEvent } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { confirmActor } from "@/lib/auth/confirm-actor";
import { countAgainst } from "@/lib/auth/count-against";
import { markDevice } from "@/lib/auth/device";
import { hashPassword, passwordWeakness, verifyPassword } from "@/lib/auth/password";
import { addSession, type OpenedSession } from "@/lib/auth/sign-in";
import { type Count, countAttempt, giveBack } from "@/lib/auth/throttle";
import { now as clock } from "@/lib/clock";
import { reader, transaction } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { limits } from "@/lib/limits";
import { parseInput } from "@/lib/parse-input";
import { processWide } from "@/lib/process-wide";
import { endResetLinks, toldEnded } from "@/lib/team/end-reset-links";
import { endSessionsOf } from "@/lib/team/end-sessions";
import { ChangePasswordInput } from "./schema";

const KEPT = "Your password was not changed.";

type Opened = OpenedSession & { ended: number };

const AGAIN_WITHIN_MS = 60_000;

type Changed = { opened: Opened; former: string; at: number };
// Of the process, and for a minute, after which it is forgotten: the former password's hash is nowhere else any more.
const justChanged = () => processWide("passwords just changed", () => new Map<string, Changed>());

function rememberChange(memberId: string, opened: Opened, former: string): void {
  const changed = { opened, former, at: performance.now() };
  justChanged().set(memberId, changed);
  const forget = () => justChanged().get(memberId) === changed && justChanged().delete(memberId);
  setTimeout(forget, AGAIN_WITHIN_MS).unref();
}

/** Only to the session that the change has opened, and to whoever knows both passwords: it tells nobody what either is. @returns what the first was answered */
async function answerAgain(
  { id, sessionId }: Member,
  { current, password }: { current: string; password: string },
  passwordHash: string,
): Promise<Opened | undefined> {
  const changed = justChanged().get(id);
  if (!changed || changed.opened.sessionId !== sessionId) return undefined;
  if (performance.now() - changed.at >= AGAIN_WITHIN_MS) return undefined;
  const isSame = (await verifyPassword(changed.former, current)) && (await verifyPassword(passwordHash, password));
  return isSame ? changed.opened : undefined;
}

/**
 * @returns the new session, which the browser's cookie must carry from now on, and how many others ended
 * @throws AppError `forbidden`, `invalid` by field, `throttled`, `conflict`, or `unauthenticated`
 */
export async function changePassword(actor: Member, input: unknown): Promise<Opened> {
  await authorize(actor, "me.change");
  const { current, password } = parseInput(ChangePasswordInput, input);
  const { id, name, email } = actor;
  const counted: Count[] = [{ limit: "ownPassword", key: id }];
  const [attempts] = await countAttempt(counted);
  const { passwordHash } = await reader().member.findUniqueOrThrow({ where: { id }, select: { passwordHash: true } });
  if (!(await verifyPassword(passwordHash, current))) {
    const again = await answerAgain(actor, { current, password }, passwordHash);
    if (again) {
      await transaction((tx) => giveBack(tx, counted));
      return again;
    }
    await recordIfLast(actor, attempts);
    throw new AppError("invalid", KEPT, { fields: { current: "This is not your password." } });
  }
  // It was no guess, whatever comes of it.
  await transaction((tx) => giveBack(tx, counted));
  const weakness = current === password ? "This is the one that you have." : passwordWeakness(password, [name, email]);
  if (weakness) throw new AppError("invalid", KEPT, { fields: { password: weakness } });
  await countAgainst(actor, "passwordChanges");
  const after = await hashPassword(password);
  const opened = await transaction(async (tx) => {
    await confirmActor(tx, actor);
    const at = clock();
    const { count } = await tx.member.updateMany({ where: { id, passwordHash }, data: { passwordHash: after } });
    if (count === 0)
      throw new AppError("conflict", `${KEPT} It was changed elsewhere meanwhile: sign in with that one.`);
    const others = (await endSessionsOf(tx, id, at)) - 1;
    const ended = await endResetLinks(tx, { memberId: id }, at);
    const sessionId = await addSession(tx, id, actor.origin, at);
    const told = { outcome: "ok", target: { memberId: id }, at } as const;
    await recordEvent(tx, actor, {
      action: "member.password_changed",
      detail: { by: "the password before", ...toldEnded(ended) },
      ...told,
    });
    if (others > 0)
      await recordEvent(tx, actor, {
        action: "session.ended",
        detail: { reason: "the password changed", sessions: others },
        ...told,
      });
    return { sessionId, ended: others };
  });
  const told = { ...opened, device: await markDevice({ id, passwordHash: after }) };
  rememberChange(id, told, passwordHash);
  return told;
}

/** Somebody guesses at an open desk: the log says so, once in a window. */
async function recordIfLast(actor: Member, attempts: number | undefined): Promise<void> {
  const { what, most, seconds } = limits.ownPassword;
  if (attempts !== most) return;
  await transaction((tx) =>
    recordEvent(tx, actor, { action: "limit.reached", outcome: "denied", detail: { what, most, seconds } }),
  );
}
