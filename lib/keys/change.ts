/** Changes what an admin may change of a key: its label, its policy, and whether something else signs with its secret. Records what it was and what it is; changes nothing when all is as it was. */
import { confirmNoSecret } from "@/lib/audit/confirm-no-secret";
import { recordEvent } from "@/lib/audit/record";
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { confirmActor } from "@/lib/auth/confirm-actor";
import { transaction } from "@/lib/db";
import { parseInput } from "@/lib/parse-input";
import { goneKey } from "./gone";
import { writePolicy } from "./policy";
import { limitsOf, policyAfter } from "./policy-after";
import { ChangeKeyInput, signsElsewhereOf } from "./schema";

/** What is not given stays. @throws AppError `forbidden`, `invalid`, or `not_found` */
export async function changeKey(actor: Actor, input: unknown): Promise<{ keyId: string; changed: string[] }> {
  await authorize(actor, "key.change");
  const { keyId, label, signsElsewhere, ...limits } = parseInput(ChangeKeyInput, input);
  await confirmNoSecret({ label });
  return transaction(async (tx) => {
    await confirmActor(tx, actor);
    const key = await tx.signingKey.findUnique({ where: { id: keyId } });
    if (!key) throw goneKey();
    const policy = await policyAfter(tx, key, { ...limits, label });
    const before = {
      label: key.label,
      ...limitsOf(policy.before, policy.templates),
      signsElsewhere: signsElsewhereOf(key.signsElsewhere),
    };
    const after = {
      label: label ?? before.label,
      ...limitsOf(policy.after, policy.templates),
      signsElsewhere: signsElsewhere ?? before.signsElsewhere,
    };
    const changed = changesBetween(before, after);
    if (Object.keys(changed).length === 0) return { keyId, changed: [] };
    await tx.signingKey.update({
      where: { id: keyId },
      data: { label: after.label, signsElsewhere: after.signsElsewhere, policy: writePolicy(policy.after) },
    });
    await recordEvent(tx, actor, {
      action: "key.changed",
      outcome: "ok",
      detail: { changed },
      target: { key: { id: keyId, label: after.label } },
    });
    return { keyId, changed: Object.keys(changed) };
  });
}

type Value = string | number | string[] | null;

/** What only one of the two has is nothing in the other. */
function changesBetween(before: Record<string, Value>, after: Record<string, Value>): Record<string, [Value, Value]> {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return Object.fromEntries(
    names.flatMap((name) => {
      const change: [Value, Value] = [before[name] ?? null, after[name] ?? null];
      const isSame = JSON.stringify(change[0]) === JSON.stringify(change[1]) || change.every(isNothing);
      return isSame ? [] : [[name, change]];
    }),
  );
}

/** A list that asks for nothing says as much as none. */
const isNothing = (value: Value) => value === null || (Array.isArray(value) && value.length === 0);
