/** Checks an email and a password and opens a session. Answers an unknown email, a wrong password and a disabled member alike, with the same work. */
import type { AuditDetail } from "@/lib/audit/actions";
import { heldInText } from "@/lib/audit/confirm-no-secret";
import type { EventActor } from "@/lib/audit/event";
import { recordEvent } from "@/lib/audit/record";
import { now as clock } from "@/lib/clock";
import { reader, type Tx, transaction } from "@/lib/db";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { limits } from "@/lib/limits";
import { newId } from "@/lib/new-id";
import { parseInput } from "@/lib/parse-input";
import { processWide } from "@/lib/process-wide";
import type { Origin, Visitor } from "./actor";
import { addressKey } from "./address-key";
import { countAgainst } from "./count-against";
import { deviceOf, markDevice } from "./device";
import { openAt } from "./find-session";
import { verifyPassword } from "./password";
import { recordFailures } from "./record-failures";
import { SignInInput } from "./schema";
import { type Count, countAttempt, countsAt, giveBack } from "./throttle";
import { ThrottledError } from "./throttled-error";

/** Attempts beyond the account's limit for each second that the next one waits. */
const ATTEMPTS_PER_SECOND_OF_DELAY = 10;
const LONGEST_DELAY_MS = 5_000;

/** So many of the accounts that one event tells of: as many as one address may try. */
const NAMED_ACCOUNTS = limits.signInsAtAddress.most;

/** What the browser brings along besides the form. */
type Browser = {
  /** The mark that it got when the account signed in there before. */
  device?: string | undefined;
  /** The session that it has now; it ends with the new one. */
  sessionId?: string | undefined;
};

/** What the browser's cookies carry from now on: the session's id, and the mark of a browser in which its member has signed in. */
export type OpenedSession = { sessionId: string; device: string };

/**
 * @returns the ids of the new session, which the cookie carries, and of the member, and the browser's new mark
 * @throws AppError `invalid`, `throttled`, or `unauthenticated`
 */
export async function openSession(
  visitor: Visitor,
  input: unknown,
  browser: Browser = {},
): Promise<OpenedSession & { memberId: string }> {
  const { email, password } = parseInput(SignInInput, input);
  const find = () => reader().member.findUnique({ where: { email } });
  const device = await deviceOf(browser.device, await find());
  const counted = await admit(visitor, email, device);

  // Read again: it may have waited.
  const member = await find();
  const matches = await verifyPassword(member?.passwordHash, password);
  if (!member || !matches || member.disabledAt)
    throw await refused(visitor, email, { disabled: matches && member?.disabledAt });

  const { id, name, passwordHash } = member;
  await countAgainst({ kind: "member", id, name, origin: visitor.origin }, "signIns").catch(async (error: unknown) => {
    await transaction((tx) => giveBack(tx, counted));
    throw error;
  });
  const opened = await transaction(async (tx) => {
    // And again under the lock: what ended every session while the password was looked at ends this one, too.
    const { disabledAt, ...now } = await tx.member.findUniqueOrThrow({ where: { id } });
    if (disabledAt || now.passwordHash !== passwordHash) return { disabled: disabledAt };
    await giveBack(tx, counted);
    const begun = await begunAtOnce(tx, visitor, id, browser.sessionId);
    if (begun === undefined) {
      const sessionId = await beginSession(tx, visitor, member, browser.sessionId);
      if (browser.sessionId) rememberReplaced(browser.sessionId, sessionId);
      return { sessionId };
    }
    await recordSignedIn(tx, { kind: "member", id, name, sessionId: begun, origin: visitor.origin }, email, clock());
    return { sessionId: begun };
  });
  if (!("sessionId" in opened)) throw await refused(visitor, email, opened);
  return { sessionId: opened.sessionId, memberId: id, device: await markDevice(member, device) };
}

/** @returns the one answer that there is, after its reason is recorded */
async function refused(
  visitor: Visitor,
  email: string,
  { disabled }: { disabled: Date | boolean | null | undefined },
): Promise<AppError> {
  await recordFailed(visitor, email, disabled ? "member is disabled" : "wrong email or password");
  return new AppError("unauthenticated", "Email or password is wrong.");
}

type Entering = { id: string; name: string; email: string };

/** For whoever has shown who they are, as the demo's story tells. */
export async function startSession(visitor: Visitor, member: Entering): Promise<{ sessionId: string }> {
  return { sessionId: await transaction((tx) => beginSession(tx, visitor, member)) };
}

/**
 * With its event. For whoever has shown in this transaction who they are: by a password or a link.
 * @param replaced the session that this browser had, which ends
 * @returns the new one's id
 */
export async function beginSession(
  tx: Tx,
  { origin }: Visitor,
  { id, name, email }: Entering,
  replaced?: string,
): Promise<string> {
  const sessionId = newId();
  const at = clock();
  const who = { kind: "member", id, name, sessionId, origin } as const;
  if (replaced) await endReplaced(tx, who, replaced, at);
  await addSession(tx, id, origin, at, sessionId);
  await recordSignedIn(tx, who, email, at);
  return sessionId;
}

async function recordSignedIn(tx: Tx, who: EventActor & { id: string }, email: string, at: Date): Promise<void> {
  const target = { memberId: who.id };
  await recordEvent(tx, who, { action: "auth.signed_in", outcome: "ok", detail: { email }, target, at });
}

/** Within so long, what was sent with one cookie was sent at once: a program's requests, or a form's in two tabs. */
const AT_ONCE_MS = 10_000;

