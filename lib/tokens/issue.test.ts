/** Issuing: no record, no token; and each refusal with its words. */

import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import Database from "better-sqlite3";
import { decodeProtectedHeader, jwtVerify } from "jose";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { bytesOf, hexOf } from "@/lib/audit/bytes";
import { newJti } from "@/lib/composer/new-jti";
import { closeDatabase, reader, transaction } from "@/lib/db";
import type { AppError } from "@/lib/errors";
import { setKeyStatus } from "@/lib/keys/set-status";
import { limits } from "@/lib/limits";
import { failureOf, issueForm, makeWriterReadOnly, openDesk, recorded, refusalOf, type TestKey } from "@/lib/test-desk";
import { isWriteFailure, writeFailureReason } from "@/lib/write-failure";
import { issueToken } from "./issue";
import { signToken, tokenSha256 } from "./sign";

// The real one, watched.
vi.mock("./sign", { spy: true });

/** What the writing thread's connection begins with, besides its own. */
const thread = vi.hoisted(() => ({ pragmas: [] as string[] }));
vi.mock("node:worker_threads", async (importOriginal) => {
  const threads = await importOriginal<typeof import("node:worker_threads")>();
  return {
    ...threads,
    Worker: class extends threads.Worker {
      constructor(file: URL, { workerData, ...options }: { workerData: { pragmas: string[] } }) {
        super(file, { ...options, workerData: { ...workerData, pragmas: [...workerData.pragmas, ...thread.pragmas] } });
      }
    },
  };
});

const desk = await openDesk();
let key: TestKey;

/** What the key's row says of its tokens. */
const total = async ({ id } = key) => (await reader().signingKey.findUniqueOrThrow({ where: { id } })).issuedTokens;

beforeEach(async () => {
  key = await desk.addKey();
  desk.raw((db) => db.exec("DELETE FROM IssuedToken; DELETE FROM Counter; DELETE FROM AuditEvent"));
});

const full = () => ({
  ...issueForm(key),
  permissions: ["allow_mod", "allow_join"],
  roomId: " 2kyv-gzay-64pg ",
  participantId: "lxvdplwt",
  roles: ["rtc"],
  expiresIn: "1d 12h",
  purpose: " A demo for the board ",
});

const refusal = (input: unknown, actor = desk.issuer) => refusalOf(issueToken(actor, input));

const payloadText = (token: string) => Buffer.from(token.split(".")[1] ?? "", "base64url").toString();
const rows = () => reader().issuedToken.findMany({ orderBy: { number: "asc" } });
const events = () => recorded();
const nothingIssued = async () => {
  expect(await rows()).toEqual([]);
  expect((await events()).filter(({ action }) => action === "token.issued")).toEqual([]);
  expect(await total()).toBe(0);
};

