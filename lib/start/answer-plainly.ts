/** Answers a request in plain text, or a program's as a problem, and closes its connection, after the client has had the time to send what it is sending: cut off earlier, it would lose the answer. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { type ProblemType, problemOf, problems } from "@/lib/http/problem";
import { logSparingly } from "./log-sparingly";
import type { PlainAnswer } from "./plain-answer";

const LINGER_MS = 10_000;

/** Of the types that there are, the first of that status; the others are faults of the request, too. */
const problemTypeOf = (status: number): ProblemType =>
  (Object.keys(problems) as ProblemType[]).find((type) => problems[type].status === status) ?? "malformed-request"; // Its own keys.

/** @param asProblem for programs: RFC 9457 */
export function answerPlainly(
  request: IncomingMessage,
  response: ServerResponse,
  answer: PlainAnswer,
  asProblem = false,
): void {
  if (answer.status !== 204) logSparingly("warn", `refused: ${answer.kind}`, { status: answer.status });
  const problem = { ...problemOf(problemTypeOf(answer.status), answer.text), status: answer.status };
  const body = Buffer.from(asProblem ? JSON.stringify(problem) : answer.text);
  response.writeHead(answer.status, {
    // Without a charset: Next's router shows the text only when this is exactly so.
    ...(answer.status === 204
      ? {}
      : { "content-type": asProblem ? "application/problem+json" : "text/plain", "content-length": body.length }),
    ...(answer.allow ? { allow: answer.allow } : {}),
    ...answer.headers,
    "cache-control": "no-store",
    connection: "close",
  });
  if (request.complete || answer.status === 204) {
    response.end(body);
    return;
  }
  response.write(body);
  const patience = setTimeout(() => response.end(), LINGER_MS);
  request.once("close", () => clearTimeout(patience));
  request.once("end", () => {
    clearTimeout(patience);
    response.end();
  });
  request.resume();
}
