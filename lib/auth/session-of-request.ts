/** Who is asking, at the server's edge, where there is no Next yet: the session that a request's cookie names, if it holds. */
import type { IncomingMessage } from "node:http";
// What Next's own `cookies()` reads with: of two of one name, both must take the same.
import { RequestCookies } from "next/dist/server/web/spec-extension/cookies";
import { type FoundSession, findSession } from "./find-session";
import { sessionCookie, sessionIdIn } from "./session-cookie";

/** Does not count as something done in it. */
export async function foundSessionOf(request: IncomingMessage): Promise<FoundSession | undefined> {
  const headers = new Headers({ cookie: request.headers.cookie ?? "" });
  const sessionId = await sessionIdIn(new RequestCookies(headers).get(sessionCookie())?.value);
  return sessionId === undefined ? undefined : findSession(sessionId);
}

/** @returns the member's id, the same in each of their sessions */
export async function memberOfRequest(request: IncomingMessage): Promise<string | undefined> {
  return (await foundSessionOf(request))?.member.id;
}
