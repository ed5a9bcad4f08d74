/** Gives a credential another value; the one before works beside it for a while, so that whoever uses it can change over. Refuses to bring back one that has ended. */
import { recordEvent } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { confirmActor } from "@/lib/auth/confirm-actor";
import { now as clock } from "@/lib/clock";
import { transaction } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { addValue } from "./create";
import { lockCredential } from "./lock";
import { RenewCredentialInput } from "./schema";

/** @returns the new value, which nobody has again @throws AppError `forbidden`, `invalid`, `not_found` or `conflict` */
export async function renewCredential(actor: Member, input: unknown): Promise<{ credential: string }> {
  await authorize(actor, "credential.manage");
  const { credentialId, ending, overlap } = parseInput(RenewCredentialInput, input);
  return transaction(async (tx) => {
    await confirmActor(tx, actor);
    const { name, endsAt } = await lockCredential(tx, credentialId);
    const at = clock();
    if (endsAt && endsAt <= at)
      throw new AppError(
        "conflict",
        "This credential's end has passed: another value would open nothing. Create one anew.",
      );
    const current = await tx.credentialValue.findFirst({ where: { credentialId, endsAt: null } });
    // Perhaps somebody uses that one already: it would end with the value that was seen.
    if (current?.ending !== ending)
      throw new AppError(
        "conflict",
        "Nothing was done: this credential was given another value meanwhile. Reload the page to see it.",
      );
    const until = new Date(at.getTime() + overlap * 1000);
    await tx.credentialValue.updateMany({
      where: { credentialId, OR: [{ endsAt: null }, { endsAt: { gt: until } }] },
      data: { endsAt: until },
    });
    const credential = await addValue(tx, credentialId, at);
    await recordEvent(tx, actor, {
      action: "credential.renewed",
      outcome: "ok",
      detail: { credential: credentialId, name, until: until.toISOString() },
      at,
    });
    return { credential };
  });
}
