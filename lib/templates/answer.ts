/** Accepts a proposed template, which is in force then, or declines it with a word on why, which whoever proposed it reads. Refuses what was changed since it was looked at. */
import { confirmNoSecret } from "@/lib/audit/confirm-no-secret";
import { recordEvent } from "@/lib/audit/record";
import { type Actor, nameOf } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { confirmActor } from "@/lib/auth/confirm-actor";
import { now as clock } from "@/lib/clock";
import { transaction } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { confirmRoom, goneTemplate } from "./confirm";
import { AnswerProposalInput } from "./schema";

/** @throws AppError `forbidden`, `invalid`, `not_found`, or `conflict` when somebody was faster or there are too many */
export async function answerProposal(actor: Actor, input: unknown): Promise<{ templateId: string }> {
  await authorize(actor, "template.manage");
  const { templateId, version, accepted, note } = parseInput(AnswerProposalInput, input);
  await confirmNoSecret({ note });
  return transaction(async (tx) => {
    await confirmActor(tx, actor);
    const row = await tx.template.findUnique({ where: { id: templateId } });
    if (!row) throw goneTemplate();
    if (row.state !== "proposed")
      throw new AppError("conflict", `${row.answeredByName ?? "Somebody"} was faster: it is ${row.state} already.`);
    if (row.version !== version)
      throw new AppError("conflict", "It was changed since you looked at it. Reload the page, and look again.");
    const state = accepted ? "accepted" : "declined";
    if (accepted) await confirmRoom(tx, row.profile, state, null);
    const at = clock();
    await tx.template.update({
      where: { id: templateId },
      data: { state, answeredByName: nameOf(actor), answer: note === "" ? null : note, changedAt: at },
    });
    await recordEvent(tx, actor, {
      action: "template.changed",
      outcome: "ok",
      detail: {
        ...{ template: templateId, name: row.name, version },
        changed: { state: ["proposed", state] },
        ...(note === "" ? {} : { note }),
      },
      at,
    });
    return { templateId };
  });
}
