"use server";
/** Actions of the issue page. */
import { refresh } from "next/cache";
import { isNewsToPage } from "@/lib/action-result";
import { makeHandover } from "@/lib/handover/make";
import { withdrawHandover } from "@/lib/handover/withdraw";
import { runAction } from "@/lib/run-action";
import { issueToken } from "@/lib/tokens/issue";

export async function issueTokenAction(input: unknown) {
  const result = await runAction(issueToken, input);
  if (!result.ok && isNewsToPage(result.error)) refresh();
  return result;
}

export async function makeHandoverAction(input: unknown) {
  return runAction(makeHandover, input);
}

export async function withdrawHandoverAction(input: unknown) {
  return runAction(withdrawHandover, input);
}
