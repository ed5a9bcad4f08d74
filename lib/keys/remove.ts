/** Removes a key with which nothing was issued, and its secrets. Refuses one that the ledger names, or that has an open case: those need its secret to be recognised; and one whose tokens an endpoint gives. */
import { recordEvent } from "@/lib/audit/record";
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { confirmActor } from "@/lib/auth/confirm-actor";
import { now } from "@/lib/clock";
import { transaction } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { caseName } from "@/lib/text/numbered";
import { goneKey } from "./gone";
import { KeyInput } from "./schema";

/** @throws AppError `forbidden`, `invalid`, `conflict` or `not_found` */
export async function removeKey(actor: Actor, input: unknown): Promise<{ label: string }> {
  await authorize(actor, "key.remove");
  const { keyId } = parseInput(KeyInput, input);
  return transaction(async (tx) => {
    await confirmActor(tx, actor);
    const key = await tx.signingKey.findUnique({
      where: { id: keyId },
      include: { secrets: { where: { retiredAt: null } } },
    });
    if (!key) throw goneKey();
    // Looked up too, whatever the count says: what the ledger names must stay.
    const issued = await tx.issuedToken.findFirst({ where: { keyId }, select: { number: true } });
    if (key.issuedTokens > 0 || issued)
      throw new AppError(
        "conflict",
        "Nothing was removed: tokens were issued with this key, and its secret recognises them. Disable it instead.",
      );
    const open = await tx.case.findFirst({ where: { keyId, acknowledgedAt: null }, select: { number: true } });
    if (open)
      throw new AppError(
        "conflict",
        `Nothing was removed: ${caseName(open.number)} of this key is open. Acknowledge it first.`,
      );
    const endpoint = await tx.endpoint.findFirst({
      where: { keyId, endedAt: null, OR: [{ endsAt: null }, { endsAt: { gt: now() } }] },
      select: { name: true },
    });
    if (endpoint)
      throw new AppError(
        "conflict",
        `Nothing was removed: the endpoint “${endpoint.name}” gives its tokens. Give it another key first, or end it.`,
      );
    await tx.secretVersion.deleteMany({ where: { keyId } });
    await tx.signingKey.delete({ where: { id: keyId } });
    await recordEvent(tx, actor, {
      action: "key.removed",
      outcome: "ok",
      detail: { apiKey: key.apiKey, ...(key.secrets[0] ? { fingerprint: key.secrets[0].fingerprint } : {}) },
      target: { key: { id: keyId, label: key.label } },
    });
    return { label: key.label };
  });
}
