"use server";
/** Actions for people who have not signed in. */
import { RedirectType, redirect } from "next/navigation";
import type { ActionResult } from "@/lib/action-result";
import { enterSession, sessionIdInCookie, signIn } from "@/lib/auth/config";
import { pathAfterSignIn } from "@/lib/auth/path-after-sign-in";
import { SignInInput } from "@/lib/auth/schema";
import { createFirstAdmin } from "@/lib/auth/setup";
import { parseInput } from "@/lib/parse-input";
import { runVisitorAction } from "@/lib/run-action";

const enter = (credentials: SignInInput) => signIn("credentials", { ...credentials, redirect: false, redirectTo: "/" });

/** @param next bound by the page, but sent by the browser: anything */
export async function signInAction(next: unknown, input: unknown): Promise<ActionResult<unknown>> {
  const result = await runVisitorAction((_, typed) => enter(parseInput(SignInInput, typed)), input);
  if (!result.ok) return result;
  redirect(pathAfterSignIn(next));
}

export async function setupAction(input: unknown): Promise<ActionResult<unknown>> {
  const result = await runVisitorAction(
    async (visitor, typed) => enterSession(await createFirstAdmin(visitor, typed, await sessionIdInCookie())),
    input,
  );
  if (!result.ok) return result;
  // The link has been used: nobody goes back to it.
  redirect("/", RedirectType.replace);
}
