"use server";
/** Actions of the decode page. */
import { runAction } from "@/lib/run-action";
import { inspectToken } from "@/lib/tokens/inspect";

export async function inspectTokenAction(input: unknown) {
  return runAction(inspectToken, input);
}
