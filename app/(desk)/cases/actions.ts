"use server";
/** Actions of the pages on cases. */
import { refresh } from "next/cache";
import { acknowledgeCase } from "@/lib/cases/acknowledge";
import { runAction } from "@/lib/run-action";

export async function acknowledgeCaseAction(input: unknown) {
  const result = await runAction(acknowledgeCase, input);
  if (result.ok) refresh();
  return result;
}