describe("a token", () => {
  it("is signed with the key's secret, under a header of exactly alg and typ", async () => {
    const { token } = await issueToken(desk.issuer, full());
    expect(Buffer.from(token.split(".")[0] ?? "", "base64url").toString()).toBe('{"alg":"HS256","typ":"JWT"}');
    await expect(
      jwtVerify(token, new TextEncoder().encode(key.secret), { algorithms: ["HS256"] }),
    ).resolves.toBeDefined();
    expect(decodeProtectedHeader(token)).toEqual({ alg: "HS256", typ: "JWT" });
  });

  it("says what was asked for, in the order of VideoSDK's documentation, and what it answers is what it signed", async () => {
    const form = full();
    const before = Math.floor(Date.now() / 1000);
    const { token, claims } = await issueToken(desk.issuer, form);
    expect(JSON.stringify(claims)).toBe(payloadText(token));
    expect(Object.keys(claims)).toEqual([
      "apikey",
      "permissions",
      "version",
      "roomId",
      "participantId",
      "roles",
      "iat",
      "exp",
      "jti",
    ]);
    expect(claims).toMatchObject({
      apikey: key.apiKey,
      permissions: ["allow_join", "allow_mod"],
      version: 2,
      roomId: "2kyv-gzay-64pg",
      participantId: "lxvdplwt",
      roles: ["rtc"],
      jti: form.jti,
    });
    expect(claims.iat).toBeGreaterThanOrEqual(before);
    expect(claims.iat).toBeLessThanOrEqual(Date.now() / 1000);
    expect(Number(claims.exp) - Number(claims.iat)).toBe(36 * 3600);
  });

  it("has no claim that was not asked for", async () => {
    const { claims } = await issueToken(desk.issuer, issueForm(key));
    expect(Object.keys(claims)).toEqual(["apikey", "permissions", "iat", "exp", "jti"]);
  });

  it.each([
    ["roomId", { roomId: "2kyv-gzay-64pg" }],
    ["participantId", { participantId: "p" }],
    ["roles", { roles: ["crawler"] }],
  ])("has version 2 with %s alone", async (claim, more) => {
    const { claims } = await issueToken(desk.issuer, { ...issueForm(key), ...more });
    expect(Object.keys(claims)).toEqual(["apikey", "permissions", "version", claim, "iat", "exp", "jti"]);
    expect(claims.version).toBe(2);
  });

  it("keeps its purpose out of the payload", async () => {
    const { token, purpose } = await issueToken(desk.issuer, full());
    expect(purpose).toBe("A demo for the board");
    expect(payloadText(token)).not.toContain("board");
  });

  it("comes with its number, its key's label and nothing else", async () => {
    const answer = await issueToken(desk.issuer, full());
    expect(Object.keys(answer).sort()).toEqual(["claims", "keyLabel", "number", "profile", "purpose", "token"]);
    expect(answer).toMatchObject({ number: 1, keyLabel: key.label });
    expect(JSON.stringify(answer)).not.toContain(key.secret);
  });
});

describe("its record", () => {
  it("says from which template it was issued; without one, none", async () => {
    await issueToken(desk.issuer, { ...issueForm(key), roles: ["rtc"], template: "participant" });
    await issueToken(desk.issuer, { ...issueForm(key), roles: ["rtc"] });
    expect((await rows()).map(({ templateId, templateName }) => [templateId, templateName])).toEqual([
      ["participant", "Participant"],
      [null, null],
    ]);
  });

  it("is a ledger row with the claims as they were signed, the searched ones as columns, and the SHA-256", async () => {
    const form = full();
    const { token, claims, number } = await issueToken(desk.issuer, form);
    const [row, ...more] = await rows();
    expect(more).toEqual([]);
    expect(row).toMatchObject({
      number,
      jti: bytesOf(form.jti.replaceAll("-", "")),
      profile: "videosdk",
      keyId: key.id,
      keyLabel: key.label,
      actorKind: "member",
      actorId: desk.issuer.id,
      actorName: desk.issuer.name,
      sessionId: desk.issuer.sessionId,
      credentialId: null,
      via: "dashboard",
      ttlSeconds: Number(claims.exp) - Number(claims.iat),
      room: "2kyv-gzay-64pg",
      subject: "lxvdplwt",
      moderates: true,
      callsRest: false,
      batchNumber: null,
      purpose: "A demo for the board",
      sha256: bytesOf(tokenSha256(token)),
      revokedAt: null,
    });
    expect(row?.claims).toBe(payloadText(token));
    expect(row?.issuedAt).toEqual(new Date(Number(claims.iat) * 1000));
    expect(row?.expiresAt).toEqual(new Date(Number(claims.exp) * 1000));
    expect(row?.secretVersionId).toBe((await reader().secretVersion.findFirstOrThrow({ where: { keyId: key.id } })).id);
  });

  it("is an audit event that finds it again, with the address and the browser it was asked from", async () => {
    const form = full();
    const { token, number } = await issueToken(desk.issuer, form);
    const [event, ...more] = await events();
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      action: "token.issued",
      outcome: "ok",
      actorId: desk.issuer.id,
      actorName: desk.issuer.name,
      ...desk.issuer.origin,
      keyId: key.id,
      keyLabel: key.label,
      room: "2kyv-gzay-64pg",
      subject: "lxvdplwt",
      jti: form.jti,
      tokenNumber: number,
      sha256: tokenSha256(token),
    });
    expect(event?.detail).toEqual({});
  });

  it("names each permission and role once, in the order in which they are signed", async () => {
    const twice = { permissions: ["allow_mod", "allow_join", "allow_mod"], roles: ["rtc", "crawler", "rtc"] };
    const { claims } = await issueToken(desk.issuer, { ...issueForm(key), ...twice });
    expect(claims).toMatchObject({ permissions: ["allow_join", "allow_mod"], roles: ["crawler", "rtc"] });
    expect((await rows())[0]?.claims).toBe(JSON.stringify(claims));
  });

  it("holds neither the token nor its signature", async () => {
    const { token } = await issueToken(desk.issuer, full());
    const signature = token.split(".")[2] ?? "";
    await closeDatabase();
    const bytes = readFileSync(desk.file, "latin1");
    expect(bytes).toContain(Buffer.from(tokenSha256(token), "hex").toString("latin1"));
    expect(bytes).not.toContain(signature);
    expect(bytes).not.toContain(token.split(".")[1]);
  });

  it("has empty columns where nothing was asked for", async () => {
    await issueToken(desk.issuer, issueForm(key));
    expect((await rows())[0]).toMatchObject({
      ...{ room: null, subject: null, templateId: null, templateName: null, purpose: "" },
      ...{ moderates: false, callsRest: true },
    });
    expect((await events())[0]).toMatchObject({ room: null, subject: null });
  });
});

