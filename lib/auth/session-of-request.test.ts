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

const name = cookieName("claimcheck", isHttps());
const sealed = (sessionId: string) => encode({ token: { sid: sessionId }, secret: env().AUTH_SECRET, salt: name });
const requestWith = (cookie: string) => ({ headers: { cookie } }) as IncomingMessage;
const requestOf = async (sessionId: string) => requestWith(`${name}=${await sealed(sessionId)}`);

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

it("is read from the cookie of that very name, as the pages read it: the last of two, and never from pieces", async () => {
  const own = await sealed(desk.admin.sessionId);
  const [head, tail] = [own.slice(0, 50), own.slice(50)];
  const others = ["claimcheck_other_app=1", "claimcheck.0=x", "claimcheckx=y; claimcheck.1=z"];
  const held = [...others.flatMap((other) => [`${other}; ${name}=${own}`, `${name}=${own}; ${other}`])];
  for (const cookie of [...held, `${name}=x; ${name}=${own}`])
    expect(await memberOfRequest(requestWith(cookie)), cookie).toBe(desk.admin.id);
  for (const cookie of [`${name}=${own}; ${name}=x`, `${name}.0=${head}; ${name}.1=${tail}`, `${name}.0=${own}`])
    expect(await memberOfRequest(requestWith(cookie)), cookie).toBeUndefined();
});
