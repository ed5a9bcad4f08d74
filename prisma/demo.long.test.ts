import { randomBytes, randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hexOf } from "@/lib/audit/bytes";
import { dayOf } from "@/lib/audit/day";
import type { Member } from "@/lib/auth/actor";
import { verifyPassword } from "@/lib/auth/password";
import { addSession } from "@/lib/auth/sign-in";
import { closeDatabase, reader, transaction } from "@/lib/db";
import { SOON_SECONDS } from "@/lib/decoder/verdict";
import { ALGORITHM } from "@/lib/jwt/check-header";
import { openSecrets } from "@/lib/keys/open-secrets";
import { readPolicy } from "@/lib/keys/policy";
import type { Claims } from "@/lib/profiles/profile";
import { profileOf } from "@/lib/profiles/registry";
import { ensureDatabase } from "@/lib/start/ensure-database";
import { recorded } from "@/lib/test-desk";
import { issueToken } from "@/lib/tokens/issue";
import { signToken, tokenSha256 } from "@/lib/tokens/sign";
import type { AuditEvent, IssuedToken } from "@/prisma/generated/client";
import { recreateDemoDatabase } from "./demo-database";
import { fillDemo } from "./demo-fill";
import { demoStory } from "./demo-story";
import { demoMembers, invited, marek, staging, tomas } from "./demo-team";

const DAY = 24 * 60 * 60 * 1000;
const PASSWORD = "kfr3-8mzt-qwpd-7xnc";
const folder = mkdtempSync(join(tmpdir(), "claimcheck-demo-"));
const file = join(folder, "demo.db");
const now = new Date();
let tokens: IssuedToken[];
let events: AuditEvent[];

beforeAll(async () => {
  process.env.DATABASE_URL = `file:${file}`;
  process.env.AUTH_SECRET = randomBytes(32).toString("base64url");
  process.env.SEALING_KEYS = `k1:${randomBytes(32).toString("base64url")}`;
  recreateDemoDatabase(file);
  await ensureDatabase(process.env.DATABASE_URL);
  await fillDemo(now, PASSWORD);
  tokens = await reader().issuedToken.findMany({ orderBy: { number: "asc" } });
  events = await reader().auditEvent.findMany({ orderBy: { sequence: "asc" } });
}, 180_000);

afterAll(async () => {
  await closeDatabase();
  rmSync(folder, { recursive: true });
});

const gapless = (length: number) => Array.from({ length }, (_, index) => index + 1);

describe("the ledger", () => {
  test("has some thousand tokens of the past 90 days, in order of time and without gaps", () => {
    expect(tokens.length).toBeGreaterThan(2_000);
    expect(tokens.length).toBeLessThan(5_000);
    expect(tokens.map(({ number }) => number)).toEqual(gapless(tokens.length));
    const issued = tokens.map(({ issuedAt }) => issuedAt.getTime());
    expect(issued).toEqual(issued.toSorted((a, b) => a - b));
    expect(issued.at(0)).toBeGreaterThan(now.getTime() - 91 * DAY);
    expect(issued.at(-1)).toBeLessThan(now.getTime());
  });

  test("has only tokens that keep every rule and their key's policy", async () => {
    const keys = new Map((await reader().signingKey.findMany()).map((key) => [key.id, key]));
    for (const token of tokens) {
      const key = keys.get(token.keyId);
      const claims = JSON.parse(token.claims) as Claims;
      const errors = profileOf("videosdk")
        .rules(claims, { now: Number(claims.iat) })
        .filter(({ severity }) => severity === "error");
      expect(errors).toEqual([]);
      expect(claims.apikey).toBe(key?.apiKey);
      expect(Number(claims.exp) * 1000).toBe(token.expiresAt.getTime());
      expect(Number(claims.exp) - Number(claims.iat)).toBeLessThanOrEqual(
        readPolicy(key?.policy ?? "").maxTtlSeconds ?? 7 * 86_400,
      );
    }
  });

  test("has the SHA-256 of real tokens: signed again from their claims they are the same", async () => {
    expect(new Set(tokens.map(({ sha256 }) => hexOf(sha256))).size).toBe(tokens.length);
    const secrets = new Map((await openSecrets()).map(({ versionId, secret }) => [versionId, secret]));
    for (const token of tokens.filter(({ number }) => number % 41 === 0)) {
      const again = await signToken(
        JSON.parse(token.claims) as Claims,
        secrets.get(token.secretVersionId) ?? "",
        ALGORITHM,
      );
      expect(tokenSha256(again)).toBe(hexOf(token.sha256));
    }
  });

  test("has tokens that are alive now, and some that expire soon", () => {
    const left = tokens.map(({ expiresAt }) => (expiresAt.getTime() - now.getTime()) / 1000);
    expect(left.filter((seconds) => seconds > 60).length).toBeGreaterThan(15);
    expect(left.filter((seconds) => seconds > 30 && seconds <= SOON_SECONDS).length).toBeGreaterThanOrEqual(3);
  });
});

