/** Gives an endpoint another address: the one before answers no more from that moment on. Refuses to end an address that whoever asks has not seen. */
import { recordEvent } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { confirmActor } from "@/lib/auth/confirm-actor";
import { transaction } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { lockEndpoint } from "./confirm";
import { newPath } from "./create";
import { SeenEndpointInput } from "./schema";

/** @throws AppError `forbidden`, `not_found`, or `conflict` when somebody was faster */
export async function renewEndpoint(actor: Member, input: unknown): Promise<void> {
  await authorize(actor, "endpoint.manage");
  const { endpointId, version: seen } = parseInput(SeenEndpointInput, input);
  await transaction(async (tx) => {
    await confirmActor(tx, actor);
    const { name, version } = await lockEndpoint(tx, endpointId);
    // Perhaps it was this: then an app may have the new address already.
    if (version !== seen)
      throw new AppError(
        "conflict",
        "Nothing was done: this endpoint was changed meanwhile, by somebody else or by a try of yours that had no answer. Reload the page to see it.",
      );
    await tx.endpoint.update({ where: { id: endpointId }, data: { path: newPath(), version: version + 1 } });
    await recordEvent(tx, actor, {
      action: "endpoint.renewed",
      outcome: "ok",
      detail: { endpoint: endpointId, name },
    });
  });
}
