/** Closes a case with a note: it is red for nobody any more, and the next such token opens another one. Refuses one that is closed, unless by the same person with the same note: their answer was lost, and it is done. */
import { confirmNoSecret } from "@/lib/audit/confirm-no-secret";
import { recordEvent } from "@/lib/audit/record";
import { type Actor, idOf, nameOf } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { confirmActor } from "@/lib/auth/confirm-actor";
import { now as clock } from "@/lib/clock";
import { transaction } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { AcknowledgeCaseInput } from "./schema";

/** @throws AppError `forbidden`, `invalid`, `not_found`, or `conflict` when somebody was faster */
export async function acknowledgeCase(actor: Actor, input: unknown): Promise<{ number: number }> {
  await authorize(actor, "case.acknowledge");
  const { number, note } = parseInput(AcknowledgeCaseInput, input);
  await confirmNoSecret({ note });
  return transaction(async (tx) => {
    await confirmActor(tx, actor);
    const found = await tx.case.findUnique({ where: { number } });
    if (!found) throw new AppError("not_found", "There is no such case.");
    if (found.acknowledgedAt !== null) {
      if (found.acknowledgedById === idOf(actor) && found.note === note) return { number };
      throw new AppError(
        "conflict",
        `${found.acknowledgedByName} acknowledged it already. Your note was not saved: reload the page to read theirs.`,
      );
    }
    const at = clock();
    const tokens = await tx.caseToken.count({ where: { caseNumber: number } });
    await tx.case.update({
      where: { number },
      data: { acknowledgedAt: at, acknowledgedById: idOf(actor), acknowledgedByName: nameOf(actor), note },
    });
    await recordEvent(tx, actor, {
      action: "case.acknowledged",
      outcome: "ok",
      detail: { case: number, tokens, note },
      target: { key: { id: found.keyId, label: found.keyLabel } },
      at,
    });
    return { number };
  });
}
