/** Every page, server action and route of the build, tried by everybody: by nobody, with sessions that have ended, by each role, from foreign pages, with others' ids, and with what no form sends. Each answer is as it must be, and nothing has changed. */
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { httpRoutes } from "@/lib/start/http-routes";
import { actionsOfBuild, pathsOfBuild } from "./stage/build-manifest";
import { change, changedSince, events, everything, rows } from "./stage/database";
import type { Desk } from "./stage/desk";
import { expect, test } from "./stage/fixtures";
import { claimsOf, makeToken } from "./stage/make-token";
import { type NewMember, newMember, newSession, sealCookie } from "./stage/members";
import { people, type Role } from "./stage/people";
import { sendRaw } from "./stage/raw-request";
import { type ActionAnswer, send } from "./stage/server-action";
import { makeKeyPair } from "./stage/signing-keys";

/** What recording an event writes. */
const BOOKS = ["AuditDay", "AuditEvent", "Counter"];

// Written out, and not taken from lib/auth/roles.ts: this is what that must say.
const admin: Role[] = ["admin"];
const issuers: Role[] = ["admin", "issuer"];
const readers: Role[] = ["admin", "issuer", "auditor"];
const exporters: Role[] = ["admin", "auditor"];
const members: Role[] = ["admin", "issuer", "auditor", "support"];

/** Somebody at a desk, and what else is there. */
type Scene = { desk: Desk; me: NewMember; sessionId: string; cookie: string };

type Door = {
  /** The page that it is sent to. */
  at: string;
  may: Role[] | "anybody";
  /** As a denial names it. */
  verb?: string;
  /** What it is sent when all is well; it makes what it names. */
  input: (scene: Scene) => unknown[] | Promise<unknown[]>;
  /** What comes of that: `ok`, an error's code, or the page that it leads to. */
  answer?: string;
  /** The tables that it changes then, besides the books; of members and sessions, one's own alone where `own` says so. */
  changes: string[];
  own?: true;
  /** Of the frame, which stands at every page that there is not, and so is everywhere. */
  everywhere?: true;
  /** What nobody is answered; `unauthenticated` unless it says otherwise. */
  nobody?: string;
  /** What it is answered when it is sent anything but a form; `invalid` unless it says otherwise. */
  rubbish?: string;
  /** Others' ids, and ids of nothing. */
  others?: (
    scene: Scene,
  ) => Record<string, [input: unknown[], answer: string]> | Promise<Record<string, [unknown[], string]>>;
};

const [ROOM, PURPOSE, NOTE] = ["northern-room", "Meeting of the board", "It was our own backend."];

const sha256 = (text: string) => createHash("sha256").update(text).digest();
const only = <Row>(file: string, sql: string, ...values: unknown[]): Row => {
  const [row] = rows<Row>(file, sql, ...values);
  if (!row) throw new Error(`There is no row: ${sql}`);
  return row;
};

const keyOf = ({ desk }: Scene) =>
  only<{ id: string; versionId: string }>(
    desk.database,
    "SELECT k.id, s.id AS versionId FROM SigningKey k JOIN SecretVersion s ON s.keyId = k.id WHERE k.apiKey = ?",
    desk.key.apiKey,
  );

/** Of a key without a secret. */
function anotherKey({ desk }: Scene): string {
  const id = randomUUID();
  change(
    desk.database,
    "INSERT INTO SigningKey (id, label, apiKey, profile, policy, createdAt, createdById, createdByName) SELECT ?, ?, ?, profile, policy, createdAt, createdById, createdByName FROM SigningKey LIMIT 1",
    ...[id, `Key ${id.slice(0, 6)}`, randomUUID()],
  );
  return id;
}

function openCase(scene: Scene): number {
  const { id, versionId } = keyOf(scene);
  const number = 1_000 + only<{ count: number }>(scene.desk.database, 'SELECT count(*) AS count FROM "Case"').count;
  change(
    scene.desk.database,
    'INSERT INTO "Case" (number, keyId, keyLabel, secretVersionId, openedAt) VALUES (?, ?, ?, ?, ?)',
    ...[number, id, "Staging", versionId, Date.now()],
  );
  return number;
}

type LinkState = { usedAt?: number; withdrawnAt?: number; expiresAt?: number };

function invitation({ desk }: Scene, { usedAt, withdrawnAt, expiresAt }: LinkState = {}): { id: string; code: string } {
  const [id, code] = [randomUUID(), randomBytes(24).toString("base64url")];
  change(
    desk.database,
    "INSERT INTO Invitation (id, email, role, linkHash, createdAt, createdById, createdByName, expiresAt, usedAt, withdrawnAt) VALUES (?, ?, 'admin', ?, ?, 'x', 'Somebody', ?, ?, ?)",
    ...[id, `${id}@example.com`, sha256(code), Date.now(), expiresAt ?? Date.now() + 3_600_000],
    ...[usedAt ?? null, withdrawnAt ?? null],
  );
  return { id, code };
}

