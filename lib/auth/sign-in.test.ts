/** Signing in and out: what opens a session, what is recorded, and that a stranger learns nothing from the answer. */
import * as argon2 from "@node-rs/argon2";
import { decodeJwt, SignJWT } from "jose";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { reader } from "@/lib/db";
import { changePassword } from "@/lib/me/change-password";
import { forgetProcessWide } from "@/lib/process-wide";
import { openDesk, recorded, refusalOf } from "@/lib/test-desk";
import type { Member, Visitor } from "./actor";
import { deviceOf, markDevice } from "./device";
import { hashPassword } from "./password";
import { recordFailuresNow } from "./record-failures";
import { openSession } from "./sign-in";
import { endSession } from "./sign-out";

// The real library, watched: how often it is called is how much work was done.
vi.mock("@node-rs/argon2", { spy: true });

const PASSWORD = "correct otter violin rain";
const desk = await openDesk();
const passwordHash = await hashPassword(PASSWORD);
let maya: Member;

beforeEach(async () => {
  forgetProcessWide("failures");
  maya = await desk.addMember("issuer", "Maya Fernandes");
  desk.raw((db) => {
    db.prepare("UPDATE Member SET passwordHash = ? WHERE id = ?").run(passwordHash, maya.id);
    db.exec("DELETE FROM AuditEvent; DELETE FROM LimitCount");
  });
});

const visitor = (address = "203.0.113.9"): Visitor => ({
  kind: "visitor",
  origin: { via: "dashboard", address, userAgent: "A browser", requestId: "request-1" },
});

const signIn = (
  email: string,
  password: string,
  address?: string,
  browser: { device?: string | undefined; sessionId?: string } = {},
) => openSession(visitor(address), { email, password }, browser);
const wrong = (address?: string, device?: string) =>
  refusalOf(signIn(maya.email, "a wrong password", address, { device }));

const events = () => recorded();
const sessionsOf = (memberId: string) =>
  reader().session.findMany({ where: { memberId }, orderBy: { createdAt: "asc" } });
/** Those of the minute that has not ended are told of, too. */
const reasons = async () => {
  await recordFailuresNow();
  return (await events()).map(({ detail }) => detail.reason as string | undefined);
};

describe("the right password", () => {
  it("opens a session of twelve hours, with where it came from", async () => {
    const before = Date.now();
    const { sessionId, memberId } = await signIn(maya.email, PASSWORD);
    expect(memberId).toBe(maya.id);
    const session = await reader().session.findUniqueOrThrow({ where: { id: sessionId } });
    expect(session).toMatchObject({ memberId, endedAt: null, address: "203.0.113.9", userAgent: "A browser" });
    expect(session.createdAt.getTime()).toBeGreaterThanOrEqual(before);
    expect(session.expiresAt.getTime() - session.createdAt.getTime()).toBe(12 * 60 * 60 * 1000);
  });

  it("is recorded under the member's name", async () => {
    await signIn(maya.email, PASSWORD);
    expect(await events()).toMatchObject([
      {
        action: "auth.signed_in",
        outcome: "ok",
        actorId: maya.id,
        actorName: "Maya Fernandes",
        memberId: maya.id,
        via: "dashboard",
        address: "203.0.113.9",
        userAgent: "A browser",
        requestId: "request-1",
        detail: { email: maya.email },
      },
    ]);
  });

  it("opens another session each time", async () => {
    const ids = [await signIn(maya.email, PASSWORD), await signIn(maya.email, PASSWORD)].map(
      ({ sessionId }) => sessionId,
    );
    expect(new Set(ids).size).toBe(2);
  });

  it("goes with the email in any case, with space around it", async () => {
    await expect(signIn(`  ${maya.email.toUpperCase()} `, PASSWORD)).resolves.toMatchObject({
      memberId: maya.id,
    });
  });
});

