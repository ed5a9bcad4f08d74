"use server";
/** Sets a new password by a reset link, and signs in. */
import { RedirectType, redirect } from "next/navigation";
import type { ActionResult } from "@/lib/action-result";
import { enterSession, sessionIdInCookie } from "@/lib/auth/config";
import { runVisitorAction } from "@/lib/run-action";
import { resetPassword } from "@/lib/team/reset-link-use";

export async function resetPasswordAction(input: unknown): Promise<ActionResult<unknown>> {
  const result = await runVisitorAction(
    async (visitor, typed) => enterSession(await resetPassword(visitor, typed, await sessionIdInCookie())),
    input,
  );
  if (!result.ok) return result;
  // The link has been used: nobody goes back to it.
  redirect("/", RedirectType.replace);
}
