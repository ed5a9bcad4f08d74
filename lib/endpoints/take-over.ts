/** Makes an admin answer for an endpoint from now on: one whose owner is disabled, or no admin any more, stands still until somebody does. */
import { recordEvent } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { confirmActor } from "@/lib/auth/confirm-actor";
import { transaction } from "@/lib/db";
import { parseInput } from "@/lib/parse-input";
import { lockEndpoint } from "./confirm";
import { EndpointInput } from "./schema";

/** @throws AppError `forbidden`, `not_found` or `conflict` */
export async function takeOverEndpoint(actor: Member, input: unknown): Promise<void> {
  await authorize(actor, "endpoint.manage");
  const { endpointId } = parseInput(EndpointInput, input);
  await transaction(async (tx) => {
    await confirmActor(tx, actor);
    const { name, version, ownerId } = await lockEndpoint(tx, endpointId);
    if (ownerId === actor.id) return;
    const owner = await tx.member.findUniqueOrThrow({ where: { id: ownerId }, select: { name: true } });
    await tx.endpoint.update({ where: { id: endpointId }, data: { ownerId: actor.id, version: version + 1 } });
    await recordEvent(tx, actor, {
      action: "endpoint.taken_over",
      outcome: "ok",
      detail: { endpoint: endpointId, name, changed: { owner: [owner.name, actor.name] } },
      target: { memberId: ownerId },
    });
  });
}
