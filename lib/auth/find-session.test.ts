/** Which sessions hold: of whoever is still there, and not for longer than the settings allow. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { reader } from "@/lib/db";
import { openDesk } from "@/lib/test-desk";
import type { Member } from "./actor";
import { findSession, noteSeen } from "./find-session";
import { startSession } from "./sign-in";

const MINUTE_MS = 60_000;
// Neither is what a desk has that sets none.
const [IDLE_MINUTES, HOURS] = [5, 3];
const desk = await openDesk({ SESSION_IDLE_MINUTES: `${IDLE_MINUTES}`, SESSION_HOURS: `${HOURS}` });
let member: Member;
const found = () => findSession(member.sessionId);
const row = () => reader().session.findUniqueOrThrow({ where: { id: member.sessionId } });
const mark = (column: string, value: number, id = member.sessionId) =>
  desk.raw((db) => db.prepare(`UPDATE Session SET ${column} = ? WHERE id = ?`).run(value, id));

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  member = await desk.addMember("issuer");
});
afterEach(() => vi.useRealTimers());

describe("a session", () => {
  it("is its member's, until it stands idle or has lasted too long, whichever comes first", async () => {
    const begun = Date.now();
    const { sessionId } = await startSession(desk.visitor, member);
    expect(await findSession(sessionId)).toEqual({
      ...{ id: sessionId, lastSeenAt: begun, member: expect.objectContaining({ id: member.id, role: "issuer" }) },
      ...{ endsAt: begun + IDLE_MINUTES * MINUTE_MS, expiresAt: begun + HOURS * 60 * MINUTE_MS },
    });
    mark("expiresAt", begun + 4 * MINUTE_MS, sessionId);
    expect(await findSession(sessionId)).toMatchObject({ endsAt: begun + 4 * MINUTE_MS });
  });

  it("that nothing was done in for too long holds no more, one second before it does", async () => {
    vi.setSystemTime((await row()).lastSeenAt.getTime() + IDLE_MINUTES * MINUTE_MS - 1_000);
    expect(await found()).toBeDefined();
    vi.setSystemTime(Date.now() + 1_000);
    expect(await found()).toBeUndefined();
  });

  it("holds no longer than its end, whatever is done in it", async () => {
    const { expiresAt } = await row();
    mark("lastSeenAt", expiresAt.getTime() - 1);
    vi.setSystemTime(expiresAt.getTime() - 1);
    expect(await found()).toBeDefined();
    vi.setSystemTime(expiresAt.getTime());
    expect(await found()).toBeUndefined();
  });

  it("that began while longer ones were allowed ends as if it had begun today", async () => {
    const at = Date.now();
    mark("expiresAt", at + 100 * 60 * MINUTE_MS);
    mark("createdAt", at - (HOURS * 60 - 1) * MINUTE_MS);
    expect(await found()).toMatchObject({ endsAt: at + MINUTE_MS, expiresAt: at + MINUTE_MS });
    mark("createdAt", at - HOURS * 60 * MINUTE_MS);
    expect(await found()).toBeUndefined();
  });

  it("of a member who was disabled, or that was ended, is none", async () => {
    mark("endedAt", Date.now());
    expect(await found()).toBeUndefined();
    const other = await desk.addMember("issuer");
    desk.raw((db) => db.prepare("UPDATE Member SET disabledAt = 1 WHERE id = ?").run(other.id));
    expect(await findSession(other.sessionId)).toBeUndefined();
  });
});

describe("what is done in it", () => {
  const seen = async () => {
    const session = await found();
    if (!session) throw new Error("It holds no more.");
    await noteSeen(session);
    const { lastSeenAt } = await reader().member.findUniqueOrThrow({ where: { id: member.id } });
    return [(await row()).lastSeenAt.getTime(), lastSeenAt?.getTime()];
  };

  it("is noted once a minute, for the session and for its member", async () => {
    const start = (await row()).lastSeenAt.getTime();
    vi.setSystemTime(start + MINUTE_MS - 1);
    expect(await seen()).toEqual([start, undefined]);
    vi.setSystemTime(start + MINUTE_MS);
    expect(await seen()).toEqual([start + MINUTE_MS, start + MINUTE_MS]);
  });

  it("is noted also when the clock was set back, which must not let it idle for longer", async () => {
    const start = (await row()).lastSeenAt.getTime();
    vi.setSystemTime(start - 30 * MINUTE_MS);
    expect(await seen()).toEqual([start - 30 * MINUTE_MS, start - 30 * MINUTE_MS]);
  });

  it("wakes no session that was ended meanwhile", async () => {
    const session = await found();
    if (!session) throw new Error("It holds no more.");
    mark("endedAt", 1);
    const before = (await row()).lastSeenAt;
    vi.setSystemTime(Date.now() + 2 * MINUTE_MS);
    await noteSeen(session);
    expect((await row()).lastSeenAt).toEqual(before);
  });
});