describe("refused", () => {
  it("an unknown email, a wrong password and a disabled member have the same answer", async () => {
    const disabled = await desk.addMember("issuer");
    desk.raw((db) =>
      db
        .prepare("UPDATE Member SET passwordHash = ?, disabledAt = ? WHERE id = ?")
        .run(passwordHash, Date.parse("2026-11-24T00:00:00Z"), disabled.id),
    );
    const answers = [
      await refusalOf(signIn("nobody@example.com", PASSWORD)),
      await refusalOf(signIn(maya.email, "a wrong password")),
      await refusalOf(signIn(disabled.email, PASSWORD)),
      await refusalOf(signIn(disabled.email, "a wrong password")),
    ];
    for (const { code, message, extra } of answers)
      expect({ code, message, extra }).toEqual({
        code: "unauthenticated",
        message: "Email or password is wrong.",
        extra: {},
      });
    // The first of each kind at once, the others of the minute together, with whose accounts they were at.
    expect(await reasons()).toEqual(["wrong email or password", "member is disabled", "wrong email or password"]);
    expect((await events()).at(-1)?.detail).toEqual({
      accounts: 2,
      emails: [maya.email, disabled.email],
      reason: "wrong email or password",
      attempts: 2,
    });
    expect(await sessionsOf(disabled.id)).toHaveLength(1);
  });

  it("an unknown email is the same work as a wrong password: one hash of the same cost", async () => {
    // The first attempt of a process makes the decoy.
    await refusalOf(signIn("nobody@example.com", PASSWORD));
    const work = async (email: string) => {
      vi.mocked(argon2.verify).mockClear();
      vi.mocked(argon2.hash).mockClear();
      await refusalOf(signIn(email, "a wrong password"));
      expect(argon2.hash).not.toHaveBeenCalled();
      return vi.mocked(argon2.verify).mock.calls.map(([hash]) => String(hash).split("$").slice(0, 4).join("$"));
    };
    const known = await work(maya.email);
    expect(known).toEqual(["$argon2id$v=19$m=19456,t=2,p=1"]);
    expect(await work("nobody@example.com")).toEqual(known);
  });

  it("is recorded with the email that was typed, never with the password, and as nobody's act", async () => {
    await refusalOf(signIn(maya.email, "a wrong password"));
    expect(await events()).toMatchObject([
      {
        action: "auth.sign_in_failed",
        outcome: "failed",
        actorId: null,
        actorName: "A visitor",
        address: "203.0.113.9",
        detail: { email: maya.email, reason: "wrong email or password" },
      },
    ]);
    expect(JSON.stringify(await events())).not.toContain("a wrong password");
    expect(await sessionsOf(maya.id)).toHaveLength(1);
  });

  it.each([
    [{ email: "maya", password: PASSWORD }, ["email"]],
    [{ email: "maya@example.com", password: "" }, ["password"]],
    [{ email: "maya@example.com", password: "x".repeat(257) }, ["password"]],
    [{ email: "maya@example.com", password: { $ne: "" } }, ["password"]],
    [{}, ["email", "password"]],
    [null, ["form"]],
  ])("what is no email and password at all is refused by field, and not recorded: %j", async (input, fields) => {
    const { code, extra } = await refusalOf(openSession(visitor(), input));
    expect(code).toBe("invalid");
    expect(Object.keys(extra.fields ?? {})).toEqual(fields);
    expect(await events()).toEqual([]);
  });
});

