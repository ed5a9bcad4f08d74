/** Saves a filled form as a template: an admin's is in force at once, an issuer's is a proposal. Refuses a name that another one has, and more than a form can show. What is sent again, as its answer got lost, is the one that was saved. */
import { confirmNoSecret } from "@/lib/audit/confirm-no-secret";
import { recordEvent } from "@/lib/audit/record";
import { type Actor, idOf, nameOf } from "@/lib/auth/actor";
import { authorize, isAllowed } from "@/lib/auth/authorize";
import { confirmActor } from "@/lib/auth/confirm-actor";
import { countAgainst } from "@/lib/auth/count-against";
import { now as clock } from "@/lib/clock";
import { type Tx, transaction } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { RESEND_SECONDS } from "@/lib/limits";
import { newId } from "@/lib/new-id";
import { parseInput } from "@/lib/parse-input";
import { changedBetween } from "./changed";
import { confirmName, confirmRoom, profileNamed, textsOf } from "./confirm";
import { OfProfileInput, type TemplateState, templateFields } from "./schema";
import { writeFills } from "./stored";

/** @throws AppError `forbidden`, `invalid` by field, `conflict` when there are too many, or `throttled` */
export async function createTemplate(
  actor: Actor,
  input: unknown,
): Promise<{ templateId: string; state: TemplateState }> {
  await authorize(actor, "template.propose");
  const profile = profileNamed(parseInput(OfProfileInput, input).profile);
  if (!profile) throw new AppError("invalid", "Nothing was saved.", { fields: { form: "There is no such vendor." } });
  const { name, note, fills } = parseInput(templateFields(profile), input);
  await confirmNoSecret(textsOf({ name, note, fills }));
  await countAgainst(actor, "templates");
  const state = isAllowed(actor, "template.manage") ? "accepted" : "proposed";
  return transaction(async (tx) => {
    await confirmActor(tx, actor);
    const saved = await savedJustNow(tx, actor, profile.id, { name, note, fills: writeFills(fills) });
    if (saved) return saved;
    await confirmRoom(tx, profile.id, state, idOf(actor));
    await confirmName(tx, profile, name);
    const at = clock();
    const templateId = newId();
    const row = { id: templateId, name, note, fills: writeFills(fills), version: 1 };
    await tx.template.create({
      data: {
        ...row,
        profile: profile.id,
        state,
        createdAt: at,
        createdById: idOf(actor),
        createdByName: nameOf(actor),
      },
    });
    await recordEvent(tx, actor, {
      action: state === "accepted" ? "template.created" : "template.proposed",
      outcome: "ok",
      detail: { template: templateId, name, version: 1, changed: changedBetween(undefined, row) },
      at,
    });
    return { templateId, state };
  });
}

/** The very same by the same person a moment ago: whoever heard no answer presses the button again. */
async function savedJustNow(
  tx: Tx,
  actor: Actor,
  profile: string,
  texts: { name: string; note: string; fills: string },
): Promise<{ templateId: string; state: TemplateState } | undefined> {
  const twin = await tx.template.findFirst({
    where: {
      ...{ profile, ...texts, version: 1, createdById: idOf(actor), state: { in: ["accepted", "proposed"] } },
      createdAt: { gte: new Date(clock().getTime() - RESEND_SECONDS * 1000) },
    },
    select: { id: true, state: true },
  });
  return twin ? { templateId: twin.id, state: twin.state === "accepted" ? "accepted" : "proposed" } : undefined;
}
