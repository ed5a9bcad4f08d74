/** Changes what an admin may change of a key: its label, its max lifetime, and whether something else signs with its secret. Records what it was and what it is; changes nothing when all is as it was. */
import { confirmNoSecret } from "@/lib/audit/confirm-no-secret";
import { recordEvent } from "@/lib/audit/record";
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { confirmActor } from "@/lib/auth/confirm-actor";
import { transaction } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { readPolicy, writePolicy } from "./policy";
import { ChangeKeyInput, signsElsewhereOf } from "./schema";

/** What is not given stays. @throws AppError `forbidden`, `invalid`, or `not_found` */
export async function changeKey(actor: Actor, input: unknown): Promise<{ keyId: string; changed: string[] }> {
  await authorize(actor, "key.change");
  const { keyId, label, maxLifetime: maxTtlSeconds, signsElsewhere } = parseInput(ChangeKeyInput, input);
  await confirmNoSecret({ label });
  return transaction(async (tx) => {
    await confirmActor(tx, actor);
    const key = await tx.signingKey.findUnique({ where: { id: keyId } });
    if (!key) throw new AppError("not_found", "There is no such key. Reload the page.");
    const policy = readPolicy(key.policy);
    const before = {
      label: key.label,
      maxTtlSeconds: policy.maxTtlSeconds,
      signsElsewhere: signsElsewhereOf(key.signsElsewhere),
    };
    const after = {
      label: label ?? before.label,
      maxTtlSeconds: maxTtlSeconds === undefined ? before.maxTtlSeconds : maxTtlSeconds,
      signsElsewhere: signsElsewhere ?? before.signsElsewhere,
    };
    // Made a few lines above, of these names alone.
    const names = (Object.keys(before) as (keyof typeof before)[]).filter((name) => before[name] !== after[name]);
    if (names.length === 0) return { keyId, changed: [] };
    await tx.signingKey.update({
      where: { id: keyId },
      data: {
        label: after.label,
        signsElsewhere: after.signsElsewhere,
        policy: writePolicy({ ...policy, maxTtlSeconds: after.maxTtlSeconds }),
      },
    });
    await recordEvent(tx, actor, {
      action: "key.changed",
      outcome: "ok",
      detail: { changed: Object.fromEntries(names.map((name) => [name, [before[name], after[name]]])) },
      target: { key: { id: keyId, label: after.label } },
    });
    return { keyId, changed: names };
  });
}
