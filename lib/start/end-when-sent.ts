/** Ends an answer whose head is written. Where the request is still being sent, once it is, or after a while: cut off earlier, its client would lose the answer. */
import type { IncomingMessage, ServerResponse } from "node:http";

const LINGER_MS = 10_000;

/** @param body undefined: none is sent */
export function endWhenSent(request: IncomingMessage, response: ServerResponse, body: string | undefined): void {
  if (request.complete || body === undefined) {
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
