"use server";
/** Opens a hand-over, for a member or whoever has the link. */
import { currentActor } from "@/lib/auth/session";
import { openHandover } from "@/lib/handover/open";
import { runVisitorAction } from "@/lib/run-action";

export async function openHandoverAction(input: unknown) {
  return runVisitorAction(async (visitor, typed) => openHandover((await currentActor()) ?? visitor, typed), input);
}