/** By the session that was replaced, the one that replaced it: of this process, as long as what comes comes at once. */
const justReplaced = () => processWide("sessions just replaced", () => new Map<string, string>());

function rememberReplaced(replaced: string, sessionId: string): void {
  justReplaced().set(replaced, sessionId);
  const forget = () => justReplaced().get(replaced) === sessionId && justReplaced().delete(replaced);
  setTimeout(forget, AT_ONCE_MS).unref();
}

/**
 * Of several that replace one session at once, those behind the first go on in its session. One of their own each would
 * leave all but one behind; and were those ended, a browser that is answered in another order would be signed out.
 * @param replaced the session that this browser had
 */
async function begunAtOnce(
  tx: Tx,
  { origin: { address, userAgent } }: Visitor,
  memberId: string,
  replaced: string | undefined,
): Promise<string | undefined> {
  const id = replaced && justReplaced().get(replaced);
  if (!id) return undefined;
  const same = { id, memberId, address, userAgent };
  return (await tx.session.findFirst({ where: { AND: [same, openAt(clock())] }, select: { id: true } }))?.id;
}

/** The session's row; its event is the caller's. @returns its id */
export async function addSession(
  tx: Tx,
  memberId: string,
  { address, userAgent }: Origin,
  at: Date,
  id: string = newId(),
): Promise<string> {
  const expiresAt = new Date(at.getTime() + env().SESSION_HOURS * 3_600_000);
  await tx.session.create({
    data: { id, memberId, createdAt: at, expiresAt, lastSeenAt: at, address, userAgent },
  });
  await tx.member.update({ where: { id: memberId }, data: { lastSeenAt: at } });
  return id;
}

/** Whoever signs in again in a browser leaves no second session behind in it. */
export async function endReplaced(tx: Tx, who: EventActor, sessionId: string, now: Date): Promise<void> {
  const replaced = await tx.session.findFirst({
    where: { id: sessionId, ...openAt(now) },
    select: { memberId: true, member: { select: { email: true } } },
  });
  // One that had ended by itself, too: by a clock that is put right it might not have.
  await tx.session.updateMany({ where: { id: sessionId, endedAt: null }, data: { endedAt: now } });
  if (!replaced) return;
  const isOwn = who.kind === "member" && who.id === replaced.memberId;
  await recordEvent(tx, who, {
    action: "session.ended",
    outcome: "ok",
    detail: { ...(isOwn ? {} : { email: replaced.member.email }), reason: "signed in anew" },
    target: { memberId: replaced.memberId },
    at: now,
  });
}

/**
 * Lets an attempt through or refuses it, and counts it. A device that signed in before has its own allowance, which
 * nobody elsewhere can use up; beyond it, it is a browser like any other.
 * @returns what was counted
 * @throws ThrottledError
 */
async function admit(visitor: Visitor, email: string, device: string | undefined): Promise<Count[]> {
  const address = addressKey(visitor.origin.address);
  if (device) {
    const counts: Count[] = [{ limit: "signInsFromDevice", key: device }];
    const admitted = await countAttempt(counts).then(
      () => true,
      (error: unknown) => {
        if (error instanceof ThrottledError) return false;
        throw error;
      },
    );
    if (admitted) return counts;
  }
  const counts: Count[] = [
    { limit: "signInsToAccount", key: email },
    { limit: "accountAtAddress", key: `${address} ${email}` },
    ...countsAt("signInsAtAddress", visitor.origin.address),
  ];
  try {
    const [toAccount = 0] = await countAttempt(counts);
    await slowDown(visitor, email, toAccount);
  } catch (error) {
    if (error instanceof ThrottledError) await recordFailed(visitor, email, "throttled");
    throw error;
  }
  return counts;
}

/** Those of one address and minute are one event: whose accounts they were at stands in it. */
async function recordFailed(visitor: Visitor, typed: string, reason: AuditDetail<"auth.sign_in_failed">["reason"]) {
  // A secret that went into the wrong field, everybody would read. Small as all emails, a token has lost its looks.
  const email = /eyj[\w-]{8}/.test(typed) || (await heldInText(typed)) ? "(a secret)" : typed;
  return recordFailures(reason, visitor.origin.address, email, (failures, emails) => {
    const [first] = emails;
    return transaction((tx) =>
      recordEvent(tx, visitor, {
        action: "auth.sign_in_failed",
        outcome: "failed",
        detail: {
          ...(first !== undefined && emails.length === 1 ? { email: first } : { accounts: emails.length }),
          // Of what was not even looked at there may be a thousand, all made up.
          ...(emails.length > 1 && reason !== "throttled" && { emails: emails.slice(0, NAMED_ACCOUNTS) }),
          reason,
          ...(failures > 1 && { attempts: failures }),
        },
      }),
    );
  });
}

/** Many addresses at one account: it stays open, but each attempt waits, and the log says so. */
async function slowDown(visitor: Visitor, email: string, attempts: number): Promise<void> {
  const { what, most, seconds } = limits.signInsToAccount;
  const beyond = attempts - most;
  if (beyond <= 0) return;
  if (beyond === 1)
    await transaction((tx) =>
      recordEvent(tx, visitor, {
        action: "limit.reached",
        outcome: "failed",
        detail: { what, most, seconds, email },
      }),
    );
  const delay = Math.min(LONGEST_DELAY_MS, Math.ceil(beyond / ATTEMPTS_PER_SECOND_OF_DELAY) * 1_000);
  await new Promise((resolve) => setTimeout(resolve, delay));
}
