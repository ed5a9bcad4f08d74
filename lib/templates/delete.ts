/** Deletes a template, or withdraws a proposal. Refuses one that is used, by a key's policy or by a program, and says where. Tokens that came from it keep its id and the name that it had. */
import { recordEvent } from "@/lib/audit/record";
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { confirmActor } from "@/lib/auth/confirm-actor";
import { transaction } from "@/lib/db";
import { parseInput } from "@/lib/parse-input";
import { changedBetween } from "./changed";
import { authorizeChange, lockTemplate } from "./confirm";
import { TemplateInput } from "./schema";
import { confirmUnused } from "./used-by";

/** @throws AppError `forbidden`, `invalid`, `not_found`, or `conflict` when it is used */
export async function deleteTemplate(actor: Actor, input: unknown): Promise<{ name: string }> {
  await authorize(actor, "template.propose");
  const { templateId } = parseInput(TemplateInput, input);
  const seen = await authorizeChange(templateId, actor);
  return transaction(async (tx) => {
    await confirmActor(tx, actor);
    const row = await lockTemplate(tx, seen);
    await confirmUnused(tx, row.profile, templateId, "Nothing was deleted");
    await tx.template.delete({ where: { id: templateId } });
    await recordEvent(tx, actor, {
      action: "template.deleted",
      outcome: "ok",
      detail: {
        ...{ template: templateId, name: row.name, version: row.version },
        changed: { ...changedBetween(row, undefined), state: [row.state, null] },
      },
    });
    return { name: row.name };
  });
}