function resetLink({ desk }: Scene, memberId: string, { usedAt, expiresAt }: LinkState = {}): string {
  const code = randomBytes(24).toString("base64url");
  change(
    desk.database,
    "INSERT INTO ResetLink (id, memberId, linkHash, createdAt, createdByName, expiresAt, usedAt) VALUES (?, ?, ?, ?, 'x', ?, ?)",
    ...[randomUUID(), memberId, sha256(code), Date.now(), expiresAt ?? Date.now() + 3_600_000, usedAt ?? null],
  );
  return code;
}

async function sceneOf(desk: Desk, role: Role): Promise<Scene> {
  const me = await newMember(desk, role);
  const session = await newSession(desk, me.id);
  return { desk, me, sessionId: session.id, cookie: session.cookie };
}

const form = (scene: Scene) => ({
  ...{ keyId: keyOf(scene).id, permissions: ["allow_join"], roomId: ROOM, expiresIn: "2h", jti: randomUUID() },
  purpose: PURPOSE,
});

/** Issued by an admin. */
async function issued({ desk }: Pick<Scene, "desk">) {
  const scene = await sceneOf(desk, "admin");
  const asked = form(scene);
  const { result } = await call(scene, "issueTokenAction", [asked]);
  return { ...(result?.data as { token: string; number: number }), form: asked, by: scene.me };
}

const NEW_PASSWORD = "seven marble kites asleep";
const unknownMember = { memberId: "nobody" };