describe("too many attempts", () => {
  it("at one account from one address are refused, even with the right password, and told of once a minute", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      for (let attempt = 0; attempt < 8; attempt++) await wrong(`2001:db8::${attempt}`);
      for (let attempt = 0; attempt < 4; attempt++) {
        const { code, extra } = await refusalOf(signIn(maya.email, PASSWORD, `2001:db8::f${attempt}`));
        expect(code).toBe("throttled");
        expect(extra.retryAfterSeconds).toBeGreaterThan(890);
      }
      const details = async () => (await events()).map(({ detail }) => detail);
      const { email } = maya;
      const [looked, refused] = ["wrong email or password", "throttled"];
      expect(await details()).toEqual([
        { email, reason: looked },
        { email, reason: refused },
      ]);
      await vi.advanceTimersByTimeAsync(60_000);
      await vi.waitFor(async () => expect(await events()).toHaveLength(4));
      expect((await details()).slice(2)).toEqual([
        { email, reason: looked, attempts: 7 },
        { email, reason: refused, attempts: 3 },
      ]);
      // Of several accounts none is blamed for what was tried at the others.
      for (const email of ["a@example.com", "b@example.com", maya.email])
        for (let attempt = 0; attempt < 12; attempt++)
          await refusalOf(signIn(email, "a guess", `2001:db8::${attempt}`)).catch(() => {});
      const before = (await events()).length;
      await vi.advanceTimersByTimeAsync(60_000);
      await vi.waitFor(async () => expect((await events()).length).toBeGreaterThan(before + 1));
      const detail = (await details()).findLast(({ reason }) => reason === "throttled");
      expect(detail).toMatchObject({ accounts: 3, reason: "throttled" });
      expect(detail).not.toHaveProperty("email");
      expect(await sessionsOf(maya.id)).toHaveLength(1);
    } finally {
      vi.useRealTimers();
    }
  });

  it("keep nobody else out: the owner signs in from another address", async () => {
    for (let attempt = 0; attempt < 12; attempt++) await wrong("198.51.100.1");
    await expect(signIn(maya.email, PASSWORD, "203.0.113.9")).resolves.toMatchObject({ memberId: maya.id });
  });

  it("cost no more work", async () => {
    for (let attempt = 0; attempt < 8; attempt++) await wrong();
    vi.mocked(argon2.verify).mockClear();
    await refusalOf(signIn(maya.email, PASSWORD));
    expect(argon2.verify).not.toHaveBeenCalled();
  });

  it("are not forgiven by a right password in between, which itself counts for nothing", async () => {
    for (let attempt = 0; attempt < 7; attempt++) await wrong();
    for (let again = 0; again < 3; again++) await signIn(maya.email, PASSWORD);
    expect((await wrong()).code).toBe("unauthenticated");
    expect((await wrong()).code).toBe("throttled");
  });

  it("of sixty at once eight are looked at", async () => {
    const answers = await Promise.all(Array.from({ length: 60 }, () => wrong()));
    expect(answers.filter(({ code }) => code === "unauthenticated")).toHaveLength(8);
    expect(answers.filter(({ code }) => code === "throttled")).toHaveLength(52);
  });

  it("at 120 accounts from 120 addresses of one /64: forty are looked at", async () => {
    const answers = await Promise.all(
      Array.from({ length: 120 }, (_, each) =>
        refusalOf(signIn(`guess-${each}@example.com`, "a guess", `2001:db8::${each.toString(16)}`)),
      ),
    );
    expect(answers.filter(({ code }) => code === "unauthenticated")).toHaveLength(40);
  });

  it("at one account from many addresses are slowed down and reported, and the owner still gets in", async () => {
    for (let attempt = 0; attempt < 40; attempt++) await wrong(`198.51.100.${attempt}`);
    const before = performance.now();
    await expect(signIn(maya.email, PASSWORD, "203.0.113.9")).resolves.toBeDefined();
    expect(performance.now() - before).toBeGreaterThan(950);
    expect((await events()).filter(({ action }) => action === "limit.reached")).toMatchObject([
      {
        detail: {
          what: "attempts to sign in to one account from anywhere",
          most: 40,
          seconds: 900,
          email: maya.email,
        },
      },
    ]);
  });
});

