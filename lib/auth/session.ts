/** Who is asking, for pages and doors: the cookie's session id checked against its row on every request. A session that was ended, has expired, or whose member is disabled is nobody's. */
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { reader } from "@/lib/db";
import { UTC, ZONE_COOKIE, type Zone, zoneOf } from "@/lib/text/zone";
import type { Member, Visitor } from "./actor";
import { auth } from "./config";
import { originFrom } from "./origin";
import { PATH_HEADER, signInPath } from "./path-after-sign-in";
import { isRole } from "./roles";

export async function currentVisitor(): Promise<Visitor> {
  return { kind: "visitor", origin: originFrom(await headers(), "dashboard") };
}

/** One query a request, however many layouts and pages ask. */
export const currentActor = cache(async (): Promise<Member | undefined> => {
  const cookie = await auth();
  if (!cookie) return undefined;
  const session = await reader().session.findUnique({
    where: { id: cookie.sessionId },
    select: {
      id: true,
      endedAt: true,
      expiresAt: true,
      member: { select: { id: true, name: true, email: true, role: true, disabledAt: true } },
    },
  });
  if (!session || session.endedAt || session.expiresAt <= new Date()) return undefined;
  const { member } = session;
  if (member.disabledAt || !isRole(member.role)) return undefined;
  const { origin } = await currentVisitor();
  return {
    kind: "member",
    id: member.id,
    name: member.name,
    email: member.email,
    role: member.role,
    sessionId: session.id,
    origin,
  };
});

/** For pages: the actor, or on to the sign-in page, which leads back here. */
export async function requireActor(): Promise<Member> {
  return (await currentActor()) ?? redirect(signInPath((await headers()).get(PATH_HEADER)));
}

/** In which zone the reader's days begin; UTC where the browser has not said. */
export async function readerZone(): Promise<Zone> {
  return zoneOf((await cookies()).get(ZONE_COOKIE)?.value) ?? UTC;
}
