/** Makes a member an enabled admin, in one transaction: nobody is let in with the role that they had before. */
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { transaction } from "@/lib/db";
import { parseInput } from "@/lib/parse-input";
import { changeRoleIn } from "./change-role";
import { ChangeRoleInput } from "./schema";
import { setStatusIn } from "./set-status";

/** Doing it twice is doing it once. @throws AppError `forbidden`, `invalid`, or `not_found` */
export async function makeAdmin(actor: Actor, input: unknown): Promise<void> {
  await authorize(actor, "team.manage");
  const { memberId } = parseInput(ChangeRoleInput.omit({ role: true }), input);
  await transaction(async (tx) => {
    await setStatusIn(tx, actor, { memberId, disabled: false, note: "" });
    await changeRoleIn(tx, actor, { memberId, role: "admin" });
  });
}
