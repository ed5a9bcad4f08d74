/** Gives an endpoint another address: the one before answers no more from that moment on. */
import { recordEvent } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { confirmActor } from "@/lib/auth/confirm-actor";
import { transaction } from "@/lib/db";
import { parseInput } from "@/lib/parse-input";
import { lockEndpoint } from "./confirm";
import { newPath } from "./create";
import { EndpointInput } from "./schema";

/** @throws AppError `forbidden`, `not_found` or `conflict` */
export async function renewEndpoint(actor: Member, input: unknown): Promise<void> {
  await authorize(actor, "endpoint.manage");
  const { endpointId } = parseInput(EndpointInput, input);
  await transaction(async (tx) => {
    await confirmActor(tx, actor);
    const { name, version } = await lockEndpoint(tx, endpointId);
    await tx.endpoint.update({ where: { id: endpointId }, data: { path: newPath(), version: version + 1 } });
    await recordEvent(tx, actor, {
      action: "endpoint.renewed",
      outcome: "ok",
      detail: { endpoint: endpointId, name },
    });
  });
}
