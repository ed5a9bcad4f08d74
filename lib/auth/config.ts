/** next-auth with credentials: turns a right password into a cookie that carries a session id and nothing else. No route of its own is mounted; the actions call it. */
import { cookies } from "next/headers";
import NextAuth from "next-auth";
import { encode } from "next-auth/jwt";
import Credentials from "next-auth/providers/credentials";
import { env, isHttps } from "@/lib/env";
import { cookieName } from "./cookie-name";
import { DEVICE_SECONDS } from "./device";
import { originFrom } from "./origin";
import { sessionCookie, sessionIdIn } from "./session-cookie";
import { type OpenedSession, openSession } from "./sign-in";

declare module "next-auth" {
  interface User {
    sessionId?: string;
  }
}

const silent = () => {};

// next-auth takes every cookie whose name begins like the session's for a piece of it.
const DEVICE_COOKIE = "device-claimcheck";

/**
 * The session that the browser's cookie names, whether or not it is still good. The library's own `auth()` would seal a
 * new cookie at each request, for an answer that nobody sends.
 */
export async function sessionIdInCookie(): Promise<string | undefined> {
  return sessionIdIn((await cookies()).get(sessionCookie())?.value);
}

async function keepDevice(device: string): Promise<void> {
  (await cookies()).set(cookieName(DEVICE_COOKIE, isHttps()), device, {
    httpOnly: true,
    sameSite: "strict",
    path: "/",
    secure: isHttps(),
    maxAge: DEVICE_SECONDS,
  });
}

/** In an action: the browser goes on in a session that no sign-in form opened. The cookie is as the library makes it. */
export async function enterSession({ sessionId, device }: OpenedSession): Promise<void> {
  const salt = sessionCookie();
  const maxAge = env().SESSION_HOURS * 3_600;
  const value = await encode({ token: { sid: sessionId }, secret: env().AUTH_SECRET, salt, maxAge });
  (await cookies()).set(salt, value, { httpOnly: true, sameSite: "lax", path: "/", secure: isHttps(), maxAge });
  await keepDevice(device);
}

export const { signIn, signOut } = NextAuth(() => {
  const secure = isHttps();
  return {
    secret: env().AUTH_SECRET,
    trustHost: true,
    session: { strategy: "jwt", maxAge: env().SESSION_HOURS * 3_600 },
    pages: { signIn: "/sign-in" },
    useSecureCookies: secure,
    cookies: {
      sessionToken: {
        name: sessionCookie(),
        options: { httpOnly: true, sameSite: "lax", path: "/", secure },
      },
    },
    // The library logs a refused sign-in with its cause; the verb has recorded it already.
    logger: { error: silent, warn: silent, debug: silent },
    providers: [
      Credentials({
        credentials: { email: {}, password: {} },
        async authorize(credentials, request) {
          const { sessionId, memberId, device } = await openSession(
            { kind: "visitor", origin: originFrom(request.headers, "dashboard") },
            credentials,
            {
              device: (await cookies()).get(cookieName(DEVICE_COOKIE, secure))?.value,
              sessionId: await sessionIdInCookie(),
            },
          );
          await keepDevice(device);
          return { id: memberId, sessionId };
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? { sid: user.sessionId } : token),
    },
  };
});
