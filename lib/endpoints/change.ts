/** Changes what an endpoint gives, to whom and how often; its address stays. What is under way by what it was before is refused. */
import { recordEvent } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { confirmActor } from "@/lib/auth/confirm-actor";
import { confirmProgramName } from "@/lib/auth/member-name";
import { reader, transaction } from "@/lib/db";
import { parseInput } from "@/lib/parse-input";
import { nameOfTemplate } from "@/lib/templates/name-of";
import { confirmSettings, lockEndpoint } from "./confirm";
import { changedTold, columnsOf, told } from "./row";
import { EndpointForm, SeenEndpointInput } from "./schema";

/** @throws AppError `forbidden`, `invalid` by field, `not_found`, or `conflict` when somebody was faster */
export async function changeEndpoint(actor: Member, input: unknown): Promise<{ endpointId: string }> {
  await authorize(actor, "endpoint.manage");
  const { endpointId, version } = parseInput(SeenEndpointInput, input);
  const settings = parseInput(EndpointForm, input);
  const { names, reach } = await confirmSettings(settings);
  const seen = await reader().endpoint.findUnique({ where: { id: endpointId } });
  const keyBefore =
    seen && (await reader().signingKey.findUnique({ where: { id: seen.keyId }, select: { label: true } }));
  const before = { key: keyBefore?.label ?? "", template: seen ? await nameOfTemplate(seen.templateId) : "" };
  return transaction(async (tx) => {
    await confirmActor(tx, actor);
    const row = await lockEndpoint(tx, endpointId, version);
    // One that has a member's name since before such were refused stays as it is.
    if (settings.name !== row.name) await confirmProgramName(tx, settings.name);
    const columns = columnsOf(settings, reach);
    const changed = changedTold(told(row, before), told(columns, names));
    if (Object.keys(changed).length === 0) return { endpointId };
    await tx.endpoint.update({ where: { id: endpointId }, data: { ...columns, version: version + 1 } });
    await recordEvent(tx, actor, {
      action: "endpoint.changed",
      outcome: "ok",
      detail: { endpoint: endpointId, name: settings.name, changed },
      target: { key: { id: settings.keyId, label: names.key } },
    });
    return { endpointId };
  });
}