describe("a device that signed in before", () => {
  const home = "198.51.100.1";
  const device = async () => (await signIn(maya.email, PASSWORD)).device;

  it("gets in where others have used up its address and its account", async () => {
    const mark = await device();
    for (let attempt = 0; attempt < 12; attempt++) await wrong(home);
    for (let attempt = 0; attempt < 40; attempt++)
      await refusalOf(signIn(`guess-${attempt}@example.com`, "a guess", home));
    expect((await refusalOf(signIn(maya.email, PASSWORD, home))).code).toBe("throttled");
    await expect(signIn(maya.email, PASSWORD, home, { device: mark })).resolves.toBeDefined();
  });

  it("has eight attempts of its own, which a new mark does not renew, and is like any other then", async () => {
    let mark = await device();
    mark = (await signIn(maya.email, PASSWORD, home, { device: mark })).device;
    const codes: string[] = [];
    for (let attempt = 0; attempt < 17; attempt++) codes.push((await wrong(home, mark)).code);
    expect(codes).toEqual([...Array(16).fill("unauthenticated"), "throttled"]);
  });

  it.each<[string, (mark: string) => string | Promise<string>]>([
    ["none", () => ""],
    ["nonsense", () => "a.b.c"],
    ["one that was changed", (mark) => mark.replace(/[^.](?=[^.]*$)/, (first) => (first === "A" ? "B" : "A"))],
    ["one without a signature", (mark) => mark.replace(/[^.]*$/, "")],
    ["one that says alg none", (mark) => `${btoa('{"alg":"none","typ":"device+jwt"}')}.${mark.split(".")[1]}.`],
    ["another account's", () => markDevice({ id: "somebody-else", passwordHash })],
    ["one from before the password was changed", () => markDevice({ id: maya.id, passwordHash: "an older hash" })],
    [
      "one that is signed with the session's secret itself",
      (mark) =>
        new SignJWT(decodeJwt(mark))
          .setProtectedHeader({ alg: "HS256", typ: "device+jwt" })
          .sign(new TextEncoder().encode(process.env.AUTH_SECRET)),
    ],
  ])("is not known by %s", async (_, forge) => {
    const mark = await forge(await device());
    for (let attempt = 0; attempt < 8; attempt++) await wrong(home);
    expect((await refusalOf(signIn(maya.email, PASSWORD, home, { device: mark }))).code).toBe("throttled");
  });

  it("is known for 180 days", async () => {
    const mark = await device();
    const member = { id: maya.id, passwordHash };
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 179 * 86_400_000 });
    expect(await deviceOf(mark, member)).toBeDefined();
    vi.setSystemTime(Date.now() + 2 * 86_400_000);
    expect(await deviceOf(mark, member)).toBeUndefined();
    vi.useRealTimers();
  });

  it("opens nothing for a disabled member, and its answer is the same", async () => {
    const mark = await device();
    desk.raw((db) =>
      db.prepare("UPDATE Member SET disabledAt = ? WHERE id = ?").run(Date.parse("2026-11-24T00:00:00Z"), maya.id),
    );
    const { code, message } = await refusalOf(signIn(maya.email, PASSWORD, home, { device: mark }));
    expect({ code, message }).toEqual({ code: "unauthenticated", message: "Email or password is wrong." });
  });
});

describe("what ends every session while a password is looked at ends this sign-in too:", () => {
  const changes = {
    "a new password": ["passwordHash", "another hash", "wrong email or password"],
    "a disabling": ["disabledAt", 1, "member is disabled"],
  } as const;

  it.each(Object.entries(changes))("%s", async (_, [column, value, reason]) => {
    const { verify } = await vi.importActual<typeof argon2>("@node-rs/argon2");
    vi.mocked(argon2.verify).mockImplementationOnce(async (...given) => {
      desk.raw((db) => db.prepare(`UPDATE Member SET ${column} = ? WHERE id = ?`).run(value, maya.id));
      return verify(...given);
    });
    const { code, message } = await refusalOf(signIn(maya.email, PASSWORD));
    expect([code, message]).toEqual(["unauthenticated", "Email or password is wrong."]);
    expect(await sessionsOf(maya.id)).toHaveLength(1);
    expect(await reasons()).toEqual([reason]);
  });

  it("a new password while the attempt waits for its turn", async () => {
    const otherHash = await hashPassword("another password");
    const { setTimeout } = globalThis;
    const waited = vi.fn();
    vi.spyOn(globalThis, "setTimeout").mockImplementation(((done: () => void, delay: number) => {
      if (delay !== 2_000) return setTimeout(done, delay);
      waited();
      desk.raw((db) => db.prepare("UPDATE Member SET passwordHash = ? WHERE id = ?").run(otherHash, maya.id));
      return done();
    }) as never);
    desk.raw((db) =>
      db.prepare("INSERT INTO LimitCount VALUES ('signInsToAccount', ?, 50, ?)").run(maya.email, Date.now() + 60_000),
    );
    await refusalOf(signIn(maya.email, PASSWORD));
    expect(waited).toHaveBeenCalledOnce();
    expect(await sessionsOf(maya.id)).toHaveLength(1);
  });
});

