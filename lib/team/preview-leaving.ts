/** Tells what a member would leave behind as it stands now, for whoever is about to disable them or give them another role: their page may be old. Changes nothing. */
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { getMember, type MemberListItem } from "./list";
import { PreviewLeavingInput } from "./schema";

export type Leaving = Pick<MemberListItem, "id" | "role" | "activeTokens" | "leaves">;

/** @throws AppError `forbidden`, `invalid`, `not_found` */
export async function previewLeaving(actor: Actor, input: unknown): Promise<Leaving> {
  await authorize(actor, "team.manage");
  const { memberId } = parseInput(PreviewLeavingInput, input);
  const member = await getMember(actor, memberId);
  if (!member) throw new AppError("not_found", "There is no such member. Reload the page.");
  const { id, role, activeTokens, leaves } = member;
  return { id, role, activeTokens, leaves };
}
