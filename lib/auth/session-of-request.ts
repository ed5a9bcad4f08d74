/** Who is asking, at the server's edge, where there is no Next yet: the session that a request's cookie names, if it holds. */
import type { IncomingMessage } from "node:http";
import { getToken } from "next-auth/jwt";
import { env, isHttps } from "@/lib/env";
import { cookieName } from "./cookie-name";
import { findSession } from "./find-session";

/** @returns its id */
export async function sessionOfRequest(request: IncomingMessage): Promise<string | undefined> {
  const name = cookieName("claimcheck", isHttps());
  const headers = new Headers({ cookie: request.headers.cookie ?? "" });
  const claims = await getToken({ req: { headers }, secret: env().AUTH_SECRET, cookieName: name, salt: name }).catch(
    () => null,
  );
  if (typeof claims?.sid !== "string") return undefined;
  return (await findSession(claims.sid)) && claims.sid;
}
