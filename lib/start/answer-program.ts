/** Answers what programs ask, at the server's edge and ahead of Next: hands a request to its door as plain data, and sends what the door says. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { originFrom } from "@/lib/auth/origin";
import type { HttpAnswer, HttpCall } from "@/lib/http/call";
import { endWhenSent } from "./end-when-sent";

export type AnswerCall = (call: HttpCall) => Promise<HttpAnswer>;

/** What is known of a call before its body is. */
export function headOf({ headers }: IncomingMessage): Pick<HttpCall, "header" | "origin"> {
  const { address, userAgent, requestId } = originFrom(
    { get: (name) => (typeof headers[name] === "string" ? headers[name] : null) },
    "api",
  );
  return {
    // Node itself keeps the first of what may stand there once, and joins the others.
    header: (name) => (typeof headers[name] === "string" ? headers[name] : undefined),
    origin: { address, userAgent, requestId },
  };
}

/** Its body is whole, and waits in it. */
async function callOf(request: IncomingMessage): Promise<HttpCall> {
  const { method = "", url = "" } = request;
  const [path = "", query = ""] = url.split(/\?(.*)/s, 2);
  const parts: Buffer[] = [];
  if (method === "POST") for await (const part of request) parts.push(part);
  return { method, path, query: new URLSearchParams(query), body: Buffer.concat(parts), ...headOf(request) };
}

export function openProgramAnswer(answer: AnswerCall) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<true> => {
    const { status, headers, body } = await answer(await callOf(request));
    const bytes = Buffer.from(body);
    response.writeHead(status, {
      ...headers,
      ...(status === 204 ? {} : { "content-length": bytes.length }),
      // Of a method that is not taken nobody has asked for the body, however much of it is still to come.
      ...(request.complete ? {} : { connection: "close" }),
    });
    endWhenSent(request, response, request.method === "HEAD" || status === 204 ? undefined : bytes);
    return true;
  };
}
