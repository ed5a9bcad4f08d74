/** Who is asking, for pages and doors: the cookie's session id checked against its row on every request. A session that was ended, has expired, or whose member is disabled is nobody's. */
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { UTC, ZONE_COOKIE, type Zone, zoneOf } from "@/lib/text/zone";
import type { Member, Visitor } from "./actor";
import { sessionIdInCookie } from "./config";
import { findSession, noteSeen } from "./find-session";
import { originFrom } from "./origin";
import { PATH_HEADER, signInPath } from "./path-after-sign-in";
import { isRole } from "./roles";

export async function currentVisitor(): Promise<Visitor> {
  return { kind: "visitor", origin: originFrom(await headers(), "dashboard") };
}

/** One query a request, however many layouts and pages ask. */
const currentSession = cache(async () => {
  const sessionId = await sessionIdInCookie();
  return sessionId ? findSession(sessionId) : undefined;
});

/** @param byItself whether it is the page that asks, and nobody who does something */
export async function currentActor({ byItself = false } = {}): Promise<Member | undefined> {
  const session = await currentSession();
  if (!session) return undefined;
  const { id, name, email, role } = session.member;
  if (!isRole(role)) return undefined;
  if (!byItself) await noteSeen(session);
  const { origin } = await currentVisitor();
  return { kind: "member", id, name, email, role, sessionId: session.id, origin };
}

/** For pages: the actor, or on to the sign-in page, which leads back here. */
export async function requireActor(): Promise<Member> {
  return (await currentActor()) ?? redirect(signInPath((await headers()).get(PATH_HEADER)));
}

/** In which zone the reader's days begin; UTC where the browser has not said. */
export async function readerZone(): Promise<Zone> {
  return zoneOf((await cookies()).get(ZONE_COOKIE)?.value) ?? UTC;
}
