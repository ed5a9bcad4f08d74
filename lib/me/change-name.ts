/** Changes one's own name. What was recorded under the name before stays as it was recorded. */
import { recordEvent } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { confirmActor } from "@/lib/auth/confirm-actor";
import { countAgainst } from "@/lib/auth/count-against";
import { confirmName } from "@/lib/auth/member-name";
import { transaction } from "@/lib/db";
import { parseInput } from "@/lib/parse-input";
import { ChangeNameInput } from "./schema";

/** @throws AppError `forbidden`, `invalid`, `throttled`, or `unauthenticated` */
export async function changeName(actor: Member, input: unknown): Promise<{ name: string }> {
  await authorize(actor, "me.change");
  const { name } = parseInput(ChangeNameInput, input);
  await countAgainst(actor, "renames");
  await transaction(async (tx) => {
    await confirmActor(tx, actor);
    const before = await tx.member.findUniqueOrThrow({ where: { id: actor.id }, select: { name: true } });
    if (before.name === name) return;
    await confirmName(tx, name, actor.id);
    await tx.member.update({ where: { id: actor.id }, data: { name } });
    await recordEvent(tx, actor, {
      action: "member.changed",
      outcome: "ok",
      detail: { changed: { name: [before.name, name] } },
      target: { memberId: actor.id },
      // Found by both.
      words: [name],
    });
  });
  return { name };
}
