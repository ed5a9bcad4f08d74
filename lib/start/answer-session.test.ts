/** What an open page is told of its session, and that asking keeps none awake. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, expect, it } from "vitest";
import { foundSessionOf } from "@/lib/auth/session-of-request";
import { reader } from "@/lib/db";
import { env } from "@/lib/env";
import { openDesk } from "@/lib/test-desk";
import { openSessionAnswer } from "./answer-session";

const desk = await openDesk();
let server: Server;
beforeAll(async () => {
  const answer = openSessionAnswer(foundSessionOf);
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => server.close());

async function ask(sid: string | undefined, method = "GET") {
  const { port } = server.address() as AddressInfo;
  const cookie =
    sid === undefined
      ? "theme=dark"
      : `claimcheck=${await encode({ token: { sid }, secret: env().AUTH_SECRET, salt: "claimcheck" })}`;
  const response = await fetch(`http://127.0.0.1:${port}/api/session`, { method, headers: { cookie } });
  expect(response.headers.get("cache-control")).toBe("no-store");
  return [response.status, await response.text()];
}

it("says in seconds when it ends, and when it does whatever is done; asking is nothing done", async () => {
  const { sessionId } = desk.issuer;
  const lastSeenAt = Date.now() - 90 * 60_000;
  const expiresAt = Date.now() + 5 * 3_600_000;
  desk.raw((db) =>
    db.prepare("UPDATE Session SET lastSeenAt = ?, expiresAt = ? WHERE id = ?").run(lastSeenAt, expiresAt, sessionId),
  );
  const [status, text] = await ask(sessionId);
  expect(status).toBe(200);
  expect(JSON.parse(String(text))).toEqual({
    endsAt: Math.floor((lastSeenAt + 120 * 60_000) / 1000),
    expiresAt: Math.floor(expiresAt / 1000),
  });
  expect(await ask(sessionId, "HEAD")).toEqual([200, ""]);
  const row = await reader().session.findUniqueOrThrow({ where: { id: sessionId } });
  expect(row.lastSeenAt.getTime()).toBe(lastSeenAt);
});

it("says of one that has ended, or that nobody has, nothing at all", async () => {
  const { sessionId } = desk.auditor;
  desk.raw((db) => db.prepare("UPDATE Session SET endedAt = 1 WHERE id = ?").run(sessionId));
  for (const sid of [sessionId, "no such session", undefined]) expect(await ask(sid)).toEqual([401, "null"]);
});
