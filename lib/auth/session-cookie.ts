/** Opens the cookie that carries a session's id, for pages and edge alike. Only the cookie of that very name is one: neither a neighbour's that begins like it, nor pieces of one. */
import { decode } from "next-auth/jwt";
import { env, isHttps } from "@/lib/env";
import { cookieName } from "./cookie-name";

export const sessionCookie = () => cookieName("claimcheck", isHttps());

const MOST_KEPT = 1_000;
const opened = new Map<string, string>();

/**
 * Whether or not the session is still good. Opening the cookie is a good part of what a request costs, and gives the
 * same each time: what came of the last ones is kept.
 * @param token the cookie's value
 * @returns undefined for one that was not sealed here
 */
export async function sessionIdIn(token: string | undefined): Promise<string | undefined> {
  if (token === undefined) return undefined;
  const kept = opened.get(token);
  if (kept !== undefined) return kept;
  const claims = await decode({ token, secret: env().AUTH_SECRET, salt: sessionCookie() }).catch(() => null);
  if (typeof claims?.sid !== "string") return undefined;
  if (opened.size >= MOST_KEPT) opened.clear();
  opened.set(token, claims.sid);
  return claims.sid;
}
