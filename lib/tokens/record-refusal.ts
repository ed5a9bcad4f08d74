/** Records that a token was refused: which fields, and for what kind of reason; never what was typed, which may be a secret. A refusal that cannot be recorded is still one. */
import { recordEvent } from "@/lib/audit/record";
import type { Actor } from "@/lib/auth/actor";
import { mayRecord } from "@/lib/auth/count-against";
import type { IssueTokenInput } from "@/lib/composer/schema";
import { reader, transaction } from "@/lib/db";
import type { AppError } from "@/lib/errors";
import { describeError, log } from "@/lib/log";
import { isWriteFailure } from "@/lib/write-failure";

/** @param form what was asked for, as parsed */
export async function recordRefusal(
  actor: Actor,
  { keyId, jti }: Pick<IssueTokenInput, "keyId" | "jti">,
  refusal: AppError,
): Promise<void> {
  const fields = Object.keys(refusal.extra.fields ?? {});
  try {
    if (!(await mayRecord(actor, "refusals"))) return;
    const key = await reader().signingKey.findUnique({ where: { id: keyId }, select: { id: true, label: true } });
    await transaction((tx) =>
      recordEvent(tx, actor, {
        action: "token.refused",
        outcome: "denied",
        detail: { reason: reasonOf(refusal, fields), fields },
        target: { ...(key ? { key } : {}), jti },
      }),
    );
  } catch (error) {
    if (!isWriteFailure(error)) throw error;
    log().error({ requestId: actor.origin.requestId, ...describeError(error) }, "a refusal could not be recorded");
  }
}

function reasonOf({ code }: AppError, fields: readonly string[]) {
  if (code === "not_found") return "unknown key";
  if (fields.includes("keyId")) return "disabled key";
  return code === "conflict" ? "already issued" : "rules or policy";
}
