"use server";
/** Actions of the decode page. */
import { runAction } from "@/lib/run-action";
import { inspectToken } from "@/lib/tokens/inspect";
import { lookUpTokens } from "@/lib/tokens/look-up";

export async function inspectTokenAction(input: unknown) {
  return runAction(inspectToken, input);
}

export async function lookUpTokensAction(input: unknown) {
  return runAction(lookUpTokens, input);
}
