/** Who is asking, at the server's edge, where there is no Next yet: the session that a request's cookie names, if it holds. */
import type { IncomingMessage } from "node:http";
import { getToken } from "next-auth/jwt";
import { env, isHttps } from "@/lib/env";
import { cookieName } from "./cookie-name";
import { type FoundSession, findSession } from "./find-session";

/** Does not count as something done in it. */
export async function foundSessionOf(request: IncomingMessage): Promise<FoundSession | undefined> {
  const name = cookieName("claimcheck", isHttps());
  const headers = new Headers({ cookie: request.headers.cookie ?? "" });
  const claims = await getToken({ req: { headers }, secret: env().AUTH_SECRET, cookieName: name, salt: name }).catch(
    () => null,
  );
  if (typeof claims?.sid !== "string") return undefined;
  return findSession(claims.sid);
}

/** @returns the member's id, the same in each of their sessions */
export async function memberOfRequest(request: IncomingMessage): Promise<string | undefined> {
  return (await foundSessionOf(request))?.member.id;
}