const doors: Record<string, Door> = {
  issueTokenAction: {
    ...{ at: "/issue", may: issuers, verb: "token.issue" },
    input: (scene) => [form(scene)],
    changes: ["IssuedPerQuarter", "IssuedToken", "Member", "SigningKey"],
    others: async (scene) => ({
      "the form of another's token": [[(await issued(scene)).form], "conflict"],
      "a key that is not there": [[{ ...form(scene), keyId: scene.me.id }], "not_found"],
    }),
  },
  inspectTokenAction: {
    ...{ at: "/decode", may: members },
    input: async (scene) => [{ token: (await issued(scene)).token }],
    changes: [],
  },
  lookUpTokensAction: {
    ...{ at: "/decode", may: members },
    input: async (scene) => [{ sha256: [sha256((await issued(scene)).token).toString("hex")] }],
    changes: [],
  },
  listDestinationsAction: { at: "/", may: members, everywhere: true, input: () => [], changes: [] },
  findTokenAction: {
    ...{ at: "/", may: readers, verb: "audit.read", everywhere: true },
    input: async (scene) => [{ number: (await issued(scene)).number }],
    changes: [],
    others: () => ({ "a number that is no token's": [[{ number: 999_999 }], "ok"] }),
  },
  countNewerAction: {
    ...{ at: "/audit", may: readers, verb: "audit.read" },
    input: () => [{}, 0],
    changes: [],
    // What a filter cannot read is left out: a link must always show something.
    rubbish: "ok",
  },
  "POST /audit/export": {
    ...{ at: "/audit/export", may: exporters, verb: "audit.export" },
    input: () => [{ format: "csv", zone: "UTC" }],
    changes: [],
  },
  createKeyAction: {
    ...{ at: "/keys", may: admin, verb: "key.create" },
    input: () => [{ profile: "videosdk", ...makeKeyPair("Behind the door"), maxLifetime: "" }],
    changes: ["SecretVersion", "SigningKey"],
    others: ({ desk }) => ({
      "a key that is here": [[{ profile: "videosdk", ...makeKeyPair("Twin"), apiKey: desk.key.apiKey }], "conflict"],
    }),
  },
  setKeyStatusAction: {
    ...{ at: "/keys", may: admin, verb: "key.set_status" },
    input: (scene) => [{ keyId: anotherKey(scene), disabled: true }],
    changes: ["SigningKey"],
    others: ({ me }) => ({ "a key that is not there": [[{ keyId: me.id, disabled: true }], "not_found"] }),
  },
  changeKeyAction: {
    ...{ at: "/keys", may: admin, verb: "key.change" },
    input: (scene) => [{ keyId: anotherKey(scene), label: "Renamed", signsElsewhere: "yes" }],
    changes: ["SigningKey"],
    others: ({ me }) => ({ "a key that is not there": [[{ keyId: me.id, label: "Renamed" }], "not_found"] }),
  },
  acknowledgeCaseAction: {
    ...{ at: "/cases/1000", may: admin, verb: "case.acknowledge" },
    input: (scene) => [{ number: openCase(scene), note: NOTE }],
    changes: ["Case"],
    others: () => ({ "a case that is not there": [[{ number: 999_999, note: "None." }], "not_found"] }),
  },
  inviteMemberAction: {
    ...{ at: "/team", may: admin, verb: "team.manage" },
    input: () => [{ email: `${randomUUID()}@example.com`, role: "admin" }],
    changes: ["Invitation"],
    others: () => ({ "a member's email": [[{ email: people.admin.email, role: "admin" }], "invalid"] }),
  },
  renewInvitationAction: {
    ...{ at: "/team", may: admin, verb: "team.manage" },
    input: (scene) => [{ invitationId: invitation(scene).id }],
    changes: ["Invitation"],
    others: (scene) => ({
      "one that was used": [[{ invitationId: invitation(scene, { usedAt: 1 }).id }], "not_found"],
      "one that was withdrawn": [[{ invitationId: invitation(scene, { withdrawnAt: 1 }).id }], "not_found"],
      none: [[{ invitationId: scene.me.id }], "not_found"],
    }),
  },
  withdrawInvitationAction: {
    ...{ at: "/team", may: admin, verb: "team.manage" },
    input: (scene) => [{ invitationId: invitation(scene).id }],
    changes: ["Invitation"],
    others: (scene) => ({
      "one that was used": [[{ invitationId: invitation(scene, { usedAt: 1 }).id }], "conflict"],
      none: [[{ invitationId: scene.me.id }], "not_found"],
    }),
  },
  changeRoleAction: {
    ...{ at: "/team", may: admin, verb: "team.manage" },
    input: async ({ desk }) => [{ memberId: (await newMember(desk, "support")).id, role: "issuer" }],
    changes: ["Member"],
    others: () => ({ "no member": [[{ ...unknownMember, role: "admin" }], "not_found"] }),
  },
  setMemberStatusAction: {
    ...{ at: "/team", may: admin, verb: "team.manage" },
    input: async ({ desk }) => [{ memberId: (await newMember(desk, "support")).id, disabled: true }],
    changes: ["Member"],
    others: () => ({ "no member": [[{ ...unknownMember, disabled: true }], "not_found"] }),
  },
  makeResetLinkAction: {
    ...{ at: "/team", may: admin, verb: "team.manage" },
    input: async ({ desk }) => [{ memberId: (await newMember(desk, "support")).id }],
    changes: ["ResetLink"],
    others: async ({ desk }) => ({
      "one who is disabled": [[{ memberId: (await newMember(desk, "admin", { disabled: true })).id }], "conflict"],
      "no member": [[unknownMember], "not_found"],
    }),
  },
  changeNameAction: {
    ...{ at: "/me", may: members, own: true },
    // Whose it is, is the session's to say.
    input: () => [{ name: "Robin Behind-Door", id: "another", memberId: "another" }],
    changes: ["Member"],
  },
  changePasswordAction: {
    ...{ at: "/me", may: members, own: true },
    input: ({ me }) => [{ current: me.password, password: NEW_PASSWORD }],
    changes: ["LimitCount", "Member", "Session"],
    others: () => ({
      "another's password": [[{ current: people.admin.password, password: NEW_PASSWORD }], "invalid"],
    }),
  },
  endSessionAction: {
    ...{ at: "/me", may: members, own: true },
    input: async ({ desk, me }) => [{ sessionId: (await newSession(desk, me.id)).id }],
    changes: ["Session"],
    others: async ({ desk, sessionId }) => ({
      "another's session": [[{ sessionId: (await sceneOf(desk, "admin")).sessionId }], "not_found"],
      "the one that asks": [[{ sessionId }], "invalid"],
    }),
  },
  endOtherSessionsAction: {
    ...{ at: "/me", may: members, own: true },
    input: async ({ desk, me }) => {
      await newSession(desk, me.id);
      return [];
    },
    changes: ["Session"],
  },
  signOutAction: {
    ...{ at: "/", may: members, own: true, everywhere: true },
    input: () => [],
    answer: "to /sign-in",
    nobody: "to /sign-in",
    changes: ["Session"],
  },
  signInAction: {
    ...{ at: "/sign-in", may: "anybody" },
    input: async ({ desk }) => {
      const { email, password } = await newMember(desk, "issuer");
      return ["//evil.example", { email, password }];
    },
    answer: "to /",
    changes: ["LimitCount", "Member", "Session"],
    others: async ({ desk, me }) => {
      const { email, password } = await newMember(desk, "issuer", { disabled: true });
      return {
        "who is disabled": [["/", { email, password }], "unauthenticated"],
        "another's password": [["/", { email: me.email, password: people.admin.password }], "unauthenticated"],
      };
    },
  },
  setupAction: {
    ...{ at: "/sign-in", may: "anybody" },
    input: () => [
      { code: "a".repeat(22), name: "Robin", email: `${randomUUID()}@example.com`, password: NEW_PASSWORD },
    ],
    // There are members; that it makes the first one is how every story's desk began.
    answer: "forbidden",
    changes: [],
  },
  joinTeamAction: {
    ...{ at: "/join", may: "anybody" },
    input: (scene) => [{ code: invitation(scene).code, name: "Robin", password: NEW_PASSWORD }],
    answer: "to /",
    changes: ["Invitation", "LimitCount", "Member", "Session"],
    others: (scene) =>
      Object.fromEntries(
        Object.entries({
          "one that was used": invitation(scene, { usedAt: 1 }).code,
          "one that was withdrawn": invitation(scene, { withdrawnAt: 1 }).code,
          "one that has expired": invitation(scene, { expiresAt: 1 }).code,
          "a reset link": resetLink(scene, scene.me.id),
        }).map(([name, code]) => [name, [[{ code, name: "Robin", password: NEW_PASSWORD }], "forbidden"]]),
      ),
  },
  resetPasswordAction: {
    ...{ at: "/reset", may: "anybody" },
    input: async (scene) => [
      { code: resetLink(scene, (await newMember(scene.desk, "issuer")).id), password: NEW_PASSWORD },
    ],
    answer: "to /",
    changes: ["Member", "ResetLink", "Session"],
    others: async (scene) => {
      const disabled = await newMember(scene.desk, "admin", { disabled: true });
      return Object.fromEntries(
        Object.entries({
          "one that was used": resetLink(scene, scene.me.id, { usedAt: 1 }),
          "one that has expired": resetLink(scene, scene.me.id, { expiresAt: 1 }),
          "of one who is disabled": resetLink(scene, disabled.id),
          "an invitation": invitation(scene).code,
        }).map(([name, code]) => [name, [[{ code, password: NEW_PASSWORD }], "forbidden"]]),
      );
    },
  },
};

