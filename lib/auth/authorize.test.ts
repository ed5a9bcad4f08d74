/** Which role may do what, and that a denial is recorded. */
import Database from "better-sqlite3";
import { beforeEach, describe, expect, it } from "vitest";
import { reader } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { createKey } from "@/lib/keys/create";
import { failureOf, newApiKey, newSecret, openDesk, recorded, refusalOf } from "@/lib/test-desk";
import type { Endpoint, Member, Service, System } from "./actor";
import { authorize, denialOf } from "./authorize";
import { isRole, type Role, type Rule, roles, type Scope, scopes, type Verb, verbRules } from "./roles";

const desk = await openDesk();
const verbs = Object.keys(verbRules) as Verb[];
const events = () => recorded();

beforeEach(() => desk.raw((db) => void db.exec("DELETE FROM AuditEvent")));

type Cell = "any" | "own" | "–";
/** What a program must have been given, and whether an endpoint may with its one key. */
type Row = [
  ...[admin: Cell, issuer: Cell, auditor: Cell, support: Cell],
  ...[scope: Scope | readonly Scope[] | "–", endpoint: "its key" | "–"],
];

/** Who may do what, written out here so that a slip in the rules is noticed: each role, a program, an endpoint. */
const table: Record<Verb, Row> = {
  "token.issue": ["any", "any", "–", "–", "issue", "its key"],
  "batch.issue": ["any", "any", "–", "–", "issue", "–"],
  "token.inspect": ["any", "any", "any", "any", "inspect", "–"],
  "token.revoke": ["any", "own", "–", "–", "revoke", "–"],
  "token.hand_over": ["any", "own", "–", "–", "–", "–"],
  "key.create": ["any", "–", "–", "–", "–", "–"],
  "key.set_status": ["any", "–", "–", "–", "–", "–"],
  "key.change": ["any", "–", "–", "–", "–", "–"],
  "key.rotate": ["any", "–", "–", "–", "–", "–"],
  "key.remove": ["any", "–", "–", "–", "–", "–"],
  "key.list": ["any", "any", "any", "–", ["issue", "inspect"], "–"],
  "template.propose": ["any", "own", "–", "–", "–", "–"],
  "template.manage": ["any", "–", "–", "–", "–", "–"],
  "case.read": ["any", "any", "any", "–", "–", "–"],
  "case.acknowledge": ["any", "–", "–", "–", "–", "–"],
  "audit.read": ["any", "own", "any", "–", "audit:read", "–"],
  "audit.export": ["any", "–", "any", "–", "audit:read", "–"],
  "endpoint.manage": ["any", "–", "–", "–", "–", "–"],
  "credential.manage": ["any", "–", "–", "–", "–", "–"],
  "team.manage": ["any", "–", "–", "–", "–", "–"],
  "secrets.reseal": ["–", "–", "–", "–", "–", "–"],
  "me.change": ["any", "any", "any", "any", "–", "–"],
};

const cellOf = (verb: Verb, role: Role) => table[verb][["admin", "issuer", "auditor", "support"].indexOf(role)];

describe.each(verbs)("%s", (verb) => {
  it.each(roles)("as %s", async (role) => {
    const actor = desk[role];
    if (cellOf(verb, role) !== "–") {
      await expect(authorize(actor, verb)).resolves.toBeUndefined();
      expect(await events()).toEqual([]);
      return;
    }
    const denial = await authorize(actor, verb).catch((error: unknown) => error);
    expect(denial).toBeInstanceOf(AppError);
    expect(denial).toMatchObject({ code: "forbidden" });
    const able = roles.filter((each) => cellOf(verb, each) !== "–");
    expect((denial as AppError).message).toContain(
      able.length === 0
        ? "This is done on the server's own shell only."
        : `Your role, ${role}, may not do this; it takes ${able.join(" or ")}.`,
    );
    expect(await events()).toMatchObject([
      {
        action: "access.denied",
        outcome: "denied",
        actorId: actor.id,
        actorName: actor.name,
        address: actor.origin.address,
        requestId: actor.origin.requestId,
        detail: { verb, role },
      },
    ]);
  });

  it("with one's own, and with another's", () => {
    for (const role of roles) {
      const mayWith = (ownerId: string) => denialOf(desk[role], verbRules[verb], { ownerId }) === undefined;
      expect([role, mayWith(desk[role].id)]).toEqual([role, cellOf(verb, role) !== "–"]);
      expect([role, mayWith("another")]).toEqual([role, cellOf(verb, role) === "any"]);
    }
  });

  it("as a program with each scope, and as an endpoint with each key", () => {
    const [, , , , scope, endpoint] = table[verb];
    const { origin } = desk.visitor;
    for (const each of scopes) {
      const program = {
        kind: "service",
        id: "s",
        name: "CI",
        credentialId: "c",
        scopes: [each],
        keyIds: null,
        templateIds: null,
        version: 1,
      } as const;
      const allowed = denialOf({ ...program, origin }, verbRules[verb], { keyId: "k", ownerId: "s" }) === undefined;
      expect([each, allowed]).toEqual([each, [scope].flat().includes(each)]);
    }
    for (const keyId of ["k", "another"]) {
      const url: Endpoint = {
        ...{ kind: "endpoint", id: "e", name: "Demo app", keyId: "k", version: 1, page: null, origin },
      };
      const allowed = denialOf(url, verbRules[verb], { keyId }) === undefined;
      expect([keyId, allowed]).toEqual([keyId, endpoint === "its key" && keyId === "k"]);
    }
  });
});

it("there is no other role", () => {
  for (const text of ["", "Admin", "owner", "toString", "__proto__"]) expect(isRole(text)).toBe(false);
  for (const role of roles) expect(isRole(role)).toBe(true);
});

