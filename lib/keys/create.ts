/** Adds a signing key of one of the vendors; the secret is sealed before it touches the database. Refuses a duplicate API key, another key's API key pasted as secret, and, until it is confirmed, a secret that another key has too. */
import { confirmNoSecret } from "@/lib/audit/confirm-no-secret";
import { recordEvent } from "@/lib/audit/record";
import { type Actor, idOf, nameOf } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { confirmActor } from "@/lib/auth/confirm-actor";
import { now } from "@/lib/clock";
import { transaction } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/new-id";
import { parseInput } from "@/lib/parse-input";
import { profileOf } from "@/lib/profiles/registry";
import { seal } from "@/lib/seal";
import { fingerprint } from "./fingerprint";
import { isGuessable } from "./guessable-secret";
import { openPolicy, writePolicy } from "./policy";
import { CreateKeyInput } from "./schema";
import { guessableSaid, keysWithSecret, sharedSaid } from "./secret-of-others";

/** @throws AppError `forbidden`, `invalid`, or `conflict` */
export async function createKey(
  actor: Actor,
  input: unknown,
): Promise<{ keyId: string; label: string; fingerprint: string }> {
  await authorize(actor, "key.create");
  const { profile, label, apiKey, secret, maxTtlSeconds, sharesSecret } = parseInput(CreateKeyInput, input);
  const { name: vendor, words } = profileOf(profile);
  if (isGuessable(secret, { apiKey, label }))
    throw new AppError("invalid", "Nothing was saved.", {
      fields: { secret: guessableSaid(words) },
    });
  const print = fingerprint(secret);
  await confirmNoSecret({ label, apiKey }, { others: [print] });
  const keyId = newId();
  const versionId = newId();
  const sealed = await seal(secret, versionId);
  const createdAt = now();

  await transaction(async (tx) => {
    await confirmActor(tx, actor);
    const twin = await tx.signingKey.findFirst({
      where: { apiKey: { in: [...new Set([apiKey, apiKey.toLowerCase(), apiKey.toUpperCase(), secret])] } },
      select: { apiKey: true, label: true },
    });
    if (twin?.apiKey.toLowerCase() === apiKey.toLowerCase()) {
      throw new AppError("conflict", "Nothing was saved.", {
        fields: { apiKey: `This API key is here already, as "${twin.label}".` },
      });
    }
    if (twin) {
      throw new AppError("invalid", "Nothing was saved.", {
        fields: { secret: `This is the API key of "${twin.label}", not a secret.` },
      });
    }
    const [sharedWith] = await keysWithSecret(tx, secret);
    if (sharedWith && !sharesSecret) {
      throw new AppError("conflict", "Nothing was saved.", {
        fields: { sharesSecret: sharedSaid(sharedWith, vendor) },
      });
    }
    await tx.signingKey.create({
      data: {
        id: keyId,
        label,
        apiKey,
        profile,
        policy: writePolicy({ ...openPolicy, maxTtlSeconds }),
        createdAt,
        createdById: idOf(actor) ?? actor.kind,
        createdByName: nameOf(actor),
        secrets: { create: { id: versionId, sealed, fingerprint: print, createdAt, enteredById: idOf(actor) } },
      },
    });
    await recordEvent(tx, actor, {
      action: "key.created",
      outcome: "ok",
      detail: { apiKey, fingerprint: print, ...(sharedWith ? { sharesSecretWith: sharedWith.label } : {}) },
      target: { key: { id: keyId, label } },
      at: createdAt,
    });
  });
  return { keyId, label, fingerprint: print };
}
