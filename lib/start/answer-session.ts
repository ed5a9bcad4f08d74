/** Tells a browser when its session ends, or that it has none: what an open page asks every few seconds, which counts as nothing done. Says of nobody who they are. */
import type { IncomingMessage, ServerResponse } from "node:http";

/** Seconds since 1970. `endsAt`: unless something is done in it; `expiresAt`: whatever is done. */
export type SessionAnswer = { endsAt: number; expiresAt: number };

export type FindSession = (request: IncomingMessage) => Promise<{ endsAt: number; expiresAt: number } | undefined>;

/** Answers 200 with a `SessionAnswer`, or 401 with null. @param findSession by a request's cookie, in milliseconds */
export function openSessionAnswer(findSession: FindSession) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<true> => {
    const session = await findSession(request);
    const seconds = (milliseconds: number) => Math.floor(milliseconds / 1000);
    const answer: SessionAnswer | null = session
      ? { endsAt: seconds(session.endsAt), expiresAt: seconds(session.expiresAt) }
      : null;
    const body = Buffer.from(JSON.stringify(answer));
    response.writeHead(session ? 200 : 401, {
      "content-type": "application/json",
      "content-length": body.length,
      "cache-control": "no-store",
    });
    response.end(request.method === "HEAD" ? undefined : body);
    return true;
  };
}
