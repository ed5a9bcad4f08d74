/** Makes a credential for a program. Its value is shown once and kept as its hash alone. Refuses a key or a template that is not there. */
import { createHash, randomBytes } from "node:crypto";
import { confirmNoSecret } from "@/lib/audit/confirm-no-secret";
import { recordEvent } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { confirmActor } from "@/lib/auth/confirm-actor";
import { confirmProgramName } from "@/lib/auth/member-name";
import { now as clock } from "@/lib/clock";
import { reader, type Tx, transaction } from "@/lib/db";
import { AppError, type FieldErrors } from "@/lib/errors";
import { newId } from "@/lib/new-id";
import { parseInput } from "@/lib/parse-input";
import { profiles } from "@/lib/profiles/registry";
import { writeCredential } from "@/lib/text/credential";
import { isSubnet } from "./addresses";
import { writeNames } from "./row";
import { CredentialForm, MOST_CREDENTIALS } from "./schema";

/** As many of its characters are kept, to tell it from others. */
const ENDING = 4;

export const hashOf = (value: string) => new Uint8Array(createHash("sha256").update(value, "ascii").digest());

/** Adds a value to a credential. @returns the value, which nobody has again */
export async function addValue(tx: Tx, credentialId: string, at: Date): Promise<string> {
  const value = writeCredential(randomBytes(32));
  await tx.credentialValue.create({
    data: { id: newId(), credentialId, hash: hashOf(value), ending: value.slice(-ENDING), createdAt: at },
  });
  return value;
}

/** @throws AppError `forbidden`, `invalid` by field, or `conflict` when there are too many */
export async function createCredential(
  actor: Member,
  input: unknown,
): Promise<{ credentialId: string; credential: string }> {
  await authorize(actor, "credential.manage");
  const settings = parseInput(CredentialForm, input);
  const { name, keyIds, templateIds, addresses, perMinute, endsAt } = settings;
  await confirmNoSecret({ name });
  const labels = await confirmNamed(keyIds, templateIds, addresses);
  return transaction(async (tx) => {
    await confirmActor(tx, actor);
    if ((await tx.credential.count({ where: { endedAt: null } })) >= MOST_CREDENTIALS)
      throw new AppError("conflict", `There are ${MOST_CREDENTIALS} credentials already: end one first.`);
    await confirmProgramName(tx, name);
    const at = clock();
    const credentialId = newId();
    const ends = endsAt === null ? null : new Date(endsAt * 1000);
    await tx.credential.create({
      data: {
        ...{ id: credentialId, name, scopes: JSON.stringify(settings.scopes), perMinute, endsAt: ends, version: 1 },
        ...{ keyIds: writeNames(keyIds), templateIds: writeNames(templateIds), addresses: writeNames(addresses) },
        ...{ createdAt: at, createdById: actor.id, createdByName: actor.name, ownerId: actor.id },
      },
    });
    const credential = await addValue(tx, credentialId, at);
    await recordEvent(tx, actor, {
      action: "credential.created",
      outcome: "ok",
      detail: {
        ...{ credential: credentialId, name },
        changed: {
          scopes: [null, settings.scopes],
          ...(keyIds.length > 0 ? { keys: [null, labels.keys] } : {}),
          ...(templateIds.length > 0 ? { templates: [null, labels.templates] } : {}),
          ...(addresses.length > 0 ? { addresses: [null, addresses] } : {}),
          ...(perMinute === null ? {} : { perMinute: [null, perMinute] }),
          ...(ends === null ? {} : { endsAt: [null, ends.toISOString()] }),
        },
      },
      at,
    });
    return { credentialId, credential };
  });
}

/** Without it, what is left of a list that named some would be a credential of all. */
const goneSaid = (what: "keys" | "templates") =>
  `One of these ${what} is gone. Reload the page, and tick again those that are meant; where none is left to tick, press Cancel and begin anew.`;

/** @returns what they are called @throws AppError `invalid` */
async function confirmNamed(
  keyIds: readonly string[],
  templateIds: readonly string[],
  addresses: readonly string[],
): Promise<{ keys: string[]; templates: string[] }> {
  const fields: FieldErrors = {};
  const [keys, team] = await Promise.all([
    reader().signingKey.findMany({ where: { id: { in: [...keyIds] } }, select: { id: true, label: true } }),
    reader().template.findMany({
      where: { id: { in: [...templateIds] }, state: "accepted" },
      select: { id: true, name: true },
    }),
  ]);
  const own = [...profiles.values()].flatMap(({ templates }) => templates);
  const templates = [...own.filter(({ id }) => templateIds.includes(id)), ...team];
  if (keyIds.some((id) => !keys.some((key) => key.id === id))) fields.keyIds = goneSaid("keys");
  if (templateIds.some((id) => !templates.some((template) => template.id === id)))
    fields.templateIds = goneSaid("templates");
  const wrong = addresses.find((address) => !isSubnet(address));
  if (wrong !== undefined) fields.addresses = `"${wrong}" is no address and no subnet.`;
  if (Object.keys(fields).length > 0)
    throw new AppError("invalid", "Nothing was saved; what you typed is kept.", { fields });
  return { keys: keys.map(({ label }) => label), templates: templates.map(({ name }) => name) };
}