describe("who may", () => {
  it.each(["admin", "issuer"] as const)("an %s, under their own name", async (role) => {
    await issueToken(desk[role], issueForm(key));
    expect((await rows())[0]).toMatchObject({ actorId: desk[role].id, actorName: desk[role].name });
  });

  it("an auditor may not, and the attempt is recorded", async () => {
    expect((await refusal(full(), desk.auditor)).code).toBe("forbidden");
    expect(await rows()).toEqual([]);
    expect(await events()).toMatchObject([{ action: "access.denied", actorId: desk.auditor.id }]);
  });

  it("a program, with the keys that its credential names and no other; it is asked again once the key is known", async () => {
    const { actor: program } = await desk.addProgram();
    const denied = await refusalOf(issueToken({ ...program, keyIds: [newJti()] }, issueForm(key)));
    expect([denied.code, denied.message]).toEqual(["forbidden", expect.stringContaining("may not use that key")]);
    await nothingIssued();
    expect((await issueToken({ ...program, keyIds: [key.id] }, issueForm(key))).number).toBe(1);
    expect((await rows())[0]).toMatchObject({
      actorKind: "service",
      actorName: "CI",
      credentialId: program.credentialId,
    });
  });

  it("is asked before anything is said of the form", async () => {
    expect((await refusal({ keyId: randomUUID() }, desk.auditor)).code).toBe("forbidden");
  });
});

describe("what is typed is stored as it is shown:", () => {
  it("in NFC, in claim, column and record alike", async () => {
    const { claims } = await issueToken(desk.issuer, { ...issueForm(key), roomId: "cafe\u0301", purpose: "Zoe\u0308" });
    expect(claims.roomId).toBe("caf\u00e9");
    expect(await reader().issuedToken.findFirst({ where: { room: "caf\u00e9" } })).toMatchObject({
      purpose: "Zo\u00eb",
    });
  });

  it.each([
    ["roomId", "a\u202eb"],
    ["participantId", "a\u200cb"],
    ["roomId", "a\ud800"],
    ["purpose", "x\u2066, as ceo@example.com"],
    ["purpose", "a\u0000b"],
  ])("%s %j is refused", async (field, text) => {
    const { extra } = await refusal({ ...issueForm(key), [field]: text });
    expect(extra.fields?.[field]).toMatch(/^Character \d+ cannot be seen/);
  });

  it("a list of a hundred thousand names is refused with one message", async () => {
    for (const field of ["permissions", "roles"]) {
      const { extra } = await refusal({ ...issueForm(key), [field]: Array(100_000).fill("no") });
      expect(Object.keys(extra.fields ?? {})).toEqual([field]);
    }
  });
});

