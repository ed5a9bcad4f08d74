/** Answers a request in plain text and closes its connection, after the client has had the time to send what it is sending: cut off earlier, it would lose the answer. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { logSparingly } from "./log-sparingly";
import type { PlainAnswer } from "./plain-answer";

const LINGER_MS = 10_000;

export function answerPlainly(request: IncomingMessage, response: ServerResponse, answer: PlainAnswer): void {
  if (answer.status !== 204) logSparingly("warn", `refused: ${answer.kind}`, { status: answer.status });
  const body = Buffer.from(answer.text);
  response.writeHead(answer.status, {
    // Without a charset: Next's router shows the text only when this is exactly so.
    ...(answer.status === 204 ? {} : { "content-type": "text/plain", "content-length": body.length }),
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