const codes: Record<number, string> = { 401: "unauthenticated", 403: "forbidden", 422: "invalid", 200: "ok" };

type Call = { cookie?: string | undefined; headers?: Record<string, string>; at?: string };

const requestOf = (desk: Desk, name: string, at = doors[name]?.at ?? "") => ({
  url: desk.address + at,
  headers: {
    "content-type": "text/plain;charset=UTF-8",
    accept: "text/x-component",
    ...(name.startsWith("POST ") ? {} : { "next-action": actionsOfBuild().get(name) ?? "" }),
  },
});

/** Sends it what its form would, as somebody or as whom `cookie` says. */
async function call(
  { desk, cookie: own }: Scene,
  name: string,
  input: unknown[],
  how: Call = {},
): Promise<ActionAnswer> {
  const { cookie, headers = {}, at } = { cookie: own, ...how };
  const body = name.startsWith("POST ") ? input[0] : input;
  return send({ ...requestOf(desk, name, at), arguments: [] }, { cookie, headers, body });
}

/** `ok`, an error's code, the page that it leads to, or the status of what is none of these. */
function told(name: string, { status, result, headers }: ActionAnswer): string {
  if (name.startsWith("POST ")) return codes[status] ?? String(status);
  const to = headers.get("x-action-redirect");
  if (to) return `to ${to.split(";")[0]}`;
  if (result) return result.ok ? "ok" : (result.error?.code ?? "none");
  return String(status);
}

test("the build has these pages, actions and routes, and no others", () => {
  const actions = Object.keys(doors).filter((name) => !name.startsWith("POST "));
  expect([...actionsOfBuild().keys()].sort()).toEqual(actions.sort());
  expect(pathsOfBuild().sort()).toEqual([...Object.keys(pages), ...Object.keys(files), "/audit/export"].sort());
  expect(httpRoutes.filter(({ only }) => only !== "development").map(({ path }) => path)).toEqual([
    "/api/health",
    "/_next/static/*",
    "/_global-error*",
    "/api/session",
    "/decode",
    "/audit/export",
    "*",
  ]);
});