describe("the audit log", () => {
  test("is in order of time and without gaps", () => {
    expect(events.map(({ sequence }) => sequence)).toEqual(gapless(events.length));
    const times = events.map(({ at }) => at.getTime());
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  test("agrees with the ledger one to one", async () => {
    const told = (await recorded("token.issued")).map(({ tokenNumber, keyId, actorId, actorName, via, sequence }) => {
      const { room, subject } = events.find((event) => event.sequence === sequence) ?? {};
      return { number: tokenNumber, keyId, actorId, actorName, via, room, subject };
    });
    const kept = tokens.map(({ number, keyId, actorId, actorName, via, room, subject }) => {
      return { number, keyId, actorId, actorName, via, room, subject };
    });
    expect(told).toEqual(kept);
  });

  test("has the running totals that counting gives", async () => {
    for (const { id, issuedTokens } of await reader().signingKey.findMany())
      expect(issuedTokens).toBe(tokens.filter(({ keyId }) => keyId === id).length);
    const counted = new Map<string, number[]>();
    for (const { at, sequence } of events) counted.set(dayOf(at), [...(counted.get(dayOf(at)) ?? []), sequence]);
    const kept = await reader().auditDay.findMany({ orderBy: { day: "asc" } });
    expect(kept).toEqual(
      [...counted].map(([day, all]) => ({ day, firstSequence: Math.min(...all), lastSequence: Math.max(...all) })),
    );
  });

  test("tells of every kind of event", () => {
    expect([...new Set(events.map(({ action }) => action))].sort()).toEqual([
      "access.denied",
      "auth.sign_in_failed",
      "auth.signed_in",
      "auth.signed_out",
      "batch.issued",
      "case.opened",
      "credential.created",
      "endpoint.created",
      "key.changed",
      "key.created",
      "key.disabled",
      "key.enabled",
      "member.disabled",
      "member.invited",
      "member.joined",
      "team.admin_created",
      "template.changed",
      "template.created",
      "template.proposed",
      "token.inspected",
      "token.issued",
      "token.refused",
      "token.signed_elsewhere",
    ]);
    expect(events.filter(({ action }) => action === "token.signed_elsewhere")).toHaveLength(3);
  });

  test("has seen each member when they did something last", async () => {
    const members = await reader().member.findMany();
    const last = members.map(({ id }) => events.findLast(({ actorId }) => actorId === id)?.at);
    expect(members.map(({ lastSeenAt }) => lastSeenAt)).toEqual(last);
  });

  test("has nobody act outside a session of theirs", async () => {
    const sessions = await reader().session.findMany();
    const programs = new Set(
      [...(await reader().endpoint.findMany()), ...(await reader().credential.findMany())].map(({ id }) => id),
    );
    for (const { action, actorId, at, sequence } of events) {
      if (actorId === null || programs.has(actorId) || ["team.admin_created", "member.joined"].includes(action))
        continue;
      const open = sessions.some(
        ({ memberId, createdAt, expiresAt, endedAt }) =>
          memberId === actorId && createdAt <= at && at < expiresAt && (endedAt === null || at <= endedAt),
      );
      expect(open, `event ${sequence}`).toBe(true);
    }
  });
});

test("one key is disabled, and one has a max lifetime of 24 hours", async () => {
  const keys = await reader().signingKey.findMany();
  expect(keys).toHaveLength(3);
  expect(keys.filter(({ disabledAt }) => disabledAt !== null)).toHaveLength(1);
  expect(keys.filter(({ policy }) => readPolicy(policy).maxTtlSeconds === 86_400)).toHaveLength(1);
});

test("one key says that nothing else signs with it, one that something does, of one nobody has said; a case is open", async () => {
  const keys = await reader().signingKey.findMany({ orderBy: { createdAt: "asc" } });
  expect(keys.map(({ label, signsElsewhere }) => [label, signsElsewhere])).toEqual([
    ["Production", "no"],
    ["Staging", null],
    ["Load test", "yes"],
  ]);
  const cases = await reader().case.findMany({ include: { tokens: true } });
  expect(cases).toHaveLength(1);
  expect(cases[0]).toMatchObject({ keyLabel: "Production", acknowledgedAt: null });
  expect(cases[0]?.tokens).toHaveLength(2);
});

test("an app asks an endpoint and CI asks the API, each of which says what it was used for", async () => {
  const [endpoint] = await reader().endpoint.findMany();
  const asked = tokens.filter(({ actorId }) => actorId === endpoint?.id);
  expect(asked.length).toBeGreaterThan(20);
  expect(endpoint).toMatchObject({ issuedTokens: asked.length, endsAt: expect.any(Date) });
  expect(endpoint?.endsAt?.getTime()).toBeGreaterThan(now.getTime());
  const [credential] = await reader().credential.findMany({ include: { values: true } });
  expect(tokens.filter(({ actorId }) => actorId === credential?.id).length).toBeGreaterThan(7);
  expect(credential?.values[0]?.lastUsedAt?.getTime()).toBeGreaterThan(now.getTime() - 2 * DAY);
});

test("every role can sign in with the password", async () => {
  const members = await reader().member.findMany();
  expect(new Set(members.map(({ role }) => role))).toEqual(new Set(["admin", "issuer", "auditor", "support"]));
  for (const { passwordHash } of members) expect(await verifyPassword(passwordHash, PASSWORD)).toBe(true);
});

test("one member has left, and one is invited, by links that opened", async () => {
  expect(await reader().member.findMany({ where: { disabledAt: { not: null } } })).toMatchObject([
    { email: marek.email, lastSeenAt: expect.any(Date) },
  ]);
  const invitations = await reader().invitation.findMany();
  expect(invitations.filter(({ usedAt }) => usedAt === null)).toMatchObject([{ ...invited, withdrawnAt: null }]);
  expect(invitations.every(({ usedAt, expiresAt }) => usedAt !== null || expiresAt > now)).toBe(true);
  expect(invitations).toHaveLength(demoMembers.length);
});

test("the desk goes on where the demo ends, with rows of the same shape", async () => {
  const { id } = await reader().member.findUniqueOrThrow({ where: { email: tomas.email } });
  const key = await reader().signingKey.findFirstOrThrow({ where: { label: staging.label } });
  const origin = { via: "dashboard", address: "127.0.0.1", userAgent: "test", requestId: randomUUID() } as const;
  const sessionId = await transaction((tx) => addSession(tx, id, origin, new Date()));
  const { name, email } = tomas;
  const actor: Member = { kind: "member", id, name, email, role: "issuer", sessionId, origin };
  const { number } = await issueToken(actor, {
    ...{ keyId: key.id, jti: randomUUID(), expiresIn: "15m", purpose: "QA: guest flow on Safari" },
    ...{ permissions: ["ask_join"], roles: ["rtc"], roomId: "2kyv-gzay-64pg", participantId: "lxvdplwt" },
  });
  expect(number).toBe(tokens.length + 1);
  const token = await reader().issuedToken.findUniqueOrThrow({ where: { number } });
  const event = await reader().auditEvent.findFirstOrThrow({ orderBy: { sequence: "desc" } });
  expect(event.sequence).toBe(events.length + 1);
  // The story ends with just such a token.
  const twin = tokens.at(-1);
  const twinEvent = events.find(({ tokenNumber, action }) => tokenNumber === twin?.number && action === "token.issued");
  expect(shapeOf(token)).toEqual(shapeOf(twin));
  expect(shapeOf(event)).toEqual(shapeOf(twinEvent));
});

/** Which columns there are, of which type, and what is inside those that hold JSON. */
function shapeOf(row: object | undefined): unknown {
  return Object.entries(row ?? {}).map(([name, value]) => {
    const type = value instanceof Date ? "date" : value === null ? "null" : typeof value;
    return name === "claims" || name === "body" ? [name, Object.keys(JSON.parse(value))] : [name, type];
  });
}

test("whatever the day of the week, some happen in the last hour and none in the future", () => {
  for (let days = 0; days < 7; days += 1) {
    const when = now.getTime() + days * DAY;
    const acts = demoStory(new Date(when));
    expect(acts.every(({ at }) => at < when && at > when - 91 * DAY)).toBe(true);
    expect(acts.filter(({ at }) => at > when - DAY / 24).length).toBeGreaterThan(5);
  }
});

test("a filled database is not filled again", async () => {
  await expect(fillDemo(now, PASSWORD)).rejects.toThrow("Only an empty database");
});

describe("the demo's file", () => {
  test("is not replaced while a server has it open", () => {
    expect(() => recreateDemoDatabase(file)).toThrow("running already");
    expect(existsSync(file)).toBe(true);
  });

  test("is replaced when the demo made it", () => {
    const own = join(folder, "own.db");
    recreateDemoDatabase(own);
    const database = new Database(own);
    database.exec("CREATE TABLE Old (id)");
    database.close();
    recreateDemoDatabase(own);
    const fresh = new Database(own);
    expect(fresh.prepare("SELECT name FROM sqlite_master").all()).toEqual([]);
    fresh.close();
  });

  test.each([
    ["another database", (path: string) => new Database(path).exec("CREATE TABLE Member (id)").close()],
    ["any other file", (path: string) => writeFileSync(path, "notes")],
  ])("is refused when it is %s", (name, make) => {
    const other = join(folder, `${name}.db`);
    make(other);
    const before = readFileSync(other);
    expect(() => recreateDemoDatabase(other)).toThrow("was not made by the demo");
    expect(readFileSync(other)).toEqual(before);
  });
});
