/** Ends the actor's own session, at once and in every tab. */
import { recordEvent } from "@/lib/audit/record";
import { now as clock } from "@/lib/clock";
import { transaction } from "@/lib/db";
import type { Member } from "./actor";

export async function endSession(actor: Member): Promise<void> {
  const now = clock();
  await transaction(async (tx) => {
    const { count } = await tx.session.updateMany({
      where: { id: actor.sessionId, endedAt: null },
      data: { endedAt: now },
    });
    // Signing out in two tabs at once is one sign-out.
    if (count > 0) await recordEvent(tx, actor, { action: "auth.signed_out", outcome: "ok", detail: {}, at: now });
  });
}