for (const [name, door] of Object.entries(doors)) {
  const { at, may, verb, changes, own, nobody = "unauthenticated", answer = "ok", rubbish = "invalid" } = door;
  const able = may === "anybody" ? members : may;

  test(`${name} is for ${able === members ? may : able.join(" and ")}, and for nobody else`, async ({ desk }) => {
    const file = desk.database;
    const one = await sceneOf(desk, able[0] ?? "admin");
    const input = await door.input(one);
    const disabled = await newMember(desk, "admin", { disabled: true });
    const ended = [
      ["no session", undefined],
      ["a cookie that is none", "claimcheck=forged"],
      ["a cookie cut short", one.cookie.slice(0, -4)],
      ["a cookie of another secret", await sealCookie(desk, one.sessionId, "another secret, which nobody here has")],
      ["a session that never was", await sealCookie(desk, randomUUID())],
      ["a session that was ended", (await newSession(desk, one.me.id, { endedAt: Date.now() })).cookie],
      ["a session that has expired", (await newSession(desk, one.me.id, { expiresAt: Date.now() - 1 })).cookie],
      [
        "a session that stood idle",
        (await newSession(desk, one.me.id, { lastSeenAt: Date.now() - 121 * 60_000 })).cookie,
      ],
      ["a disabled member's", (await newSession(desk, disabled.id)).cookie],
    ] as const;
    const foreign: [headers: Record<string, string>, status: number][] = [
      [{ origin: "https://evil.example" }, 403],
      [{ origin: "https://evil.example", "x-forwarded-host": "evil.example" }, 403],
      [{ origin: "null" }, 403],
      [{ origin: "" }, 400],
      [{ origin: desk.address, "sec-fetch-site": "cross-site" }, 403],
    ];

    const before = everything(file);
    if (may !== "anybody")
      await test.step("without a session that holds", async () => {
        for (const [who, cookie] of ended)
          expect(told(name, await call(one, name, input, { cookie })), who).toBe(nobody);
      });
    await test.step("from a foreign page", async () => {
      for (const [headers, status] of foreign) {
        const refused = await call(one, name, input, { headers });
        expect([refused.status, refused.result], JSON.stringify(headers)).toEqual([status, undefined]);
      }
      expect(await raw(one, name, JSON.stringify(input), "")).toBe(403);
    });
    await test.step("with what no form sends", async () => {
      const origin = `Origin: ${new URL(desk.address).origin}\r\n`;
      const deep = (levels: number) => `["/",${"[".repeat(levels)}${"]".repeat(levels)}]`;
      const chunk = `10000\r\n${"x".repeat(65_536)}\r\n`;
      expect(await raw(one, name, "x".repeat(10_000_000), origin), "10 MB").toBe(413);
      expect(await raw(one, name, chunk.repeat(153), origin, "chunked"), "10 MB, by counting").toBe(413);
      expect(await raw(one, name, deep(100_000), origin), "100,000 deep").toBe(at === "/decode" ? 400 : 413);
      expect(await raw(one, name, deep(30_000), origin), "30,000 deep").toBe(name.startsWith("POST ") ? 422 : 400);
      if (door.everywhere || name.startsWith("POST ")) return;
      // Next would send it on to itself.
      const { status, result } = await call(one, name, input, { at: may === "anybody" ? "/keys" : "/join" });
      expect(["at another page", status, result]).toEqual(["at another page", 409, undefined]);
    });
    expect(changedSince(file, before)).toEqual([]);

    if (input.length > 0)
      await test.step("with what is no form", async () => {
        for (const each of [[], [null], [1], ["x"], [[]], [{}], [{ __proto__: null }], [[null]]])
          expect(told(name, await call(one, name, each)), JSON.stringify(each)).toBe(rubbish);
      });
    for (const [what, [given, expected]] of Object.entries((await door.others?.(one)) ?? {}))
      await test.step(`with another's: ${what}`, async () => {
        const untouched = everything(file);
        expect(told(name, await call(one, name, given))).toBe(expected);
        expect(BOOKS.concat("LimitCount", "sqlite_sequence")).toEqual(
          expect.arrayContaining(changedSince(file, untouched)),
        );
      });

    for (const role of members.filter((each) => !able.includes(each)))
      await test.step(`as ${role}, who may not`, async () => {
        const scene = await sceneOf(desk, role);
        const untouched = everything(file);
        const refused = await call(scene, name, input);
        expect(told(name, refused)).toBe("forbidden");
        expect(refused.text).toContain(`Your role, ${role}, may not do this`);
        // It is asked who one is before anything is read.
        expect(told(name, await call(scene, name, []))).toBe("forbidden");
        expect(changedSince(file, untouched).filter((table) => table !== "sqlite_sequence")).toEqual(BOOKS);
        const denials = events(file).slice(-2);
        const denied = { action: "access.denied", actorName: scene.me.name, detail: JSON.stringify({ role, verb }) };
        expect(denials).toMatchObject([denied, denied]);
      });

    for (const role of [...able, ...(may === "anybody" ? ["nobody" as const] : [])])
      await test.step(`as ${role}, who may`, async () => {
        const scene = await sceneOf(desk, role === "nobody" ? "support" : role);
        const good = await door.input(scene);
        const untouched = everything(file);
        const others = othersThan(scene);
        const cookie = role === "nobody" ? undefined : scene.cookie;
        expect(told(name, await call(scene, name, good, { cookie }))).toBe(answer);
        const changed = changedSince(file, untouched).filter((table) => ![...BOOKS, "sqlite_sequence"].includes(table));
        expect(changed).toEqual(changes);
        if (own) expect(othersThan(scene)).toEqual(others);
      });
  });
}

