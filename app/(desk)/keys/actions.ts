"use server";
/** Actions of the keys page. */
import { refresh } from "next/cache";
import { changeKey } from "@/lib/keys/change";
import { createKey } from "@/lib/keys/create";
import { setKeyStatus } from "@/lib/keys/set-status";
import { runAction } from "@/lib/run-action";

export async function createKeyAction(input: unknown) {
  const result = await runAction(createKey, input);
  if (result.ok) refresh();
  return result;
}

export async function setKeyStatusAction(input: unknown) {
  const result = await runAction(setKeyStatus, input);
  if (result.ok) refresh();
  return result;
}

export async function changeKeyAction(input: unknown) {
  const result = await runAction(changeKey, input);
  if (result.ok) refresh();
  return result;
}
