"use server";
/** Actions of the team's pages. */
import { refresh } from "next/cache";
import { runAction } from "@/lib/run-action";
import { changeRole } from "@/lib/team/change-role";
import { inviteMember } from "@/lib/team/invite";
import { readLinkState } from "@/lib/team/link-state";
import { previewLeaving } from "@/lib/team/preview-leaving";
import { renewInvitation } from "@/lib/team/renew";
import { makeResetLink } from "@/lib/team/reset-link";
import { setMemberStatus } from "@/lib/team/set-status";
import { withdrawInvitation } from "@/lib/team/withdraw";

export async function inviteMemberAction(input: unknown) {
  const result = await runAction(inviteMember, input);
  if (result.ok) refresh();
  return result;
}

export async function renewInvitationAction(input: unknown) {
  const result = await runAction(renewInvitation, input);
  if (result.ok) refresh();
  return result;
}

export async function withdrawInvitationAction(input: unknown) {
  const result = await runAction(withdrawInvitation, input);
  if (result.ok) refresh();
  return result;
}

export async function changeRoleAction(input: unknown) {
  const result = await runAction(changeRole, input);
  if (result.ok) refresh();
  return result;
}

export async function setMemberStatusAction(input: unknown) {
  const result = await runAction(setMemberStatus, input);
  if (result.ok) refresh();
  return result;
}

export async function previewLeavingAction(input: unknown) {
  return runAction(previewLeaving, input);
}

export async function makeResetLinkAction(input: unknown) {
  const result = await runAction(makeResetLink, input);
  if (result.ok) refresh();
  return result;
}

export async function readLinkStateAction(input: unknown) {
  return runAction(readLinkState, input);
}
