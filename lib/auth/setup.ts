/** Creates the first admin, by the code that the server prints at its start, and signs them in. Refuses without the code, and for ever once a member exists. */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { recordEvent } from "@/lib/audit/record";
import { now } from "@/lib/clock";
import { reader, transaction } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/new-id";
import { parseInput } from "@/lib/parse-input";
import { processWide } from "@/lib/process-wide";
import type { Visitor } from "./actor";
import { markDevice } from "./device";
import { confirmName } from "./member-name";
import { hashNewPassword } from "./new-password";
import { recordFailures } from "./record-failures";
import { SetupInput } from "./schema";
import { beginSession, type OpenedSession } from "./sign-in";
import { countAttempt, countsAt } from "./throttle";
import { ThrottledError } from "./throttled-error";

const DONE = "Setup is done: a member exists. Sign in instead.";
const CODE_BYTES = 17;
export const SETUP_CODE_HOURS = 24;
const CODE_MS = SETUP_CODE_HOURS * 60 * 60 * 1000;

// server.ts prints it, Next's bundle compares it. Timed by a clock that nobody sets back.
const setup = () =>
  processWide("setup", () => ({
    code: randomBytes(CODE_BYTES).toString("base64url").slice(0, 22),
    madeAtMs: performance.now(),
  }));

/** New at each start, kept in memory only, good for a day. */
export const setupCode = (): string => setup().code;

function judge(code: string): "right" | "wrong code" | "expired code" {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  if (!timingSafeEqual(digest(code), digest(setupCode()))) return "wrong code";
  return performance.now() - setup().madeAtMs < CODE_MS ? "right" : "expired code";
}

const refusals = {
  "wrong code": "This setup link is not right. Open the one that the server printed at its start.",
  "expired code": `This setup link is older than ${SETUP_CODE_HOURS} hours. Restart the server: it prints a new one.`,
};

const TOO_MANY =
  "Too many wrong setup codes came from here. The right link opens all the same: take the one that the server printed last, whole.";

/**
 * Compares first, so that the right code is never refused for what others did; only wrong ones count. An expired one is
 * no guess, and whoever has it needs to be told how to get another, however often they or others have failed.
 * @throws AppError `forbidden`, or `throttled`, after the failure is recorded
 */
export async function checkSetupCode(visitor: Visitor, code: string): Promise<void> {
  const verdict = judge(code);
  if (verdict === "right") return;
  await recordFailures("setup", visitor.origin.address, "setup", (failures) =>
    transaction((tx) =>
      recordEvent(tx, visitor, {
        action: "auth.setup_failed",
        outcome: "failed",
        detail: { reason: verdict, ...(failures > 1 && { attempts: failures }) },
      }),
    ),
  );
  if (verdict === "wrong code")
    await countAttempt(countsAt("setupCodes", visitor.origin.address)).catch((error: unknown) => {
      if (!(error instanceof ThrottledError)) throw error;
      // Waiting would not help, and is not needed: the right code is looked at before anything is counted.
      throw new AppError("throttled", TOO_MANY, error.extra);
    });
  throw new AppError("forbidden", refusals[verdict]);
}

export async function needsSetup(): Promise<boolean> {
  return (await reader().member.findFirst({ select: { id: true } })) === null;
}

/**
 * @param replaced the session that this browser had, which ends
 * @returns the admin's session, for the browser's cookie
 * @throws AppError `forbidden`, `invalid`, or `throttled`
 */
export async function createFirstAdmin(visitor: Visitor, input: unknown, replaced?: string): Promise<OpenedSession> {
  const { code, name, email, password } = parseInput(SetupInput, input);
  if (!(await needsSetup())) throw new AppError("forbidden", DONE);
  await checkSetupCode(visitor, code);
  const passwordHash = await hashNewPassword(visitor, code, password, [name, email]);
  const id = newId();
  const sessionId = await transaction(async (tx) => {
    if (await tx.member.findFirst({ select: { id: true } })) {
      throw new AppError("forbidden", DONE);
    }
    await confirmName(tx, name, id);
    const createdAt = now();
    await tx.member.create({ data: { id, name, email, passwordHash, role: "admin", createdAt } });
    await recordEvent(
      tx,
      { kind: "member", id, name, origin: visitor.origin },
      { action: "team.admin_created", outcome: "ok", detail: { email }, target: { memberId: id }, at: createdAt },
    );
    return beginSession(tx, visitor, { id, name, email }, replaced);
  });
  return { sessionId, device: await markDevice({ id, passwordHash }) };
}
