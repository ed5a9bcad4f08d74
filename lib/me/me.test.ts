/** One's own account: name, password and sessions, each of one's own alone, recorded with before and after. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Member } from "@/lib/auth/actor";
import { deviceOf } from "@/lib/auth/device";
import { findSession } from "@/lib/auth/find-session";
import { hashPassword, verifyPassword } from "@/lib/auth/password";
import { roles } from "@/lib/auth/roles";
import { startSession } from "@/lib/auth/sign-in";
import { reader } from "@/lib/db";
import { limits } from "@/lib/limits";
import { PAGE_SIZE } from "@/lib/page-of";
import { processWide } from "@/lib/process-wide";
import { failureOf, issueForm, openDesk, recorded, refusalOf } from "@/lib/test-desk";
import { issueToken } from "@/lib/tokens/issue";
import { changeName } from "./change-name";
import { changePassword } from "./change-password";
import { countOwnTokens } from "./count-tokens";
import { endOtherSessions, endOwnSession } from "./end-sessions";
import { listOwnSessions } from "./list-sessions";

const NOW = "correct otter violin rain";
const NEXT = "seven marble kites asleep";
// Fewer than a desk has that sets none.
const IDLE_MINUTES = 30;
const desk = await openDesk({ SESSION_IDLE_MINUTES: `${IDLE_MINUTES}` });
const passwordHash = await hashPassword(NOW);
let me: Member;

beforeEach(async () => {
  me = await desk.addMember("support", "Sam Whitfield");
  desk.raw((db) => {
    db.prepare("UPDATE Member SET passwordHash = ? WHERE id = ?").run(passwordHash, me.id);
    db.exec("DELETE FROM AuditEvent; DELETE FROM LimitCount");
  });
});

const elsewhere = async (who = me) => (await startSession(desk.visitor, who)).sessionId;
const told = async () =>
  (await recorded()).filter(({ action }) => action !== "auth.signed_in").map(({ action, detail }) => [action, detail]);
const setExpiry = (id: string, at: number) =>
  desk.raw((db) => db.prepare("UPDATE Session SET expiresAt = ? WHERE id = ?").run(at, id));
const row = () => reader().member.findUniqueOrThrow({ where: { id: me.id } });

describe("the name", () => {
  it("is changed by every role, with before and after; the same again is no change", async () => {
    expect(await changeName(me, { name: " Sam  Okoro " })).toEqual({ name: (await row()).name });
    await changeName(me, { name: (await row()).name });
    expect(await told()).toEqual([["member.changed", { changed: { name: ["Sam Whitfield", (await row()).name] } }]]);
    for (const role of roles) await changeName(await desk.addMember(role), { name: `Somebody Else, ${role}` });
  });

  it("is refused where it is another member's, the log's word for what no member did, or a secret", async () => {
    for (const name of ["Zo\u00eb Prins", "Maya Rossi", "Иван Серов"]) await desk.addMember("issuer", name);
    for (const [name, says] of [
      ["ZOE\u0308\u200d prins", /Another member has this name.*Add a surname or an initial/],
      ["\uff23laimcheck  ITSELF", /The audit log uses this name/],
      ["Claimcheck itself.", /The audit log uses this name/],
      ["maya@example.com", /An email is no name/],
      ["A visitor\u2026", /The audit log uses this name/],
      ["Zo\u00ebPrins", /Another member has this name/],
      // A Cyrillic "о" and "а", a Greek "ο".
      ["Z\u043ee Prins", /“Z\u043ee” mixes letters of two alphabets \(Latin, Cyrillic\)/],
      ["Tom\u0430s Okoye", /mixes letters of two alphabets/],
      ["The \ua4e1ead", /“\ua4e1ead” mixes letters of two alphabets \(Latin, Lisu\)/],
      ["Zoe Prins\u03bf", /Latin, Greek/],
      // A word of nothing but Cyrillic letters, or of Greek ones, that is read as "Maya".
      ["\u041c\u0430\u0443\u0430 Rossi", /Another member has this name/],
      ["\u039c\u0391\u03a5\u0391 ROSSI", /Another member has this name/],
      // Capitals look like others than small letters do: these are no less the same name.
      ["ИВАН СЕРОВ", /Another member has this name/],
      ["Claimcheck", /The audit log uses this name/],
      ["a visitor", /The audit log uses this name/],
      ["0f1e2d3c4b5a6978".repeat(4), /looks like a secret/],
    ] as const)
      expect((await refusalOf(changeName(me, { name }))).extra.fields?.name, name).toMatch(says);
    expect(await row()).toMatchObject({ name: "Sam Whitfield" });
    // Each word of one alphabet, or of a script that is written together with others.
    for (const name of ["Иван Petrov", "Νίκος", "佐藤 さくら", "김철수 金", "Zoë O'Brien", "نور", "Jürgen 2"])
      await changeName(await desk.addMember("issuer"), { name });
    expect(await changeName(me, { name: "sam whitfield" })).toEqual({ name: "sam whitfield" });
  });

  it("is refused where it is a program's, or the log's word for whoever opened a link", async () => {
    await desk.addProgram({ name: "Night build" });
    await desk.addEndpoint(await desk.addKey(), { name: "Lobby app" });
    // Somebody else: of the other, this hour's changes are used up by the other tests.
    const member = desk.auditor;
    for (const [name, says] of [
      ["night  BUILD", /A program has this name/],
      ["Lobby App", /A program has this name/],
      ["Somebody who had the link", /The audit log uses this name/],
      ["whoever has the link", /The audit log uses this name/],
      ["you", /The audit log uses this name/],
    ] as const)
      expect((await refusalOf(changeName(member, { name }))).extra.fields?.name, name).toMatch(says);
  });

  it("of a member, or the log's word for nobody, no program takes", async () => {
    const key = await desk.addKey();
    const mine = (await row()).name;
    for (const name of [mine, `${mine.toUpperCase()}.`, "Claimcheck", "a visitor"]) {
      const says = { name: expect.stringMatching(/^A member has this name, or/) };
      expect((await refusalOf(desk.addProgram({ name }))).extra.fields, name).toEqual(says);
      expect((await refusalOf(desk.addEndpoint(key, { name }))).extra.fields, name).toEqual(says);
    }
  });

  it("of a program is no email, whoever has it: of a member, of nobody yet, or one that only looks alike", async () => {
    const key = await desk.addKey();
    const { email } = await row();
    for (const name of [email, email.toUpperCase(), email.replace("@", "\uff20"), "nobody.yet@example.com"]) {
      const says = { name: expect.stringMatching(/^An email is no name of a program/) };
      expect((await refusalOf(desk.addProgram({ name }))).extra.fields, name).toEqual(says);
      expect((await refusalOf(desk.addEndpoint(key, { name }))).extra.fields, name).toEqual(says);
    }
    await desk.addProgram({ name: "Builds @ night" });
  });

  it("cannot be changed so often that the log is full of it", async () => {
    const restless = await desk.addMember("support");
    for (let count = 0; count < 20; count += 1) await changeName(restless, { name: `Restless ${count}` });
    expect((await refusalOf(changeName(restless, { name: "Restless yet" }))).code).toBe("throttled");
  });

  it("is refused empty, and to whose session ended meanwhile", async () => {
    expect((await refusalOf(changeName(me, { name: " " }))).extra.fields?.name).toMatch(/Enter your name/);
    desk.raw((db) => db.prepare("UPDATE Session SET endedAt = 1 WHERE id = ?").run(me.sessionId));
    expect((await refusalOf(changeName(me, { name: "Late" }))).code).toBe("unauthenticated");
    expect(await row()).toMatchObject({ name: "Sam Whitfield" });
  });
});

describe("the password", () => {
  it("is changed by the current one: all sessions end, one new one begins, and reset links open no more", async () => {
    const other = await elsewhere();
    const expired = await elsewhere();
    setExpiry(expired, Date.now() - 1);
    desk.raw((db) =>
      db.prepare("INSERT INTO ResetLink VALUES ('r', ?, x'00', 0, NULL, 'x', ?, NULL)").run(me.id, Date.now() + 60_000),
    );
    const { sessionId, device, ended } = await changePassword(me, { current: NOW, password: NEXT });
    expect(ended).toBe(1);
    setExpiry(expired, Date.now() + 60_000);
    for (const id of [me.sessionId, other, expired]) expect(await findSession(id)).toBeUndefined();
    expect(await findSession(sessionId)).toMatchObject({ member: { id: me.id } });
    expect(await verifyPassword((await row()).passwordHash, NEXT)).toBe(true);
    expect(await deviceOf(device, await row())).toBeDefined();
    expect(await told()).toEqual([
      ["member.password_changed", { by: "the password before", resetLinks: 1 }],
      ["session.ended", { reason: "the password changed", sessions: 1 }],
    ]);
    const link = await reader().resetLink.findUniqueOrThrow({ where: { id: "r" } });
    // By no clock: one that runs ahead is put right one day.
    expect(link.expiresAt).toEqual(new Date(0));
    expect(await reader().limitCount.findFirst({ where: { limit: "ownPassword", count: { gt: 0 } } })).toBeNull();
  });

  it("is changed whole or not at all: the old one, its sessions and links stay where the change cannot be recorded", async () => {
    const other = await elsewhere();
    desk.raw((db) => db.exec("CREATE TRIGGER refuse BEFORE INSERT ON AuditEvent BEGIN SELECT RAISE(ABORT, 'no'); END"));
    try {
      await failureOf(changePassword(me, { current: NOW, password: NEXT }));
    } finally {
      desk.raw((db) => db.exec("DROP TRIGGER refuse"));
    }
    expect(await verifyPassword((await row()).passwordHash, NOW)).toBe(true);
    for (const id of [me.sessionId, other]) expect(await findSession(id)).toBeDefined();
    expect(await told()).toEqual([]);
    expect((await changePassword(me, { current: NOW, password: NEXT })).ended).toBe(1);
  });

  it("is not changed to the same, or to one that is easy to guess", async () => {
    for (const password of [NOW, "Sam Whitfield 1", "short"])
      expect((await refusalOf(changePassword(me, { current: NOW, password }))).extra.fields?.password).toBeDefined();
    expect((await row()).passwordHash).toBe(passwordHash);
    expect(await reader().limitCount.findFirst({ where: { limit: "ownPassword", count: { gt: 0 } } })).toBeNull();
    // A wrong guess is no way to have one weighed.
    const { fields } = (await refusalOf(changePassword(me, { current: "wrong", password: "password1234" }))).extra;
    expect(Object.keys(fields ?? {})).toEqual(["current"]);
  });

  it("is answered the same where the same is sent again within a minute in the session that it opened, and nobody else is", async () => {
    const first = await changePassword(me, { current: NOW, password: NEXT });
    const now = { ...me, sessionId: first.sessionId };
    const before = await told();
    expect(await changePassword(now, { current: NOW, password: NEXT })).toEqual(first);
    expect(await findSession(first.sessionId)).toBeDefined();
    expect(await told()).toEqual(before);
    expect(await reader().limitCount.findFirst({ where: { limit: "ownPassword", count: { gt: 0 } } })).toBeNull();
    const isRefused = async (actor: Member, current: string, password: string) =>
      expect((await refusalOf(changePassword(actor, { current, password }))).extra.fields).toEqual({
        current: "This is not your password.",
      });
    await isRefused(now, "a wrong guess", NEXT);
    await isRefused(now, NOW, "another marble kite flies");
    await isRefused({ ...me, sessionId: await elsewhere() }, NOW, NEXT);
    const late = performance.now() + 60_000;
    const clock = vi.spyOn(performance, "now").mockReturnValue(late);
    await isRefused(now, NOW, NEXT);
    clock.mockRestore();
  });

  it("keeps the former password's hash for that minute alone", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    await changePassword(me, { current: NOW, password: NEXT });
    const kept = processWide("passwords just changed", () => new Map());
    expect(kept.has(me.id)).toBe(true);
    vi.advanceTimersByTime(60_000);
    expect(kept.has(me.id)).toBe(false);
    vi.useRealTimers();
  });

  it("is guessed at eight times at most, also at once; that the limit is reached is recorded once", async () => {
    const guess = () => refusalOf(changePassword(me, { current: "a wrong guess", password: NEXT }));
    const codes = (await Promise.all(Array.from({ length: 10 }, guess))).map(({ code }) => code);
    expect(codes.filter((code) => code === "invalid")).toHaveLength(8);
    expect(codes.filter((code) => code === "throttled")).toHaveLength(2);
    expect((await refusalOf(changePassword(me, { current: NOW, password: NEXT }))).code).toBe("throttled");
    expect(await told()).toEqual([
      ["limit.reached", expect.objectContaining({ what: expect.stringContaining("one's own account"), most: 8 })],
    ]);
  });
});

it("who knows the password changes it so often at most in an hour, and no guess is used up by it", async () => {
  const { most } = limits.passwordChanges;
  let actor = me;
  const change = (time: number) => {
    const [current = "", password = ""] = time % 2 === 0 ? [NOW, NEXT] : [NEXT, NOW];
    return changePassword(actor, { current, password });
  };
  for (let time = 0; time < most; time++) actor = { ...actor, sessionId: (await change(time)).sessionId };
  expect((await refusalOf(change(most))).code).toBe("throttled");
  expect(await findSession(actor.sessionId)).toBeDefined();
  expect(await reader().limitCount.findFirst({ where: { limit: "ownPassword", count: { gt: 0 } } })).toBeNull();
});

describe("the sessions", () => {
  it("are listed with the one that asks first, without those that have ended or stand idle", async () => {
    const [other, ended, idle] = [await elsewhere(), await elsewhere(), await elsewhere()];
    await elsewhere(desk.admin);
    desk.raw((db) => {
      db.prepare("UPDATE Session SET endedAt = 1 WHERE id = ?").run(ended);
      db.prepare("UPDATE Session SET lastSeenAt = ? WHERE id = ?").run(Date.now() - (IDLE_MINUTES + 1) * 60_000, idle);
    });
    expect((await listOwnSessions(me)).rows.map(({ id, current, userAgent }) => [id, current, userAgent])).toEqual([
      [me.sessionId, true, "a test"],
      [other, false, "a visitor"],
    ]);
  });

  it("are listed page by page, however many there are; a page beyond the last is the last", async () => {
    const at = Date.now();
    desk.raw((db) => {
      const add = db.prepare(
        "INSERT INTO Session (id, memberId, createdAt, expiresAt, lastSeenAt, address, userAgent) VALUES (?, ?, ?, ?, ?, '127.0.0.1', '')",
      );
      for (let count = 1; count <= PAGE_SIZE; count++) add.run(`other ${count}`, me.id, at, at + 60_000, at - count);
    });
    const first = await listOwnSessions(me);
    expect(first).toMatchObject({ page: 1, pages: 2, total: PAGE_SIZE + 1 });
    expect(first.rows).toHaveLength(PAGE_SIZE);
    expect(first.rows[0]).toMatchObject({ current: true });
    for (const page of ["2", "9"])
      expect((await listOwnSessions(me, { page })).rows.map(({ id }) => id)).toEqual([`other ${PAGE_SIZE}`]);
    expect((await listOwnSessions(me, { page: "-" })).page).toBe(1);
  });

  it("end one by one, or all others: one's own alone, and not the one that asks", async () => {
    const [first, second, third] = [await elsewhere(), await elsewhere(), await elsewhere()];
    const theirs = await elsewhere(desk.admin);
    await endOwnSession(me, { sessionId: first });
    await endOwnSession(me, { sessionId: first });
    expect((await refusalOf(endOwnSession(me, { sessionId: theirs }))).code).toBe("not_found");
    expect((await refusalOf(endOwnSession(me, { sessionId: me.sessionId }))).message).toMatch(/Sign out to end it/);
    expect(await endOtherSessions(me)).toEqual({ ended: 2 });
    expect(await endOtherSessions(me)).toEqual({ ended: 0 });
    const expired = await elsewhere();
    setExpiry(expired, Date.now() - 1);
    expect(await endOtherSessions(me)).toEqual({ ended: 0 });
    // Nor is one that stood idle for too long.
    const idle = await elsewhere();
    desk.raw((db) =>
      db.prepare("UPDATE Session SET lastSeenAt = ? WHERE id = ?").run(Date.now() - (IDLE_MINUTES + 1) * 60_000, idle),
    );
    expect(await endOtherSessions(me)).toEqual({ ended: 0 });
    // The clock ran ahead, and is put right.
    setExpiry(expired, Date.now() + 60_000);
    for (const id of [first, second, third, expired]) expect(await findSession(id)).toBeUndefined();
    for (const id of [me.sessionId, theirs]) expect(await findSession(id)).toBeDefined();
    expect(await told()).toEqual([
      ["session.ended", { reason: "by the member" }],
      ["session.ended", { reason: "by the member", sessions: 2 }],
    ]);
  });
});

it("what one issued is counted, and what of it is active; support is told nothing of it", async () => {
  const key = await desk.addKey();
  for (const expiresIn of ["2h", "1h"]) await issueToken(desk.issuer, { ...issueForm(key), expiresIn });
  await issueToken(desk.admin, issueForm(key));
  expect(await countOwnTokens(desk.issuer)).toEqual({ issued: 2, active: 2 });
  expect((await refusalOf(countOwnTokens(me))).code).toBe("forbidden");
});
