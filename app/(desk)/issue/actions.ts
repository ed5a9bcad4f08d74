"use server";
/** Actions of the issue page. */
import { runAction } from "@/lib/run-action";
import { issueToken } from "@/lib/tokens/issue";

export async function issueTokenAction(input: unknown) {
  return runAction(issueToken, input);
}
