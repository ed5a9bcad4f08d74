/** Switches an endpoint off, or on again. Doing it twice is doing it once. */
import { recordEvent } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { confirmActor } from "@/lib/auth/confirm-actor";
import { now as clock } from "@/lib/clock";
import { transaction } from "@/lib/db";
import { parseInput } from "@/lib/parse-input";
import { lockEndpoint } from "./confirm";
import { SetEndpointStatusInput } from "./schema";

/** @throws AppError `forbidden`, `not_found` or `conflict` */
export async function setEndpointStatus(actor: Member, input: unknown): Promise<void> {
  await authorize(actor, "endpoint.manage");
  const { endpointId, disabled } = parseInput(SetEndpointStatusInput, input);
  await transaction(async (tx) => {
    await confirmActor(tx, actor);
    const { name, version, disabledAt } = await lockEndpoint(tx, endpointId);
    if ((disabledAt !== null) === disabled) return;
    const at = clock();
    await tx.endpoint.update({
      where: { id: endpointId },
      data: { disabledAt: disabled ? at : null, version: version + 1 },
    });
    const told = { endpoint: endpointId, name };
    await recordEvent(
      tx,
      actor,
      disabled
        ? {
            action: "endpoint.disabled",
            outcome: "ok",
            detail: { ...told, changed: { state: ["active", "off"] } },
            at,
          }
        : {
            action: "endpoint.enabled",
            outcome: "ok",
            detail: { ...told, changed: { state: ["off", "active"] } },
            at,
          },
    );
  });
}
