/** next-auth with credentials: turns a right password into a cookie that carries a session id and nothing else. No route of its own is mounted; the actions call it. */
import NextAuth from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { env, isHttps } from "@/lib/env";
import { originFrom } from "./origin";
import { sessionCookieName } from "./session-cookie";
import { openSession, SESSION_SECONDS } from "./sign-in";

declare module "next-auth" {
  interface User {
    sessionId?: string;
  }
  interface Session {
    sessionId: string;
  }
}

const silent = () => {};

export const { auth, signIn, signOut } = NextAuth(() => {
  const secure = isHttps();
  return {
    secret: env().AUTH_SECRET,
    trustHost: true,
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    pages: { signIn: "/sign-in" },
    useSecureCookies: secure,
    cookies: {
      sessionToken: {
        name: sessionCookieName(secure),
        options: { httpOnly: true, sameSite: "lax", path: "/", secure },
      },
    },
    // The library logs a refused sign-in with its cause; the verb has recorded it already.
    logger: { error: silent, warn: silent, debug: silent },
    providers: [
      Credentials({
        credentials: { email: {}, password: {} },
        async authorize(credentials, request) {
          const { sessionId, memberId } = await openSession(
            { kind: "visitor", origin: originFrom(request.headers) },
            credentials,
          );
          return { id: memberId, sessionId };
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? { sid: user.sessionId } : token),
      session: ({ session, token }) => ({ expires: session.expires, sessionId: String(token.sid) }),
    },
  };
});