describe("refused beside its field, and nothing is issued:", () => {
  it.each([
    ["no key", { keyId: "" }, "keyId", "Choose the key to sign with."],
    ["a key that is gone", { keyId: randomUUID() }, "keyId", "This key is gone. Choose another."],
    ["no permission", { permissions: [] }, "permissions", /^permissions is empty/],
    [
      "ask_join with allow_join",
      { permissions: ["ask_join", "allow_join"] },
      "permissions",
      /^ask_join stands beside allow_join/,
    ],
    [
      "ask_join with allow_mod",
      { permissions: ["allow_mod", "ask_join"] },
      "permissions",
      /^ask_join stands beside allow_mod/,
    ],
    [
      "a participant id with white space",
      { participantId: "two words" },
      "participantId",
      /white space, which VideoSDK refuses/,
    ],
    ["a long room id", { roomId: "x".repeat(129) }, "roomId", "Use a room ID of at most 128 characters."],
    [
      "a long participant id",
      { participantId: "x".repeat(129) },
      "participantId",
      "Use a participant ID of at most 128 characters.",
    ],
    ["no lifetime", { expiresIn: "" }, "expiresIn", "Enter a duration, such as 2h."],
    ["a lifetime in months", { expiresIn: "3 months" }, "expiresIn", /^Months and years differ/],
    ["a lifetime of zero", { expiresIn: "0" }, "expiresIn", "A duration must be longer than zero."],
    ["a lifetime of a century", { expiresIn: "36500d" }, "expiresIn", /^This is longer than 10 years/],
    ["a long purpose", { purpose: "x".repeat(201) }, "purpose", "Use at most 200 characters."],
    ["a template that fills in something else", { template: "guest" }, "template", /^This is not what the template/],
    [
      "a template that does not exist",
      { template: "Owner" },
      "template",
      /^There is no such template any more\. Choose another/,
    ],
    ["no token id", { jti: "" }, "jti", /^Reload the page/],
    ["a token id of somebody's making", { jti: "42" }, "jti", /^Reload the page/],
  ])("%s", async (_, change, field, message) => {
    const { extra } = await refusal({ ...issueForm(key), ...change });
    expect(Object.keys(extra.fields ?? {})).toEqual([field]);
    expect(extra.fields?.[field]).toMatch(message);
    await nothingIssued();
  });

  it.each([
    ["permissions", ["allow_everything"]],
    ["roles", ["CRAWLER"]],
    ["roles", "rtc"],
  ])("%s that VideoSDK does not know: %j", async (claim, value) => {
    const { code, extra } = await refusal({ ...issueForm(key), [claim]: value });
    expect(code).toBe("invalid");
    expect(Object.keys(extra.fields ?? {})[0]).toMatch(new RegExp(`^${claim}`));
    await nothingIssued();
  });

  it("a secret of this desk's in the custom claims, however JSON writes it", async () => {
    const escaped = [...key.secret].map((each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
    const refused = await refusalOf(
      issueToken(desk.issuer, { ...issueForm(key), customClaims: `{"team": "${escaped}"}` }),
    );
    expect(Object.keys(refused.extra.fields ?? {})).toEqual(["customClaims"]);
  });

  it("several at once, each beside its own", async () => {
    const { code, message, extra } = await refusal({ ...issueForm(key), permissions: [], participantId: "a b" });
    expect({ code, message }).toEqual({ code: "invalid", message: "Nothing was issued. What you typed is kept." });
    expect(Object.keys(extra.fields ?? {}).sort()).toEqual(["participantId", "permissions"]);
    await nothingIssued();
  });

  it.each([[undefined], [null], ["text"], [[]], [{}]])("what is no form at all: %j", async (input) => {
    expect((await refusal(input)).code).toBe("invalid");
    await nothingIssued();
  });
});

describe("the key's policy", () => {
  it("lets its max lifetime pass, and not a second more", async () => {
    key = await desk.addKey("2h");
    await expect(issueToken(desk.issuer, { ...issueForm(key), expiresIn: "7200" })).resolves.toBeDefined();
    const { code, extra } = await refusal({ ...issueForm(key), expiresIn: "7201" });
    expect(code).toBe("invalid");
    expect(extra.fields).toEqual({ expiresIn: `"${key.label}" allows at most 2 h. Choose a shorter lifetime.` });
    expect(await rows()).toHaveLength(1);
  });

  it("that allows a template's lifetime no more says so at the lifetime, and not of the template; of one that it takes no more, also at the template", async () => {
    const participant = { permissions: ["allow_join"], roles: ["rtc"], expiresIn: "2h", template: "participant" };
    const formWith = async (templates: string[] | null) => {
      key = await desk.addKey();
      const policy = JSON.stringify({ maxTtlSeconds: 1800, templates });
      desk.raw((db) => db.prepare("UPDATE SigningKey SET policy = ? WHERE id = ?").run(policy, key.id));
      return { ...issueForm(key), ...participant };
    };
    const expiresIn = expect.stringContaining("allows at most 30 min. Choose a shorter lifetime.");
    for (const templates of [null, ["participant"]])
      expect((await refusal(await formWith(templates))).extra.fields).toEqual({ expiresIn });
    expect((await refusal(await formWith(["guest"]))).extra.fields).toEqual({
      expiresIn,
      template: expect.stringContaining("takes Guest only"),
    });
    const form = await formWith(["participant"]);
    expect((await refusal({ ...form, permissions: ["allow_join", "allow_mod"] })).extra.fields).toEqual({
      expiresIn,
      template: expect.stringMatching(/^This is not what the template fills in now\./),
    });
    await nothingIssued();
    expect((await issueToken(desk.issuer, { ...form, expiresIn: "30m" })).claims).toBeDefined();
  });

  it("holds an issuer to what it says of issuers, beside each field; an admin not", async () => {
    const issuer = { permissions: ["ask_join"], roles: ["rtc"], require: ["room"] };
    desk.raw((db) =>
      db.prepare("UPDATE SigningKey SET policy = ? WHERE id = ?").run(JSON.stringify({ issuer }), key.id),
    );
    const { code, extra } = await refusal({ ...issueForm(key), permissions: ["allow_join"], roles: [], roomId: "" });
    expect([code, Object.keys(extra.fields ?? {}).toSorted()]).toEqual(["invalid", ["permissions", "roles", "roomId"]]);
    await nothingIssued();
    await issueToken(desk.issuer, {
      ...{ ...issueForm(key), permissions: ["ask_join"], roles: ["rtc"], roomId: "2kyv-gzay-64pg" },
    });
    await issueToken(desk.admin, { ...issueForm(key), permissions: ["allow_join"], roles: [], roomId: "" });
    expect(await rows()).toHaveLength(2);
  });

  it("lets any lifetime pass where it sets none", async () => {
    const { claims } = await issueToken(desk.issuer, { ...issueForm(key), expiresIn: "3650d" });
    expect(Number(claims.exp) - Number(claims.iat)).toBe(3650 * 86_400);
  });

  it("a disabled key signs nothing", async () => {
    await setKeyStatus(desk.admin, { keyId: key.id, disabled: true });
    const { extra } = await refusal(issueForm(key));
    expect(extra.fields?.keyId).toBe(
      `"${key.label}" is disabled here. Choose another key; an admin can enable this one.`,
    );
    await nothingIssued();
  });

  it("each refusal is recorded with its fields and its kind of reason, and never with what was typed", async () => {
    const short = await desk.addKey("1h");
    desk.raw((db) => db.exec("DELETE FROM AuditEvent"));
    const typed = "something pasted by mistake";
    const issuer = await desk.addMember("issuer");
    await refusal({ ...issueForm(short), expiresIn: "2h", participantId: typed, purpose: typed }, issuer);
    await refusal({ ...issueForm(key), keyId: randomUUID() }, issuer);
    await setKeyStatus(desk.admin, { keyId: short.id, disabled: true });
    await refusal({ ...issueForm(short), expiresIn: "1h" }, issuer);
    await refusal({ ...issueForm(key), expiresIn: typed, permissions: ["allow_everything"] }, issuer);
    await refusal(typed, issuer);
    const refused = await recorded("token.refused");
    expect(refused).toMatchObject([
      { outcome: "denied", keyId: short.id, actorId: issuer.id },
      { outcome: "denied", keyId: null },
      { outcome: "denied", keyId: short.id },
      { outcome: "denied", keyId: key.id },
      { outcome: "denied", keyId: null, jti: null },
    ]);
    expect(refused.map(({ detail }) => detail)).toEqual([
      { reason: "rules or policy", fields: ["expiresIn", "participantId"] },
      { reason: "unknown key", fields: ["keyId"] },
      { reason: "disabled key", fields: ["keyId"] },
      { reason: "rules or policy", fields: ["permissions.0", "expiresIn"] },
      { reason: "rules or policy", fields: ["form"] },
    ]);
    expect(JSON.stringify(refused)).not.toContain(typed);
  });

  it("refusals are recorded one by one up to the limit, and then no more", async () => {
    const flooder = await desk.addMember("issuer");
    const { most } = limits.refusals;
    for (let count = 0; count < most + 3; count++)
      expect((await refusal({ ...issueForm(key), keyId: randomUUID() }, flooder)).code).toBe("not_found");
    const own = (await events()).filter(({ actorId }) => actorId === flooder.id).map(({ action }) => action);
    expect(own).toEqual([...Array(most).fill("token.refused"), "limit.reached"]);
  });

  it("a key that is disabled while the token is being made signs nothing either", async () => {
    vi.mocked(signToken).mockClear();
    let issuing: Promise<AppError> | undefined;
    await transaction(async (tx) => {
      await tx.signingKey.update({ where: { id: key.id }, data: { disabledAt: new Date() } });
      issuing = refusal(issueForm(key));
      // It has seen the key enabled, since nothing else is committed, and comes to wait behind this transaction.
      await vi.waitFor(() => expect(signToken).toHaveBeenCalled(), { interval: 1 });
    });
    expect((await issuing)?.extra.fields?.keyId).toBe(`"${key.label}" was disabled just now. Choose another key.`);
    await nothingIssued();
    expect(await reader().counter.count({ where: { name: "ledger" } })).toBe(0);
  });
});

describe("when the record cannot be written, nothing is issued and the failure is told:", () => {
  afterEach(async () => {
    vi.restoreAllMocks();
    thread.pragmas = [];
    await closeDatabase();
  });

  it("a full disk", async () => {
    desk.raw((db) => db.exec("VACUUM"));
    // Its thread, and it begins with the next one.
    await closeDatabase();
    thread.pragmas = ["max_page_count = 1"];
    const attempts = [];
    for (let attempt = 0; attempt < 60; attempt++) {
      attempts.push(
        await issueToken(desk.issuer, { ...issueForm(key), purpose: "x".repeat(200) }).catch((error: unknown) => error),
      );
    }
    const failed = attempts.filter((result) => result instanceof Error);
    expect(failed.length).toBeGreaterThan(0);
    for (const failure of failed) expect(writeFailureReason(failure)).toBe("the disk is full");
    // Whoever has a token is in both books, and nobody else is.
    const issued = attempts.flatMap((result) => (result instanceof Error ? [] : [(result as { token: string }).token]));
    const expected = issued.map(tokenSha256);
    expect((await rows()).map(({ sha256 }) => hexOf(sha256))).toEqual(expected);
    expect((await events()).map(({ sha256 }) => sha256)).toEqual(expected);
    // Each attempt is written to the disk: where others write too, that takes several times as long.
  }, 90_000);

  it("a read-only database", async () => {
    makeWriterReadOnly();
    const failure = await failureOf(issueToken(desk.issuer, issueForm(key)));
    expect(isWriteFailure(failure)).toBe(true);
    expect(writeFailureReason(failure)).toBe("the database is read-only");
    await nothingIssued();
  });

  it("a lock of another program", async () => {
    const other = new Database(desk.file);
    try {
      other.exec("BEGIN IMMEDIATE");
      const failure = await failureOf(issueToken(desk.issuer, issueForm(key)));
      expect(writeFailureReason(failure)).toBe("the database is locked by another program");
    } finally {
      other.close();
    }
    await nothingIssued();
  });

  it.each(["IssuedToken", "AuditEvent"])("%s alone that refuses its row", async (table) => {
    desk.raw((db) => db.exec(`CREATE TRIGGER refuse BEFORE INSERT ON ${table} BEGIN SELECT RAISE(ABORT, 'no'); END`));
    try {
      await failureOf(issueToken(desk.issuer, issueForm(key)));
    } finally {
      desk.raw((db) => db.exec("DROP TRIGGER refuse"));
    }
    await nothingIssued();
    expect((await issueToken(desk.issuer, issueForm(key))).number).toBe(1);
  });

  it("and the same form can be sent again afterwards", async () => {
    const form = issueForm(key);
    makeWriterReadOnly();
    await failureOf(issueToken(desk.issuer, form));
    vi.restoreAllMocks();
    expect((await issueToken(desk.issuer, form)).claims.jti).toBe(form.jti);
  });
});

describe("many at once", () => {
  it("have consecutive numbers, in the ledger and in the audit log, and each its own token", async () => {
    const issued = await Promise.all(Array.from({ length: 200 }, () => issueToken(desk.issuer, issueForm(key))));
    const numbers = issued.map(({ number }) => number).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
    expect(new Set(issued.map(({ token }) => token)).size).toBe(200);
    const ledger = await rows();
    const audit = await events();
    expect(ledger.map(({ number }) => number)).toEqual(numbers);
    expect(audit.map(({ sequence }) => sequence)).toEqual(numbers);
    const byNumber = new Map(issued.map(({ number, token }) => [number, tokenSha256(token)]));
    for (const { number, sha256 } of ledger) expect(hexOf(sha256)).toBe(byNumber.get(number));
    for (const { tokenNumber, sha256 } of audit) expect(sha256).toBe(byNumber.get(tokenNumber ?? 0));
  });

  it("leave no gap where some are refused", async () => {
    const forms = Array.from({ length: 30 }, (_, index) =>
      index % 3 === 0 ? { ...issueForm(key), permissions: [] } : issueForm(key),
    );
    await Promise.allSettled(forms.map((form) => issueToken(desk.issuer, form)));
    expect((await rows()).map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect(await total()).toBe(20);
  });

  it("are counted with their key, each once, and those of another key with that one", async () => {
    const other = await desk.addKey();
    const forms = Array.from({ length: 12 }, (_, index) => issueForm(index % 4 === 0 ? other : key));
    await Promise.all(forms.flatMap((form) => [issueToken(desk.issuer, form), issueToken(desk.issuer, form)]));
    expect([await total(), await total(other)]).toEqual([9, 3]);
    expect((await rows()).filter(({ keyId }) => keyId === key.id)).toHaveLength(9);
  });
});

it("a new token id is a random UUID of version 4, and the form's schema takes it", async () => {
  const ids = Array.from({ length: 1000 }, newJti);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set(ids).size).toBe(1000);
  await expect(issueToken(desk.issuer, { ...issueForm(key), jti: ids[0] })).resolves.toBeDefined();
});
