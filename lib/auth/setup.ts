/** Creates the first admin, by the code that the server prints at its start. Refuses without the code, and for ever once a member exists. */
import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { recordEvent } from "@/lib/audit/record";
import { reader, transaction } from "@/lib/db";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import type { Visitor } from "./actor";
import { hashPassword, passwordWeakness } from "./password";
import { SetupInput } from "./schema";
import { countAttempt } from "./throttle";

/** Derived from AUTH_SECRET, so that a restart prints the same link. */
export function setupCode(): string {
  return createHmac("sha256", env().AUTH_SECRET).update("claimcheck setup").digest("base64url").slice(0, 22);
}

export function isSetupCode(code: string): boolean {
  const digest = (text: string) => createHmac("sha256", env().AUTH_SECRET).update(text).digest();
  return timingSafeEqual(digest(code), digest(setupCode()));
}

export async function needsSetup(): Promise<boolean> {
  return (await reader().member.findFirst({ select: { id: true } })) === null;
}

/** @throws AppError `forbidden`, `invalid`, or `throttled` */
export async function createFirstAdmin(visitor: Visitor, input: unknown): Promise<{ email: string; password: string }> {
  await countAttempt(visitor.origin.address, "setup");
  const { code, name, email, password } = parseInput(SetupInput, input);
  if (!isSetupCode(code))
    throw new AppError("forbidden", "This setup link is not right. Open the one that the server printed at its start.");
  const weakness = passwordWeakness(password, [name, email]);
  if (weakness) throw new AppError("invalid", "Choose another password.", { fields: { password: weakness } });

  const memberId = randomUUID();
  const passwordHash = await hashPassword(password);
  await transaction(async (tx) => {
    if (await tx.member.findFirst({ select: { id: true } })) {
      throw new AppError("forbidden", "Setup is done: a member exists. Sign in instead.");
    }
    const createdAt = new Date();
    await tx.member.create({ data: { id: memberId, name, email, passwordHash, role: "admin", createdAt } });
    await recordEvent(
      tx,
      { kind: "member", memberId, name, origin: visitor.origin },
      { action: "team.admin_created", outcome: "ok", detail: { email }, target: { memberId }, at: createdAt },
    );
  });
  return { email, password };
}