/** The members and sessions that are not one's own. */
const othersThan = ({ desk, me }: Scene) => [
  rows(desk.database, "SELECT * FROM Member WHERE id <> ?", me.id),
  rows(desk.database, "SELECT * FROM Session WHERE memberId <> ?", me.id),
];

/** @returns the status that a body is answered with that no library would send, in time */
async function raw({ desk, cookie }: Scene, name: string, body: string, headers: string, chunked?: "chunked") {
  const { url, headers: own } = requestOf(desk, name);
  const head = Object.entries(own).map(([header, value]) => `${header}: ${value}\r\n`);
  const length = chunked ? "Transfer-Encoding: chunked\r\n" : `Content-Length: ${body.length}\r\n`;
  const started = performance.now();
  const answer = await sendRaw(
    desk.address,
    `POST ${new URL(url).pathname} HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\nCookie: ${cookie}\r\n${head.join("")}${headers}${length}\r\n${body}`,
    { until: /^HTTP\/1\.1 \d{3}/ },
  );
  expect(performance.now() - started, "the time until the answer").toBeLessThan(3_000);
  return answer.statuses[0];
}

type Page = {
  /** An address of it. */
  at?: (scene: Scene) => string;
  /** Who sees it, and its heading. */
  may: Role[] | "anybody";
  heading: string;
  /** What others are shown, or where they are led; that it is not for their role unless it says otherwise. */
  others?: Partial<Record<Role, string>>;
  /** What is offered on it, in HTML, and to whom. */
  offers?: [html: string, to: Role[]];
  status?: number;
};

const pages: Record<string, Page> = {
  "/": {
    ...{ may: readers, heading: "Overview", offers: [">Issue a token<", issuers] },
    others: { support: "to /decode" },
  },
  "/issue": {
    ...{ may: issuers, heading: "Issue a token", offers: [">Issue token<", issuers] },
    others: { auditor: "As auditor you read everything and issue nothing" },
  },
  "/decode": { may: members, heading: "Decode a token" },
  "/decode/compare": { may: members, heading: "Compare two tokens" },
  "/audit": { may: readers, heading: "Audit", offers: [">Export", exporters] },
  "/audit/[sequence]": {
    ...{ at: () => "/audit/1", may: exporters, heading: "created the first admin" },
    others: { issuer: "This event is another&#x27;s" },
  },
  "/cases": { may: readers, heading: "Cases" },
  "/cases/[number]": {
    ...{ at: (scene) => `/cases/${openCase(scene)}`, may: readers, heading: "1,0" },
    offers: ["<textarea", admin],
  },
  "/keys": { may: readers, heading: "Keys", offers: [">Add key<", admin] },
  "/keys/[id]": {
    ...{ at: (scene) => `/keys/${keyOf(scene).id}`, may: readers, heading: "Staging", offers: [">Disable<", admin] },
  },
  "/me": { may: members, heading: "Me" },
  "/team": { may: admin, heading: "Team", offers: [">Invite<", admin] },
  "/team/[id]": {
    at: ({ desk }) =>
      `/team/${only<{ id: string }>(desk.database, "SELECT id FROM Member WHERE email = ?", people.admin.email).id}`,
    ...{ may: admin, heading: "Maya Lind" },
  },
  "/sign-in": {
    ...{ may: "anybody", heading: "Sign in" },
    others: { admin: "to /", issuer: "to /", auditor: "to /", support: "to /" },
  },
  "/setup": {
    ...{ may: "anybody", heading: "to /sign-in" },
    others: { admin: "to /sign-in", issuer: "to /sign-in", auditor: "to /sign-in", support: "to /sign-in" },
  },
  "/join": { at: (scene) => `/join?code=${invitation(scene).code}`, may: "anybody", heading: "Join the team" },
  "/reset": {
    ...{ at: (scene) => `/reset?code=${resetLink(scene, scene.me.id)}`, may: "anybody" },
    heading: "Choose a new password",
  },
  "/_not-found": { at: () => "/nothing", may: "anybody", heading: "There is no such page", status: 404 },
  "/_global-error": { may: "anybody", heading: "There is no such page", status: 404 },
};

/** For whoever asks. */
const files: Record<string, string> = { "/favicon.ico": "image/x-icon", "/icon.svg": "image/svg+xml" };

const inner = ({ desk }: Scene) => [
  people.admin.name,
  people.admin.email,
  desk.key.apiKey,
  "Staging",
  ROOM,
  PURPOSE,
  NOTE,
];

