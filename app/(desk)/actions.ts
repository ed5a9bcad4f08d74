"use server";
/** Actions of the frame around every page. */
import { redirect } from "next/navigation";
import type { ActionResult } from "@/lib/action-result";
import { signOut } from "@/lib/auth/config";
import { endSession } from "@/lib/auth/sign-out";
import { runAction } from "@/lib/run-action";
import { findTokensByNumber, listDestinations } from "@/lib/tokens/destinations";

export async function signOutAction(): Promise<ActionResult<void>> {
  const result = await runAction(endSession);
  // Somebody whose session is over already wants the same: to be out. So does who leaves while nothing can be recorded.
  const unrecorded = !result.ok && result.error.code === "record_unavailable";
  if (!result.ok && !unrecorded && result.error.code !== "unauthenticated") return result;
  await signOut({ redirect: false });
  redirect(unrecorded ? "/sign-in?session=open" : "/sign-in");
}

export async function listDestinationsAction() {
  return runAction(listDestinations);
}

export async function findTokensAction(input: unknown) {
  return runAction(findTokensByNumber, input);
}
