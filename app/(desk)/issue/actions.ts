"use server";
/** Actions of the issue page. */
import { refresh } from "next/cache";
import { makeHandover } from "@/lib/handover/make";
import { withdrawHandover } from "@/lib/handover/withdraw";
import { runAction } from "@/lib/run-action";
import { issueToken } from "@/lib/tokens/issue";

export async function issueTokenAction(input: unknown) {
  const result = await runAction(issueToken, input);
  // The page would have said it, had it known policy and templates as they are now. Of a disabled key it goes on to ask: it may be enabled again.
  if (!result.ok && result.error.fields && !result.error.fields.keyId) refresh();
  return result;
}

export async function makeHandoverAction(input: unknown) {
  return runAction(makeHandover, input);
}

export async function withdrawHandoverAction(input: unknown) {
  return runAction(withdrawHandover, input);
}
