"use server";
/** Actions of the pages on token endpoints. */
import { refresh } from "next/cache";
import { changeEndpoint } from "@/lib/endpoints/change";
import { createEndpoint } from "@/lib/endpoints/create";
import { endEndpoint } from "@/lib/endpoints/end";
import { renewEndpoint } from "@/lib/endpoints/renew";
import { setEndpointStatus } from "@/lib/endpoints/set-status";
import { takeOverEndpoint } from "@/lib/endpoints/take-over";
import { runAction } from "@/lib/run-action";

export async function createEndpointAction(input: unknown) {
  return runAction(createEndpoint, input);
}

export async function changeEndpointAction(input: unknown) {
  return runAction(changeEndpoint, input);
}

export async function setEndpointStatusAction(input: unknown) {
  const result = await runAction(setEndpointStatus, input);
  if (result.ok) refresh();
  return result;
}

export async function renewEndpointAction(input: unknown) {
  const result = await runAction(renewEndpoint, input);
  if (result.ok) refresh();
  return result;
}

export async function takeOverEndpointAction(input: unknown) {
  const result = await runAction(takeOverEndpoint, input);
  if (result.ok) refresh();
  return result;
}

export async function endEndpointAction(input: unknown) {
  const result = await runAction(endEndpoint, input);
  if (result.ok) refresh();
  return result;
}