describe("signing in where somebody is signed in", () => {
  it("ends that session, and no other, with an event", async () => {
    const first = await signIn(maya.email, PASSWORD);
    const second = await signIn(maya.email, PASSWORD, undefined, { sessionId: first.sessionId });
    const ended = (await sessionsOf(maya.id)).filter(({ endedAt }) => endedAt);
    expect(ended.map(({ id }) => id)).toEqual([first.sessionId]);
    expect(second.sessionId).not.toBe(first.sessionId);
    expect((await events()).slice(-2)).toMatchObject([
      {
        action: "session.ended",
        actorId: maya.id,
        memberId: maya.id,
        detail: { reason: "signed in anew" },
      },
      { action: "auth.signed_in" },
    ]);
  });

  it("at once, several times, leaves one session behind, each with its event; later, or elsewhere, another one", async () => {
    const { sessionId } = await signIn(maya.email, PASSWORD);
    const again = (address?: string) => signIn(maya.email, PASSWORD, address, { sessionId });
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    const opened = await Promise.all([1, 2, 3, 4, 5].map(() => again()));
    const begun = opened[0]?.sessionId;
    expect(begun).not.toBe(sessionId);
    expect(new Set(opened.map((each) => each.sessionId))).toEqual(new Set([begun]));
    const open = async () => (await sessionsOf(maya.id)).filter(({ endedAt }) => !endedAt).map(({ id }) => id);
    expect(await open()).toEqual([maya.sessionId, begun]);
    expect((await events()).filter(({ action }) => action === "auth.signed_in")).toHaveLength(6);
    vi.advanceTimersByTime(10_000);
    const later = (await again()).sessionId;
    expect(later).not.toBe(begun);
    expect((await again("198.51.100.77")).sessionId).not.toBe(later);
    vi.useRealTimers();
  });

  it("at once as somebody else, from the browser of another, is a session of their own", async () => {
    const other = await desk.addMember("issuer");
    const hash = "SELECT passwordHash FROM Member WHERE id = ?";
    desk.raw((db) => db.prepare(`UPDATE Member SET passwordHash = (${hash}) WHERE id = ?`).run(maya.id, other.id));
    const { sessionId } = await signIn(maya.email, PASSWORD);
    const begun = await signIn(maya.email, PASSWORD, undefined, { sessionId });
    const theirs = await signIn(other.email, PASSWORD, undefined, { sessionId });
    expect(theirs.sessionId).not.toBe(begun.sessionId);
    expect((await sessionsOf(other.id)).map(({ id }) => id)).toContain(theirs.sessionId);
  });

  it("right behind a change of password is no other browser's, whose change has ended it", async () => {
    const [changing, other] = [await signIn(maya.email, PASSWORD), await signIn(maya.email, PASSWORD)];
    const next = "seven calm otters juggle";
    const there = { ...maya, sessionId: changing.sessionId, origin: visitor().origin };
    const changed = await changePassword(there, { current: PASSWORD, password: next });
    const again = await signIn(maya.email, next, undefined, { sessionId: other.sessionId });
    expect(again.sessionId).not.toBe(changed.sessionId);
  });

  it("at once is not taken up again once it was ended", async () => {
    const { sessionId } = await signIn(maya.email, PASSWORD);
    const again = () => signIn(maya.email, PASSWORD, undefined, { sessionId });
    const { sessionId: begun } = await again();
    await endSession({ ...maya, sessionId: begun });
    expect((await again()).sessionId).not.toBe(begun);
  });

  it("says whose it was, where somebody else had it", async () => {
    const other = await desk.addMember("issuer");
    await signIn(maya.email, PASSWORD, undefined, { sessionId: other.sessionId });
    expect((await events()).find(({ action }) => action === "session.ended")).toMatchObject({
      ...{ actorId: maya.id, memberId: other.id },
      detail: { email: other.email, reason: "signed in anew" },
    });
  });

  it("ends it as often as it was open: once", async () => {
    const { sessionId } = await signIn(maya.email, PASSWORD);
    await Promise.all([1, 2].map(() => signIn(maya.email, PASSWORD, undefined, { sessionId })));
    await signIn(maya.email, PASSWORD, undefined, { sessionId: "of no row" });
    // One that has expired is no event, but does not come back by a clock that is put right.
    desk.raw((db) => db.prepare("UPDATE Session SET expiresAt = 1 WHERE id = ?").run(maya.sessionId));
    await signIn(maya.email, PASSWORD, undefined, { sessionId: maya.sessionId });
    expect(await reader().session.findUnique({ where: { id: maya.sessionId } })).toMatchObject({
      endedAt: expect.any(Date),
    });
    // Nor is one that stood idle for too long.
    const idle = await signIn(maya.email, PASSWORD);
    desk.raw((db) => db.prepare("UPDATE Session SET lastSeenAt = 1 WHERE id = ?").run(idle.sessionId));
    await signIn(maya.email, PASSWORD, undefined, { sessionId: idle.sessionId });
    expect((await events()).filter(({ action }) => action === "session.ended")).toHaveLength(1);
  });

  it("ends it only with the right password", async () => {
    const { sessionId } = await signIn(maya.email, PASSWORD);
    await refusalOf(signIn(maya.email, "a wrong password", undefined, { sessionId }));
    expect((await sessionsOf(maya.id)).filter(({ endedAt }) => endedAt)).toEqual([]);
  });
});

