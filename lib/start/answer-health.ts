/** Answers GET /api/health, to whoever watches over the process: that it lives, and whether it can do its work. Tells a stranger no more than which part fails. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { HealthPart } from "./check-health";

/** @returns what fails; empty when the desk can do its work */
export type CheckHealth = () => Promise<HealthPart[]>;

/** What it answers, with 200 or 503: an answer at all says that the process lives. */
type Health = { live: true; ready: boolean; failed?: readonly ("start" | HealthPart)[] };

function answer(request: IncomingMessage, response: ServerResponse, failed: NonNullable<Health["failed"]>): true {
  const health: Health = { live: true, ready: failed.length === 0, ...(failed.length > 0 ? { failed } : {}) };
  const body = JSON.stringify(health);
  response.writeHead(health.ready ? 200 : 503, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
  });
  response.end(request.method === "HEAD" ? undefined : body);
  return true;
}

/** While it starts. */
export function answerUnready(request: IncomingMessage, response: ServerResponse): boolean {
  return answer(request, response, ["start"]);
}

/** Makes what answers it from then on. */
export function openHealthAnswer(checkHealth: CheckHealth) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> =>
    answer(request, response, await checkHealth());
}
