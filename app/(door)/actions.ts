"use server";
/** Actions for people who have not signed in. */
import { redirect } from "next/navigation";
import type { ActionResult } from "@/lib/action-result";
import { signIn } from "@/lib/auth/config";
import { SignInInput } from "@/lib/auth/schema";
import { createFirstAdmin } from "@/lib/auth/setup";
import { parseInput } from "@/lib/parse-input";
import { runVisitorAction } from "@/lib/run-action";

const enter = (credentials: SignInInput) => signIn("credentials", { ...credentials, redirect: false, redirectTo: "/" });

export async function signInAction(next: string, input: unknown): Promise<ActionResult<unknown>> {
  const result = await runVisitorAction((_, typed) => enter(parseInput(SignInInput, typed)), input);
  if (!result.ok) return result;
  // Only a path of this desk: "//elsewhere.example" and "/\elsewhere.example" are other sites.
  redirect(/^\/(?![/\\])/.test(next) ? next : "/");
}

export async function setupAction(input: unknown): Promise<ActionResult<unknown>> {
  const result = await runVisitorAction(async (visitor, typed) => enter(await createFirstAdmin(visitor, typed)), input);
  if (!result.ok) return result;
  redirect("/");
}