/** @param headers as a router sends them: then it is followed to the address that Next wants such a request at */
async function visit(desk: Desk, path: string, cookie?: string, headers: Record<string, string> = {}) {
  const response = await fetch(desk.address + path, {
    redirect: headers.rsc ? "follow" : "manual",
    headers: { ...(cookie ? { cookie } : {}), ...headers },
  });
  const location = headers.rsc ? response.url : response.headers.get("location");
  const to = location === null ? undefined : new URL(location, desk.address);
  return { status: response.status, to, text: await response.text(), headers: response.headers };
}

/** As the router asks for a page, and as it asks beforehand. */
const routers: Record<string, string>[] = [
  { rsc: "1" },
  { rsc: "1", "next-router-prefetch": "1" },
  { rsc: "1", "next-router-prefetch": "1", "next-router-segment-prefetch": "/_tree" },
];

for (const [path, { at, may, heading, others, offers, status = 200 }] of Object.entries(pages)) {
  test(`${path} is shown to ${may === "anybody" ? may : may.join(", ")}`, async ({ desk }) => {
    const one = await sceneOf(desk, "admin");
    await issued(one);
    const address = at?.(one) ?? path;
    const before = everything(desk.database);
    const nobodies = [undefined, "claimcheck=forged", (await newSession(desk, one.me.id, { endedAt: 1 })).cookie];
    for (const cookie of nobodies) {
      const seen = await visit(desk, address, cookie, { origin: "https://evil.example" });
      expect([...seen.headers.keys()].filter((name) => name.startsWith("access-control-"))).toEqual([]);
      if (may === "anybody") {
        if (heading.startsWith("to ")) expect(`to ${seen.to?.pathname}`).toBe(heading);
        else expect([seen.status, seen.text]).toEqual([status, expect.stringContaining(heading)]);
        continue;
      }
      expect([seen.status, seen.to?.pathname, seen.to?.searchParams.get("next") ?? "/"]).toEqual([
        307,
        "/sign-in",
        address,
      ]);
      for (const headers of [{}, ...routers]) {
        const { to, text } = await visit(desk, address, cookie, headers);
        // A prefetch tells the names of a route's segments, which are in the scripts too, and renders nothing.
        if (!headers["next-router-prefetch"]) expect(`${to} ${text}`).toContain("/sign-in");
        for (const words of inner(one)) expect(text).not.toContain(words);
      }
    }
    expect(changedSince(desk.database, before).filter((table) => table !== "Session")).toEqual([]);

    for (const role of members) {
      const { cookie } = await sceneOf(desk, role);
      const seen = await visit(desk, address, cookie);
      const other = others?.[role] ?? `As ${role} you do not see this`;
      if ((may === "anybody" && !others) || may.includes(role)) {
        expect([role, seen.status, seen.text]).toEqual([role, status, expect.stringContaining(heading)]);
        if (offers) expect([role, seen.text.includes(offers[0])]).toEqual([role, offers[1].includes(role)]);
      } else if (other.startsWith("to ")) expect([role, `to ${seen.to?.pathname}`]).toEqual([role, other]);
      else {
        expect([role, seen.status, seen.text]).toEqual([role, 200, expect.stringContaining(other)]);
        for (const headers of [{}, ...routers]) {
          const { text } = await visit(desk, address, cookie, headers);
          for (const words of inner(one)) expect(text, role).not.toContain(words);
        }
      }
    }
  });
}

