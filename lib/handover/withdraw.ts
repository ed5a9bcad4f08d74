/** Withdraws a hand-over that nobody has opened: what was sealed is erased. Refuses one that was opened, since the token is out. */
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { confirmActor } from "@/lib/auth/confirm-actor";
import { now as clock } from "@/lib/clock";
import { reader, transaction } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { HandoverInput } from "./schema";
import { stateOf } from "./state";
import { withdrawIn } from "./withdraw-in";

/** Doing it twice is doing it once. @throws AppError `forbidden`, `invalid`, `not_found`, or `conflict` for one that was opened */
export async function withdrawHandover(actor: Actor, input: unknown): Promise<void> {
  await authorize(actor, "token.hand_over");
  const { id } = parseInput(HandoverInput, input);
  const made = await reader().handover.findUnique({ where: { id }, select: { createdById: true } });
  if (!made) throw new AppError("not_found", "There is no such link. Reload the page.");
  await authorize(actor, "token.hand_over", { ownerId: made.createdById });
  await transaction(async (tx) => {
    await confirmActor(tx, actor);
    const at = clock();
    const row = await tx.handover.findUniqueOrThrow({ where: { id } });
    const state = stateOf(row, at);
    if (state === "opened")
      throw new AppError("conflict", `It was opened by ${row.endedByName} meanwhile. Revoke the token instead.`);
    if (state !== "open") return;
    await withdrawIn(tx, actor, row, at);
  });
}
