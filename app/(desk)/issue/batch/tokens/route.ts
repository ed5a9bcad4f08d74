import { errorStatus } from "@/lib/errors";
import { runAction } from "@/lib/run-action";
import { issueBatch } from "@/lib/tokens/issue-batch";

/** Thousands of rows stand in the body, as JSON: more than an action's arguments may be. */
async function readInput(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch {
    return undefined;
  }
}

/** Answers as an action does. */
export async function POST(request: Request): Promise<Response> {
  const result = await runAction(issueBatch, await readInput(request));
  return Response.json(result, {
    status: result.ok ? 200 : errorStatus[result.error.code],
    headers: { "cache-control": "no-store" },
  });
}
