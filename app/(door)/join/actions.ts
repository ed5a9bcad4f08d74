"use server";
/** Joins the team by an invitation, and signs in. */
import { RedirectType, redirect } from "next/navigation";
import type { ActionResult } from "@/lib/action-result";
import { enterSession, sessionIdInCookie } from "@/lib/auth/config";
import { runVisitorAction } from "@/lib/run-action";
import { joinTeam } from "@/lib/team/join";

export async function joinTeamAction(input: unknown): Promise<ActionResult<unknown>> {
  const result = await runVisitorAction(
    async (visitor, typed) => enterSession(await joinTeam(visitor, typed, await sessionIdInCookie())),
    input,
  );
  if (!result.ok) return result;
  // The link has been used: nobody goes back to it.
  redirect("/", RedirectType.replace);
}
