/** Ends a credential for good, and at once: what is under way with it is refused. What it issued stays in the ledger. */
import { recordEvent } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { confirmActor } from "@/lib/auth/confirm-actor";
import { now as clock } from "@/lib/clock";
import { transaction } from "@/lib/db";
import { parseInput } from "@/lib/parse-input";
import { lockCredential } from "./lock";
import { CredentialInput } from "./schema";

/** @throws AppError `forbidden`, `not_found` or `conflict` */
export async function endCredential(actor: Member, input: unknown): Promise<void> {
  await authorize(actor, "credential.manage");
  const { credentialId } = parseInput(CredentialInput, input);
  await transaction(async (tx) => {
    await confirmActor(tx, actor);
    const { name, version } = await lockCredential(tx, credentialId);
    const at = clock();
    await tx.credential.update({ where: { id: credentialId }, data: { endedAt: at, version: version + 1 } });
    await recordEvent(tx, actor, {
      action: "credential.ended",
      outcome: "ok",
      detail: { credential: credentialId, name },
      at,
    });
  });
}
