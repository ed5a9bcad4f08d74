/** Hides one of the vendor's own templates, or shows it again: nothing is issued from a hidden one. Refuses one that is used, by a key's policy or by a program, and says where. */
import { recordEvent } from "@/lib/audit/record";
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { confirmActor } from "@/lib/auth/confirm-actor";
import { transaction } from "@/lib/db";
import { parseInput } from "@/lib/parse-input";
import { goneTemplate, profileNamed } from "./confirm";
import { HideTemplateInput } from "./schema";
import { arrangementOf, writeArrangement } from "./stored";
import { confirmUnused } from "./used-by";

/** Doing it twice is doing it once. @throws AppError `forbidden`, `invalid`, `not_found`, or `conflict` when it is used */
export async function hideTemplate(actor: Actor, input: unknown): Promise<{ hidden: boolean }> {
  await authorize(actor, "template.manage");
  const { profile: profileId, templateId, hidden } = parseInput(HideTemplateInput, input);
  const template = profileNamed(profileId)?.templates.find(({ id }) => id === templateId);
  if (!template) throw goneTemplate();
  return transaction(async (tx) => {
    await confirmActor(tx, actor);
    const arrangement = arrangementOf(await tx.templateArrangement.findUnique({ where: { profile: profileId } }));
    if (arrangement.hidden.includes(templateId) === hidden) return { hidden };
    if (hidden) await confirmUnused(tx, profileId, templateId, "Nothing was hidden");
    const others = arrangement.hidden.filter((id) => id !== templateId);
    await writeArrangement(tx, profileId, { ...arrangement, hidden: hidden ? [...others, templateId] : others });
    await recordEvent(tx, actor, {
      action: "template.changed",
      outcome: "ok",
      detail: {
        ...{ template: templateId, name: template.name },
        changed: { state: hidden ? ["shown", "hidden"] : ["hidden", "shown"] },
      },
    });
    return { hidden };
  });
}
