"use client";
/** Sends a batch to be issued, and reads the answer; says in a sentence what no answer means. */
import { readAnswer } from "@/components/ui/read-answer";
import type { ActionResult } from "@/lib/action-result";
import type { BatchRow, CommonForm } from "@/lib/batch/columns";
import type { IssuedBatch } from "@/lib/batch/issued";
import { edgeLimits } from "@/lib/limits";
import { NOT_ACCEPTED } from "@/lib/refusal";

const UNREACHABLE =
  "The server could not be reached. What you typed is kept: press the button again, and the same batch is asked for.";

const refusal = (message: string): ActionResult<IssuedBatch> => ({ ok: false, error: { code: "internal", message } });

/** @param requestId the same for what is the same batch */
export async function sendBatch(
  common: CommonForm,
  rows: readonly BatchRow[],
  requestId: string,
): Promise<ActionResult<IssuedBatch>> {
  const body = JSON.stringify({ ...common, requestId, rows });
  const bytes = new TextEncoder().encode(body).length;
  if (bytes > edgeLimits.batchBodyBytes)
    return refusal(
      `Together these rows are longer than ${edgeLimits.batchBodyBytes / 1024 / 1024} MB, which is the most at once. Issue them as two batches.`,
    );
  try {
    const response = await fetch("/issue/batch/tokens", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    const answer = await readAnswer<IssuedBatch>(response);
    if (!answer) return refusal(UNREACHABLE);
    if (answer.ok || !answer.error.message.startsWith(NOT_ACCEPTED)) return answer;
    return refusal(`${answer.error.message} What you typed is kept.`);
  } catch {
    return refusal(UNREACHABLE);
  }
}
