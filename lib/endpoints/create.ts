/** Makes a URL that gives tokens to whoever asks: of one key, from one template, within limits. Refuses what the key's policy does not allow, and what reaches far until it is confirmed. */
import { randomBytes } from "node:crypto";
import { recordEvent } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { confirmActor } from "@/lib/auth/confirm-actor";
import { confirmProgramName } from "@/lib/auth/member-name";
import { now as clock } from "@/lib/clock";
import { transaction } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/new-id";
import { parseInput } from "@/lib/parse-input";
import { confirmSettings } from "./confirm";
import { changedTold, columnsOf, told } from "./row";
import { EndpointForm, MOST_ENDPOINTS } from "./schema";

/** What nobody can guess: 128 bits, as 22 characters that a URL takes as they are. */
export const newPath = (): string => randomBytes(16).toString("base64url");

/** @throws AppError `forbidden`, `invalid` by field, or `conflict` when there are too many */
export async function createEndpoint(actor: Member, input: unknown): Promise<{ endpointId: string }> {
  await authorize(actor, "endpoint.manage");
  const settings = parseInput(EndpointForm, input);
  const { names, reach } = await confirmSettings(settings);
  return transaction(async (tx) => {
    await confirmActor(tx, actor);
    if ((await tx.endpoint.count({ where: { endedAt: null } })) >= MOST_ENDPOINTS)
      throw new AppError("conflict", `There are ${MOST_ENDPOINTS} endpoints already: end one first.`);
    await confirmProgramName(tx, settings.name);
    const at = clock();
    const endpointId = newId();
    const columns = columnsOf(settings, reach);
    await tx.endpoint.create({
      data: {
        ...{ id: endpointId, path: newPath(), ...columns, version: 1, createdAt: at },
        ...{ createdById: actor.id, createdByName: actor.name, ownerId: actor.id },
      },
    });
    await recordEvent(tx, actor, {
      action: "endpoint.created",
      outcome: "ok",
      detail: { endpoint: endpointId, name: settings.name, changed: changedTold({}, told(columns, names)) },
      target: { key: { id: settings.keyId, label: names.key } },
      words: [names.template],
      at,
    });
    return { endpointId };
  });
}
