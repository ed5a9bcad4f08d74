"use server";
/** Actions of the audit page. */
import { countNewer } from "@/lib/audit/list";
import { runAction } from "@/lib/run-action";
import { previewRevocation, revokeTokens } from "@/lib/tokens/revoke";

export async function countNewerAction(input: unknown, after: number) {
  // Of what is no object nothing is spread; the verb reads what comes.
  return runAction(countNewer, { ...(input as object), after }, { byItself: true });
}

export async function previewRevocationAction(input: unknown) {
  return runAction(previewRevocation, input);
}

export async function revokeTokensAction(input: unknown) {
  return runAction(revokeTokens, input);
}
