"use server";
/** Actions of the pages on templates, and of the issue form that saves one. */
import { refresh } from "next/cache";
import { runAction } from "@/lib/run-action";
import { answerProposal } from "@/lib/templates/answer";
import { changeTemplate } from "@/lib/templates/change";
import { createTemplate } from "@/lib/templates/create";
import { deleteTemplate } from "@/lib/templates/delete";
import { hideTemplate } from "@/lib/templates/hide";
import { moveTemplate } from "@/lib/templates/move";

export async function createTemplateAction(input: unknown) {
  const result = await runAction(createTemplate, input);
  if (result.ok) refresh();
  return result;
}

export async function changeTemplateAction(input: unknown) {
  const result = await runAction(changeTemplate, input);
  if (result.ok) refresh();
  return result;
}

export async function answerProposalAction(input: unknown) {
  const result = await runAction(answerProposal, input);
  if (result.ok) refresh();
  return result;
}

export async function deleteTemplateAction(input: unknown) {
  const result = await runAction(deleteTemplate, input);
  if (result.ok) refresh();
  return result;
}

export async function moveTemplateAction(input: unknown) {
  const result = await runAction(moveTemplate, input);
  if (result.ok) refresh();
  return result;
}

export async function hideTemplateAction(input: unknown) {
  const result = await runAction(hideTemplate, input);
  if (result.ok) refresh();
  return result;
}