describe("the right password, again and again", () => {
  it("is refused beyond thirty times an hour, which is told of once, and elsewhere nobody is kept out", async () => {
    for (let count = 0; count < 30; count++) await signIn(maya.email, PASSWORD, `198.51.100.${count}`);
    for (let count = 0; count < 3; count++)
      expect((await refusalOf(signIn(maya.email, PASSWORD, "203.0.113.9"))).code).toBe("throttled");
    expect(await sessionsOf(maya.id)).toHaveLength(31);
    expect((await events()).filter(({ action }) => action === "limit.reached")).toMatchObject([
      { actorId: maya.id, detail: { what: "times signed in", most: 30, seconds: 3600 } },
    ]);
    // They were right: nothing of them counts as an attempt.
    expect((await reader().limitCount.findMany()).filter(({ count }) => count > 0)).toEqual([]);
  });
});

describe("signing out", () => {
  it("ends that session and no other, and is recorded", async () => {
    const { sessionId } = await signIn(maya.email, PASSWORD);
    await endSession(maya);
    const ended = (await sessionsOf(maya.id)).filter(({ endedAt }) => endedAt !== null);
    expect(ended.map(({ id }) => id)).toEqual([maya.sessionId]);
    expect(sessionId).not.toBe(maya.sessionId);
    expect((await events()).at(-1)).toMatchObject({ action: "auth.signed_out", outcome: "ok", actorId: maya.id });
  });

  it("in two tabs at once, and again later, is one sign-out", async () => {
    await Promise.all([endSession(maya), endSession(maya)]);
    const [{ endedAt } = { endedAt: null }] = await sessionsOf(maya.id);
    await endSession(maya);
    expect((await sessionsOf(maya.id))[0]?.endedAt).toEqual(endedAt);
    expect((await events()).map(({ action }) => action)).toEqual(["auth.signed_out"]);
  });
});
