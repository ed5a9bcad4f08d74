"use server";
/** Actions of one's own account. */
import { refresh } from "next/cache";
import { enterSession } from "@/lib/auth/config";
import { withdrawHandover } from "@/lib/handover/withdraw";
import { changeName } from "@/lib/me/change-name";
import { changePassword } from "@/lib/me/change-password";
import { endOtherSessions, endOwnSession } from "@/lib/me/end-sessions";
import { runAction } from "@/lib/run-action";

export async function changeNameAction(input: unknown) {
  const result = await runAction(changeName, input);
  if (result.ok) refresh();
  return result;
}

export async function changePasswordAction(input: unknown) {
  const result = await runAction(async (actor, typed) => {
    const { ended, ...opened } = await changePassword(actor, typed);
    await enterSession(opened);
    return { ended };
  }, input);
  if (result.ok) refresh();
  return result;
}

export async function endSessionAction(input: unknown) {
  const result = await runAction(endOwnSession, input);
  if (result.ok) refresh();
  return result;
}

export async function endOtherSessionsAction() {
  const result = await runAction(endOtherSessions);
  if (result.ok) refresh();
  return result;
}

export async function withdrawOwnHandoverAction(input: unknown) {
  const result = await runAction(withdrawHandover, input);
  if (result.ok) refresh();
  return result;
}
