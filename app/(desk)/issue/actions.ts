"use server";
/** Actions of the issue page. */
import { makeHandover } from "@/lib/handover/make";
import { withdrawHandover } from "@/lib/handover/withdraw";
import { runAction } from "@/lib/run-action";
import { issueToken } from "@/lib/tokens/issue";

export async function issueTokenAction(input: unknown) {
  return runAction(issueToken, input);
}

export async function makeHandoverAction(input: unknown) {
  return runAction(makeHandover, input);
}

export async function withdrawHandoverAction(input: unknown) {
  return runAction(withdrawHandover, input);
}
