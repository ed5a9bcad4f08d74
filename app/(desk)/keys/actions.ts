"use server";
/** Actions of the keys page. */
import { refresh } from "next/cache";
import { type ActionError, isNewsToPage } from "@/lib/action-result";
import { previewPolicy } from "@/lib/endpoints/stopped-by";
import { changeKey } from "@/lib/keys/change";
import { createKey } from "@/lib/keys/create";
import { removeKey } from "@/lib/keys/remove";
import { rotateKey } from "@/lib/keys/rotate";
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
  if (result.ok || isNews(result.error)) refresh();
  return result;
}

export async function previewKeyChangeAction(input: unknown) {
  const result = await runAction(previewPolicy, input);
  if (!result.ok && isNews(result.error)) refresh();
  return result;
}

/** What somebody else changed meanwhile, the key or the templates, is shown at once. */
const isNews = (error: ActionError) => error.code === "conflict" || isNewsToPage(error);

export async function rotateKeyAction(input: unknown) {
  const result = await runAction(rotateKey, input);
  // What it was rotated to, perhaps by the answer that got lost, is shown with the refusal.
  if (result.ok || isNews(result.error)) refresh();
  return result;
}

/** Its page is left, not drawn again: there is nothing on it any more. */
export async function removeKeyAction(input: unknown) {
  return runAction(removeKey, input);
}
