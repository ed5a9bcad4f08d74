/** Answers what programs ask, at the server's edge and ahead of Next: hands a request to its door as plain data, and sends what the door says. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { originFrom } from "@/lib/auth/origin";
import type { HttpAnswer, HttpCall } from "@/lib/http/call";
import { endWhenSent } from "./end-when-sent";

export type AnswerCall = (call: HttpCall) => Promise<HttpAnswer>;

/** What is known of a call before its body is. */
export function headOf(request: IncomingMessage): Pick<HttpCall, "header" | "origin"> {
  const { headers } = request;
  const { address, userAgent, requestId } = originFrom(
    { get: (name) => (typeof headers[name] === "string" ? headers[name] : null) },
    "api",
  );
  return {
    header: (name) => {
      const sent = request.headersDistinct[name] ?? [];
      // Of some that may stand there once, Node itself keeps the first; whatever stands before it might heed the last.
      if (sent.length > 1) return sent.join(", ");
      return typeof headers[name] === "string" ? headers[name] : undefined;
    },
    origin: { address, userAgent, requestId },
  };
}

const NOTHING = Buffer.alloc(0);

/** Its body is whole, and waits in it. */
function callOf(request: IncomingMessage): HttpCall {
  const { method = "", url = "" } = request;
  const [path = "", query = ""] = url.split(/\?(.*)/s, 2);
  // All of it at once; null of an empty one.
  const body: Buffer = (method === "POST" ? request.read() : null) ?? NOTHING;
  return { method, path, query: new URLSearchParams(query), body, ...headOf(request) };
}

export function openProgramAnswer(answer: AnswerCall) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<true> => {
    const { status, headers, body } = await answer(callOf(request));
    response.writeHead(status, {
      ...headers,
      ...(status === 204 ? {} : { "content-length": Buffer.byteLength(body) }),
      // Of a method that is not taken nobody has asked for the body, however much of it is still to come.
      ...(request.complete ? {} : { connection: "close" }),
    });
    endWhenSent(request, response, request.method === "HEAD" || status === 204 ? undefined : body);
    return true;
  };
}
