"use server";
/** Actions of the audit page. */
import { countNewer } from "@/lib/audit/list";
import { runAction } from "@/lib/run-action";

export async function countNewerAction(input: unknown, after: number) {
  return runAction(countNewer, { ...(input as object), after });
}
