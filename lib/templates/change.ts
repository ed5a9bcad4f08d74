/** Changes a template: its name, its note, what it fills in. Tokens that came from it keep the name and the version of then. A proposal that was declined is proposed anew. */
import { confirmNoSecret } from "@/lib/audit/confirm-no-secret";
import { recordEvent } from "@/lib/audit/record";
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { confirmActor } from "@/lib/auth/confirm-actor";
import { countAgainst } from "@/lib/auth/count-against";
import { now as clock } from "@/lib/clock";
import { transaction } from "@/lib/db";
import { parseInput } from "@/lib/parse-input";
import { profileOf } from "@/lib/profiles/registry";
import { changedBetween } from "./changed";
import { authorizeChange, confirmName, lockTemplate, textsOf } from "./confirm";
import { ChangeTemplateInput, templateFields } from "./schema";
import { writeFills } from "./stored";

/** Nothing is recorded where all is as it was. @throws AppError `forbidden`, `invalid` by field, `not_found`, `conflict` when somebody was faster, or `throttled` */
export async function changeTemplate(actor: Actor, input: unknown): Promise<{ templateId: string; version: number }> {
  await authorize(actor, "template.propose");
  const { templateId, version, state } = parseInput(ChangeTemplateInput, input);
  const seen = await authorizeChange(templateId, actor, "What you typed stands here until you leave.");
  const profile = profileOf(seen.profile);
  const { name, note, fills } = parseInput(templateFields(profile), input);
  await confirmNoSecret(textsOf({ name, note, fills }));
  await countAgainst(actor, "templates");
  return transaction(async (tx) => {
    await confirmActor(tx, actor);
    const before = await lockTemplate(tx, seen, { version, state });
    const after = { name, note, fills: writeFills(fills) };
    const anew = before.state === "declined";
    const changed = changedBetween(before, after);
    if (Object.keys(changed).length === 0 && !anew) return { templateId, version };
    // Two may read the same that were saved before that was refused.
    if (name !== before.name) await confirmName(tx, profile, name, templateId);
    const at = clock();
    const next = version + 1;
    await tx.template.update({
      where: { id: templateId },
      data: {
        ...after,
        version: next,
        changedAt: at,
        ...(anew ? { state: "proposed", answer: null, answeredByName: null } : {}),
      },
    });
    await recordEvent(tx, actor, {
      action: "template.changed",
      outcome: "ok",
      detail: {
        template: templateId,
        name,
        version: next,
        changed: { ...changed, ...(anew ? { state: ["declined", "proposed"] } : {}) },
      },
      // Found by both.
      words: before.name === name ? [] : [before.name],
      at,
    });
    return { templateId, version: next };
  });
}
