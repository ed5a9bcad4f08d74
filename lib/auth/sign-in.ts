/** Checks an email and a password and opens a session. Answers an unknown email, a wrong password and a disabled member alike, with the same work. */
import { randomUUID } from "node:crypto";
import { recordEvent } from "@/lib/audit/record";
import { reader, transaction } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import type { Visitor } from "./actor";
import { verifyPassword } from "./password";
import { SignInInput } from "./schema";
import { countAttempt, forgiveAttempts, ThrottledError } from "./throttle";

export const SESSION_SECONDS = 12 * 60 * 60;

/**
 * @returns the id of the new session, which the cookie carries
 * @throws AppError `invalid`, `throttled`, or `unauthenticated`
 */
export async function openSession(visitor: Visitor, input: unknown): Promise<{ sessionId: string; memberId: string }> {
  const { email, password } = parseInput(SignInInput, input);
  const { origin } = visitor;
  try {
    await countAttempt(origin.address, email);
  } catch (error) {
    if (error instanceof ThrottledError && error.first) await recordFailure(visitor, email, "throttled");
    throw error;
  }

  const member = await reader().member.findUnique({ where: { email } });
  const matches = await verifyPassword(member?.passwordHash, password);
  if (!member || !matches || member.disabledAt) {
    await recordFailure(visitor, email, matches ? "member is disabled" : "wrong email or password");
    throw new AppError("unauthenticated", "Email or password is wrong.");
  }

  const sessionId = randomUUID();
  const now = new Date();
  await transaction(async (tx) => {
    await tx.session.create({
      data: {
        id: sessionId,
        memberId: member.id,
        createdAt: now,
        expiresAt: new Date(now.getTime() + SESSION_SECONDS * 1000),
        address: origin.address,
        userAgent: origin.userAgent,
      },
    });
    await recordEvent(
      tx,
      { kind: "member", memberId: member.id, name: member.name, origin },
      { action: "auth.signed_in", outcome: "ok", detail: { email }, target: { memberId: member.id }, at: now },
    );
  });
  await forgiveAttempts(origin.address, email);
  return { sessionId, memberId: member.id };
}

function recordFailure(
  visitor: Visitor,
  email: string,
  reason: "wrong email or password" | "member is disabled" | "throttled",
) {
  return transaction((tx) =>
    recordEvent(tx, visitor, { action: "auth.sign_in_failed", outcome: "failed", detail: { email, reason } }),
  );
}
