"use server";
/** Actions of the page on credentials. */
import { refresh } from "next/cache";
import { createCredential } from "@/lib/credentials/create";
import { endCredential } from "@/lib/credentials/end";
import { renewCredential } from "@/lib/credentials/renew";
import { takeOverCredential } from "@/lib/credentials/take-over";
import { runAction } from "@/lib/run-action";

export async function createCredentialAction(input: unknown) {
  const result = await runAction(createCredential, input);
  if (result.ok) refresh();
  return result;
}

export async function renewCredentialAction(input: unknown) {
  const result = await runAction(renewCredential, input);
  if (result.ok) refresh();
  return result;
}

export async function takeOverCredentialAction(input: unknown) {
  const result = await runAction(takeOverCredential, input);
  if (result.ok) refresh();
  return result;
}

export async function endCredentialAction(input: unknown) {
  const result = await runAction(endCredential, input);
  if (result.ok) refresh();
  return result;
}
