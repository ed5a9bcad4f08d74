"use server";
/** Actions of the frame around every page. */
import { redirect } from "next/navigation";
import type { ActionResult } from "@/lib/action-result";
import { signOut } from "@/lib/auth/config";
import { endSession } from "@/lib/auth/sign-out";
import { runAction } from "@/lib/run-action";
import { findTokenByNumber, listDestinations } from "@/lib/tokens/destinations";

export async function signOutAction(): Promise<ActionResult<void>> {
  const result = await runAction(endSession);
  // Somebody whose session is over already wants the same: to be out.
  if (!result.ok && result.error.code !== "unauthenticated") return result;
  await signOut({ redirect: false });
  redirect("/sign-in");
}

export async function listDestinationsAction() {
  return runAction(listDestinations);
}

export async function findTokenAction(input: unknown) {
  return runAction(findTokenByNumber, input);
}
