/** Moves a template before another one, or to the end: in the order in which the issue form shows them, the vendor's own among the team's. */
import { recordEvent } from "@/lib/audit/record";
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { confirmActor } from "@/lib/auth/confirm-actor";
import { transaction } from "@/lib/db";
import { parseInput } from "@/lib/parse-input";
import { goneTemplate, profileNamed } from "./confirm";
import { MoveTemplateInput } from "./schema";
import { arranged, arrangementOf, writeArrangement } from "./stored";

/** @returns its place, counted from 1 @throws AppError `forbidden`, `invalid`, or `not_found` */
export async function moveTemplate(actor: Actor, input: unknown): Promise<{ position: number }> {
  await authorize(actor, "template.manage");
  const { profile: profileId, templateId, before } = parseInput(MoveTemplateInput, input);
  const profile = profileNamed(profileId);
  if (!profile) throw goneTemplate();
  return transaction(async (tx) => {
    await confirmActor(tx, actor);
    const [team, row] = await Promise.all([
      tx.template.findMany({
        where: { profile: profileId, state: "accepted" },
        orderBy: [{ createdAt: "asc" }, { id: "asc" }],
        select: { id: true, name: true, version: true },
      }),
      tx.templateArrangement.findUnique({ where: { profile: profileId } }),
    ]);
    const arrangement = arrangementOf(row);
    const own = profile.templates.map(({ id, name }) => ({ id, name, version: undefined }));
    const all = arranged([...own, ...team], arrangement.order);
    const moved = all.find(({ id }) => id === templateId);
    const others = all.filter((each) => each !== moved);
    const place = before === null ? others.length : others.findIndex(({ id }) => id === before);
    if (!moved || place === -1) throw goneTemplate();
    const was = all.indexOf(moved);
    if (was !== place) {
      const order = others.toSpliced(place, 0, moved).map(({ id }) => id);
      await writeArrangement(tx, profileId, { ...arrangement, order });
      await recordEvent(tx, actor, {
        action: "template.changed",
        outcome: "ok",
        detail: {
          ...{ template: templateId, name: moved.name },
          ...(moved.version === undefined ? {} : { version: moved.version }),
          changed: { position: [was + 1, place + 1] },
        },
      });
    }
    return { position: place + 1 };
  });
}
