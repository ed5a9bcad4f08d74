/** Whose request it is at the edge: one member, however many sessions. */
import type { IncomingMessage } from "node:http";
import { encode } from "next-auth/jwt";
import { expect, it } from "vitest";
import { transaction } from "@/lib/db";
import { env, isHttps } from "@/lib/env";
import { newId } from "@/lib/new-id";
import { openDesk } from "@/lib/test-desk";
import { cookieName } from "./cookie-name";
import { memberOfRequest } from "./session-of-request";

const desk = await openDesk();

async function requestOf(sessionId: string): Promise<IncomingMessage> {
  const name = cookieName("claimcheck", isHttps());
  const cookie = await encode({ token: { sid: sessionId }, secret: env().AUTH_SECRET, salt: name });
  return { headers: { cookie: `${name}=${cookie}` } } as IncomingMessage;
}

it("is the same in each session, and nobody where a session has ended or is made up", async () => {
  const { id, sessionId } = desk.admin;
  const second = newId();
  await transaction(async (tx) => {
    const session = await tx.session.findUniqueOrThrow({ where: { id: sessionId } });
    await tx.session.create({ data: { ...session, id: second } });
  });
  for (const session of [sessionId, second]) expect(await memberOfRequest(await requestOf(session))).toBe(id);
  await transaction((tx) => tx.session.update({ where: { id: second }, data: { endedAt: new Date() } }));
  for (const session of [second, newId()]) expect(await memberOfRequest(await requestOf(session))).toBeUndefined();
  expect(await memberOfRequest({ headers: {} } as IncomingMessage)).toBeUndefined();
});
