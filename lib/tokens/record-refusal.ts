/** Records that a token was refused: which fields, and for what kind of reason; never what was typed, which may be a secret. A refusal that cannot be recorded is still one. */
import { refusalReasons } from "@/lib/audit/actions";
import { recordEvent } from "@/lib/audit/record";
import type { Actor } from "@/lib/auth/actor";
import { recordBounded } from "@/lib/auth/record-bounded";
import { reader, transaction } from "@/lib/db";
import { type AppError, isAppError } from "@/lib/errors";
import { findByJti } from "@/lib/ledger/find";
import * as z from "@/lib/zod";

/** A list may be refused name by name. */
const MOST_FIELDS = 20;

/** Of what may be no form at all, the two ids that it names. */
const Named = z.object({
  keyId: z.string().max(40).optional().catch(undefined),
  jti: z.uuid().optional().catch(undefined),
});

/** Does what may refuse a token, and records that it did. @param input what was asked for, as it came */
export async function recordingRefusals<Result>(
  actor: Actor,
  input: unknown,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    // A limit and a denial have events of their own, and whoever is out by now is nobody's to record.
    if (isAppError(error) && !["throttled", "forbidden", "unauthenticated"].includes(error.code))
      await recordRefusal(actor, input, error);
    throw error;
  }
}

/** @param input what was asked for, as it came */
export async function recordRefusal(actor: Actor, input: unknown, refusal: AppError): Promise<void> {
  const { keyId, jti } = Named.safeParse(input).data ?? {};
  const fields = Object.keys(refusal.extra.fields ?? {}).slice(0, MOST_FIELDS);
  const reason = reasonOf(refusal);
  await recordBounded(actor, "refusals", { called: "a refusal", named: { reason, fields } }, async () => {
    const key = keyId
      ? await reader().signingKey.findUnique({ where: { id: keyId }, select: { id: true, label: true } })
      : null;
    const token = jti ? await findByJti(jti.toLowerCase()) : undefined;
    await transaction((tx) =>
      recordEvent(tx, actor, {
        action: "token.refused",
        outcome: "denied",
        detail: { reason, fields },
        // An id that was used already leads to the token that has it; any other one is of no token.
        target: { ...(key ? { key } : {}), ...(token ? { token } : jti ? { jti: jti.toLowerCase() } : {}) },
      }),
    );
  });
}

/** As whoever refused it has said: what a form breaks needs no word. */
function reasonOf({ extra }: AppError) {
  return refusalReasons.find((reason) => reason === extra.reason) ?? "rules or policy";
}
