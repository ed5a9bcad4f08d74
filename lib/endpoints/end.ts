/** Ends an endpoint for good: its address answers no more, and nothing of it changes. What it issued stays in the ledger. */
import { recordEvent } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { confirmActor } from "@/lib/auth/confirm-actor";
import { now as clock } from "@/lib/clock";
import { transaction } from "@/lib/db";
import { parseInput } from "@/lib/parse-input";
import { lockEndpoint } from "./confirm";
import { EndpointInput } from "./schema";

/** @throws AppError `forbidden`, `not_found` or `conflict` */
export async function endEndpoint(actor: Member, input: unknown): Promise<void> {
  await authorize(actor, "endpoint.manage");
  const { endpointId } = parseInput(EndpointInput, input);
  await transaction(async (tx) => {
    await confirmActor(tx, actor);
    const { name, version } = await lockEndpoint(tx, endpointId);
    const at = clock();
    await tx.endpoint.update({ where: { id: endpointId }, data: { endedAt: at, version: version + 1 } });
    await recordEvent(tx, actor, {
      action: "endpoint.ended",
      outcome: "ok",
      detail: { endpoint: endpointId, name },
      at,
    });
  });
}
