"use server";
/** Actions of the decode page. */
import { refresh } from "next/cache";
import { runAction } from "@/lib/run-action";
import { inspectToken } from "@/lib/tokens/inspect";
import { lookUpTokens } from "@/lib/tokens/look-up";

export async function inspectTokenAction(input: unknown) {
  const result = await runAction(inspectToken, input);
  // The shell counts the cases, and is not drawn anew otherwise.
  if (result.ok && result.data.elsewhere?.caseOpened) refresh();
  return result;
}

export async function lookUpTokensAction(input: unknown) {
  return runAction(lookUpTokens, input);
}