describe("beyond roles:", () => {
  const origin = desk.visitor.origin;
  const service: Service = {
    ...{ kind: "service", id: "s", name: "CI", credentialId: "c", scopes: ["issue"], keyIds: ["k1"], origin },
    ...{ templateIds: null, version: 1 },
  };
  const endpoint: Endpoint = {
    ...{ kind: "endpoint", id: "e", name: "Demo app", keyId: "k1", version: 1, page: null, origin },
  };
  const system: System = { kind: "system", origin };
  const own: Rule = { roles: { admin: "any", issuer: "own" }, scope: "revoke", ownOnly: true };
  const issue: Rule = verbRules["token.issue"];
  const reasonOf = (...asked: Parameters<typeof denialOf>) => denialOf(...asked)?.reason;

  it.each<[string, Parameters<typeof denialOf>, string | undefined]>([
    ["a member with their own", [desk.issuer, own, { ownerId: desk.issuer.id }], undefined],
    [
      "a member with another's",
      [desk.issuer, own, { ownerId: desk.admin.id }],
      "Your role, issuer, may do this with your own only; with others' it takes admin.",
    ],
    ["an admin with another's", [desk.admin, own, { ownerId: desk.issuer.id }], undefined],
    ["a program with its scope and its key", [service, issue, { keyId: "k1" }], undefined],
    ["a program with another key", [service, issue, { keyId: "k2" }], "This credential may not use that key."],
    ["a program of all keys", [{ ...service, keyIds: null }, issue, { keyId: "k2" }], undefined],
    ["a member with their own, before it is known which", [desk.issuer, own], undefined],
    [
      "a member with what has no owner",
      [desk.issuer, own, {}],
      "Your role, issuer, may do this with your own only; with others' it takes admin.",
    ],
    [
      "a program that reads what others made",
      [{ ...service, scopes: ["audit:read"] }, verbRules["audit.read"], { ownerId: "x" }],
      undefined,
    ],
    ["a program without the scope", [service, own, {}], "This takes a credential with the scope revoke."],
    ["a program where none may", [service, verbRules["key.create"], {}], "No credential may do this."],
    [
      "a program with another's",
      [{ ...service, scopes: ["revoke"] }, own, { ownerId: "x" }],
      "A credential may do this with its own only.",
    ],
    ["an endpoint with its key", [endpoint, issue, { keyId: "k1" }], undefined],
    ["an endpoint with another key", [endpoint, issue, { keyId: "k2" }], "This endpoint may not use that key."],
    ["an endpoint that asks for more", [endpoint, verbRules["audit.read"], {}], "An endpoint may not do this."],
    ["the desk itself", [system, verbRules["key.set_status"], {}], undefined],
  ])("%s", (_, asked, reason) => {
    expect(reasonOf(...asked)).toBe(reason);
  });

  it("a denied program is recorded under its own name and kind, with its credential and way in", async () => {
    const { code } = await refusalOf(authorize({ ...service, origin: { ...origin, via: "api" } }, "key.create"));
    expect(code).toBe("forbidden");
    expect(await events()).toMatchObject([
      { action: "access.denied", actorId: "s", actorName: "CI", via: "api", detail: { verb: "key.create" } },
    ]);
    const [row] = await reader().auditEvent.findMany();
    expect(JSON.parse(row?.body ?? "").actor).toEqual({ kind: "service", id: "s", name: "CI", credentialId: "c" });
  });
});

it("a flood of denials is thirty events and one that says so, for each member; all are denied", async () => {
  const [flooder, other] = [await desk.addMember("auditor"), await desk.addMember("auditor")];
  const answers = await Promise.allSettled(Array.from({ length: 80 }, () => authorize(flooder, "key.create")));
  for (const answer of answers) expect(answer).toMatchObject({ status: "rejected", reason: { code: "forbidden" } });
  await refusalOf(authorize(other, "key.create"));
  const of = async (actor: Member) =>
    (await events()).filter(({ actorId }) => actorId === actor.id).map(({ action }) => action);
  expect((await of(flooder)).filter((action) => action === "access.denied")).toHaveLength(30);
  expect((await of(flooder)).filter((action) => action === "limit.reached")).toHaveLength(1);
  expect(await of(flooder)).toHaveLength(31);
  expect(await of(other)).toEqual(["access.denied"]);
});

it("a denial that cannot be recorded is still a denial: the verb does nothing", async () => {
  const input = { profile: "videosdk", label: "Theirs", apiKey: newApiKey(), secret: newSecret(), maxLifetime: "" };
  desk.raw((db) => db.exec("ALTER TABLE AuditEvent RENAME TO Gone"));
  try {
    const error = await failureOf(createKey(desk.auditor, input));
    // Prisma's "the table does not exist": the door tells it as a failure of the server, not as a permission.
    expect(error).toMatchObject({ code: "P2021" });
    expect(await reader().signingKey.count()).toBe(0);
  } finally {
    desk.raw((db) => db.exec("ALTER TABLE Gone RENAME TO AuditEvent"));
  }
  await createKey(desk.admin, input);
  expect(await reader().signingKey.count()).toBe(1);
});

it("while nothing can be written, who may not is told that, and not to try again", async () => {
  const other = new Database(desk.file);
  other.exec("BEGIN IMMEDIATE");
  try {
    const { code, message } = await refusalOf(authorize(desk.auditor, "key.create"));
    expect([code, message]).toEqual(["forbidden", expect.stringMatching(/^Your role, auditor, may not do this/)]);
    expect(message).not.toContain("recorded");
  } finally {
    other.close();
  }
  expect(await events()).toEqual([]);
}, 30_000);