test("an address with another's id, or with what is none, shows nothing of theirs and fails nowhere", async ({
  desk,
}) => {
  const theirs = await sceneOf(desk, "admin");
  await issued(theirs);
  const event = (action: string) => events(desk.database, action).at(-1)?.sequence;
  await call(theirs, "changeNameAction", [{ name: "Robin Otherwise" }]);
  const issuer = await sceneOf(desk, "issuer");
  await call(issuer, "changeNameAction", [{ name: "Robin Myself" }]);
  const [changed, own] = rows<{ sequence: number }>(
    desk.database,
    "SELECT sequence FROM AuditEvent WHERE action = 'member.changed' ORDER BY sequence DESC LIMIT 2",
  ).reverse();
  // An issuer sees the ledger whole, and of the other events their own.
  for (const [sequence, heading] of [
    [event("token.issued"), "issued a token"],
    [own?.sequence, "Robin"],
    [changed?.sequence, "This event is another&#x27;s"],
  ] as const) {
    const { status, text } = await visit(desk, `/audit/${sequence}`, issuer.cookie);
    expect([sequence, status, text]).toEqual([sequence, 200, expect.stringMatching(new RegExp(heading, "i"))]);
  }
  const rubbish = [
    "0",
    "-1",
    "1.5",
    "1e3",
    "0x1",
    "99999999999",
    "9".repeat(300),
    "nothing",
    "constructor",
    "__proto__",
  ]
    .concat(["%00", "%0a", "..%2f1", "%F0%9F%98%80", "1'--", "[id]", "a".repeat(3_000)])
    .concat(theirs.me.id, keyOf(theirs).id);
  for (const page of ["audit", "cases", "keys", "team"])
    for (const id of rubbish.filter((each) => !(page === "team" && each === theirs.me.id))) {
      if (page === "keys" && id === keyOf(theirs).id) continue;
      const { status } = await visit(desk, `/${page}/${id}`, theirs.cookie);
      expect([400, 404], `/${page}/${id.slice(0, 40)}`).toContain(status);
    }
  const support = await sceneOf(desk, "support");
  for (const page of ["audit", "cases", "keys", "team"])
    for (const id of ["1", "%00", "nothing", theirs.me.id, keyOf(theirs).id])
      for (const words of inner(theirs))
        expect((await visit(desk, `/${page}/${id}`, support.cookie)).text).not.toContain(words);
  for (const query of [
    "/audit?q=%00&member=__proto__&before=1e9&from=2026-99-99&ends=constructor&member=x&key[]=1",
    "/issue?from=999999999&from=1",
    "/issue?template=__proto__&key=constructor",
    "/cases?x=%00",
    "/decode?token=eyJ",
    "/join?code=%00",
    "/reset?code=a&code=b",
    "/setup?code=__proto__",
    "/sign-in?next=//evil.example",
    "/sign-in?next=%00",
  ])
    for (const cookie of [theirs.cookie, undefined])
      expect((await visit(desk, query, cookie)).status, query).toBeLessThan(400);
});

test("the routes that are no pages tell each what they may know", async ({ desk }) => {
  const { cookie, me } = await sceneOf(desk, "support");
  const before = everything(desk.database);
  for (const who of [undefined, "claimcheck=forged", (await newSession(desk, me.id, { endedAt: 1 })).cookie]) {
    expect(await visit(desk, "/api/session", who)).toMatchObject({ status: 401, text: "null" });
  }
  const held = await visit(desk, "/api/session", cookie);
  expect([held.status, Object.keys(JSON.parse(held.text))]).toEqual([200, ["endsAt", "expiresAt"]]);
  for (const who of [undefined, cookie])
    expect(await visit(desk, "/api/health", who)).toMatchObject({ status: 200, text: '{"live":true,"ready":true}' });
  for (const [path, type] of Object.entries(files)) {
    const { status, headers } = await visit(desk, path);
    expect([path, status, headers.get("content-type")]).toEqual([path, 200, type]);
  }
  for (const path of ["/api/session", "/api/health", "/favicon.ico", "/nothing"]) {
    const { headers } = await visit(desk, path, cookie, { origin: "https://evil.example" });
    expect([...headers.keys()].filter((name) => name.startsWith("access-control-"))).toEqual([]);
  }
  // What Next serves by itself, were it asked to.
  for (const path of [
    "/_next/image?url=%2Ficon.svg&w=64&q=75",
    "/_next/data/x/audit.json",
    "/audit.rsc",
    "/audit.txt",
  ]) {
    const { status, text } = await visit(desk, path);
    expect([path, status < 500, status === 200]).toEqual([path, true, false]);
    for (const words of inner({ desk } as Scene)) expect(text).not.toContain(words);
  }
  expect(changedSince(desk.database, before).filter((table) => table !== "Session")).toEqual([]);
});

test("the support is told of our tokens which it is, its state and whom to ask, and no more", async ({ desk }) => {
  const { token, number, by } = await issued({ desk });
  const support = await sceneOf(desk, "support");
  const inspected = await call(support, "inspectTokenAction", [{ token }]);
  const digest = sha256(token).toString("hex");
  const lookedUp = await call(support, "lookUpTokensAction", [{ sha256: [digest] }]);
  expect(inspected.result?.data).toMatchObject({ ledger: { state: "issued", entry: { number, keyLabel: "Staging" } } });
  expect(lookedUp.result?.data).toMatchObject([{ number, keyLabel: "Staging" }]);
  const altered = makeToken(
    claimsOf(desk.key.apiKey, { jti: JSON.parse(atob(token.split(".")[1] ?? "")).jti }),
    desk.key.secret,
  );
  const told = await call(support, "inspectTokenAction", [{ token: altered }]);
  expect(told.result?.data).toMatchObject({ ledger: { state: "altered", entry: { number } } });
  for (const { text } of [inspected, lookedUp, told])
    for (const words of [ROOM, PURPOSE, "127.0.0.1", by.email]) expect(text).not.toContain(words);
  const { result } = await call(support, "listDestinationsAction", []);
  expect(result?.data).toEqual({ keys: [], templates: [], cases: [], members: [] });
});
