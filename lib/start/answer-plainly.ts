/** Answers a request in plain text, or a program's as a problem, and closes its connection. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { type ProblemType, problemOf } from "@/lib/http/problem";
import { endWhenSent } from "./end-when-sent";
import type { HttpRoute } from "./http-routes";
import { logSparingly } from "./log-sparingly";
import type { PlainAnswer } from "./plain-answer";

/** Of the refusals at the edge; the others are faults of the request, too. */
const problemTypes: Readonly<Record<number, ProblemType>> = {
  401: "unauthenticated",
  403: "forbidden",
  405: "method-not-allowed",
  408: "too-slow",
  413: "too-large",
  421: "misdirected",
  429: "throttled",
  503: "busy",
};

/** @param route whose programs are told a problem (RFC 9457) */
export function answerPlainly(
  request: IncomingMessage,
  response: ServerResponse,
  answer: PlainAnswer,
  { programs: asProblem, refusalHeaders }: Pick<HttpRoute, "programs" | "refusalHeaders">,
): void {
  if (answer.status !== 204) logSparingly("warn", `refused: ${answer.kind}`, { status: answer.status });
  const problem = problemOf(problemTypes[answer.status] ?? "malformed-request", answer.text);
  const body = asProblem ? JSON.stringify(problem) : answer.text;
  response.writeHead(answer.status, {
    // Without a charset: Next's router shows the text only when this is exactly so.
    ...(answer.status === 204
      ? {}
      : {
          "content-type": asProblem ? "application/problem+json" : "text/plain",
          "content-length": Buffer.byteLength(body),
        }),
    ...(answer.allow ? { allow: answer.allow } : {}),
    ...refusalHeaders,
    ...answer.headers,
    "cache-control": "no-store",
    connection: "close",
  });
  endWhenSent(request, response, answer.status === 204 ? undefined : body);
}
