/** Makes an admin answer for a credential from now on: one whose owner is disabled, or no admin any more, stands still until somebody does. */
import { recordEvent } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { confirmActor } from "@/lib/auth/confirm-actor";
import { transaction } from "@/lib/db";
import { parseInput } from "@/lib/parse-input";
import { lockCredential } from "./lock";
import { CredentialInput } from "./schema";

/** @throws AppError `forbidden`, `not_found` or `conflict` */
export async function takeOverCredential(actor: Member, input: unknown): Promise<void> {
  await authorize(actor, "credential.manage");
  const { credentialId } = parseInput(CredentialInput, input);
  await transaction(async (tx) => {
    await confirmActor(tx, actor);
    const { name, version, ownerId } = await lockCredential(tx, credentialId);
    if (ownerId === actor.id) return;
    const owner = await tx.member.findUniqueOrThrow({ where: { id: ownerId }, select: { name: true } });
    await tx.credential.update({ where: { id: credentialId }, data: { ownerId: actor.id, version: version + 1 } });
    await recordEvent(tx, actor, {
      action: "credential.taken_over",
      outcome: "ok",
      detail: { credential: credentialId, name, changed: { owner: [owner.name, actor.name] } },
      target: { memberId: ownerId },
    });
  });
}
