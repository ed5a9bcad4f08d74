/** Revoking: what it covers is told before, marked once with who and why, and nothing else is touched. */
import { randomBytes } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { listEvents } from "@/lib/audit/list";
import { reader } from "@/lib/db";
import { rotateKey } from "@/lib/keys/rotate";
import { issueForm, openDesk, recorded, refusalOf, type TestKey } from "@/lib/test-desk";
import { inspectToken } from "./inspect";
import { issueToken } from "./issue";
import { previewRevocation, revokeTokens } from "./revoke";

const desk = await openDesk();
let key: TestKey;

beforeEach(async () => {
  key = await desk.addKey();
  desk.raw((db) => {
    db.exec("DROP TRIGGER IF EXISTS IssuedToken_no_delete; DELETE FROM IssuedToken; DELETE FROM AuditEvent");
  });
});

const issue = async (actor = desk.issuer, more: object = {}) => issueToken(actor, { ...issueForm(key), ...more });
const row = (number: number) => reader().issuedToken.findUniqueOrThrow({ where: { number } });
const revoked = async () =>
  (await reader().issuedToken.findMany({ where: { revokedAt: { not: null } }, orderBy: { number: "asc" } })).map(
    ({ number }) => number,
  );
const numbers = (...all: number[]) => ({ of: "numbers", numbers: all }) as const;
const ALL = 999_999_999;

describe("one token", () => {
  it("is told of, then marked with when, who and why, in ledger, log and decoder, and VideoSDK's end stays as it is", async () => {
    const { number, token } = await issue();
    const { expiresAt } = await row(number);
    expect(await previewRevocation(desk.admin, numbers(number))).toEqual({
      ...{ tokens: 1, people: 1, programs: 0, upTo: number, others: 0, refused: 0 },
      lastExpiry: expiresAt.getTime() / 1000,
      key: { id: key.id, label: key.label, profile: "videosdk", mayRotate: true },
    });
    expect(
      await revokeTokens(desk.admin, { scope: numbers(number), upTo: number, reason: "It was on a slide." }),
    ).toEqual({
      tokens: 1,
    });
    expect(await row(number)).toMatchObject({
      revokedAt: expect.any(Date),
      ...{ revokedByName: desk.admin.name, revokedReason: "It was on a slide.", expiresAt },
    });
    expect(await recorded("token.revoked")).toMatchObject([
      {
        outcome: "ok",
        actorId: desk.admin.id,
        tokenNumber: number,
        detail: { reason: "It was on a slide.", tokens: 1 },
      },
    ]);
    const { ledger } = await inspectToken(desk.auditor, { token });
    expect(ledger).toMatchObject({
      entry: { revokedAt: expect.any(Number), revokedByName: desk.admin.name, revokedReason: "It was on a slide." },
    });
  });

  it("that a retired secret signed is told to be refused already, and no end is given for it", async () => {
    const { number } = await issue();
    await rotateKey(desk.admin, { keyId: key.id, secret: randomBytes(32).toString("hex") });
    const rotated = await issue();
    expect(await previewRevocation(desk.admin, numbers(number))).toMatchObject({
      ...{ tokens: 1, refused: 1, lastExpiry: null },
    });
    expect(await previewRevocation(desk.admin, numbers(number, rotated.number))).toMatchObject({
      ...{ tokens: 2, refused: 1, lastExpiry: (await row(rotated.number)).expiresAt.getTime() / 1000 },
    });
  });

  it("is marked once: the first reason stays, and whoever comes second is told", async () => {
    const { number } = await issue();
    const again = (reason: string) => revokeTokens(desk.admin, { scope: numbers(number), upTo: ALL, reason });
    const outcomes = await Promise.allSettled([again("one"), again("two")]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(await refusalOf(again("three"))).toMatchObject({
      ...{ code: "conflict", message: "Nothing was revoked: it has expired, or was revoked before." },
    });
    const batch = { scope: numbers(number, number + 1), upTo: ALL, reason: "four" };
    expect((await refusalOf(revokeTokens(desk.admin, batch))).message).toMatch(/: each has expired/);
    expect(["one", "two"]).toContain((await row(number)).revokedReason);
    expect(await recorded("token.revoked")).toHaveLength(1);
  });

  it("that has expired, or is not there, needs no mark", async () => {
    const { number } = await issue();
    desk.raw((db) => db.exec("DROP TRIGGER IF EXISTS IssuedToken_no_update; UPDATE IssuedToken SET expiresAt = 1"));
    expect(await previewRevocation(desk.admin, numbers(number, 5_000))).toMatchObject({ tokens: 0, lastExpiry: null });
    expect((await refusalOf(revokeTokens(desk.admin, { scope: numbers(number), upTo: ALL, reason: "x" }))).code).toBe(
      "conflict",
    );
    expect(await recorded("token.revoked")).toEqual([]);
  });
});

describe("many", () => {
  it("all of a member, all of a room: those that are active, no others, and nothing that was issued since", async () => {
    const theirs = [await issue(), await issue(desk.issuer, { roomId: "abcd-efgh-ijkl" })];
    const others = [await issue(desk.admin, { roomId: "abcd-efgh-ijkl" }), await issue(desk.admin)];
    const preview = await previewRevocation(desk.admin, { of: "member", memberId: desk.issuer.id });
    expect(preview).toMatchObject({ tokens: 2, people: 1, others: 0, key: { id: key.id, mayRotate: true } });
    // Whoever may not rotate is led to the key alone.
    expect(await previewRevocation(desk.issuer, numbers(theirs[0]?.number ?? 0))).toMatchObject({
      key: { id: key.id, mayRotate: false },
    });
    const later = await issue();
    await revokeTokens(desk.admin, {
      ...{ scope: { of: "member", memberId: desk.issuer.id }, upTo: preview.upTo, reason: "They left." },
    });
    expect(await revoked()).toEqual(theirs.map(({ number }) => number));
    expect(await recorded("token.revoked")).toMatchObject([
      {
        ...{ memberId: desk.issuer.id, tokenNumber: null },
        detail: { tokens: 2, all: `member ${desk.issuer.name}`, numbers: `${theirs[0]?.number}-${theirs[1]?.number}` },
      },
    ]);
    const scope = { of: "room", room: "abcd-efgh-ijkl" } as const;
    expect(await previewRevocation(desk.admin, scope)).toMatchObject({ tokens: 1, people: 1 });
    const { id: keyId } = await desk.addKey();
    const otherKeys = await issue(desk.admin, { keyId, roomId: scope.room });
    expect(await previewRevocation(desk.admin, scope)).toMatchObject({ tokens: 2, people: 1, key: null });
    await revokeTokens(desk.admin, { scope, upTo: ALL, reason: "The room was public." });
    expect(await revoked()).toEqual([...theirs, others[0], otherKeys].map((token) => token?.number));
    expect((await row(later.number)).revokedAt).toBeNull();
  });

  it("all of a room: whoever reads that room's events reads it too, and nobody who reads another's", async () => {
    const room = "abcd-efgh-ijkl";
    for (const roomId of [room, room, "zzzz-efgh-ijkl"]) await issue(desk.issuer, { roomId });
    await revokeTokens(desk.admin, { scope: { of: "room", room }, upTo: ALL, reason: "The room was public." });
    const actions = async (of: string) =>
      (await listEvents(desk.auditor, { room: of })).events.map(({ action }) => action);
    expect(await actions(room)).toEqual(["token.revoked", "token.issued", "token.issued"]);
    expect(await actions("zzzz-efgh-ijkl")).toEqual(["token.issued"]);
  });
});

describe("who may:", () => {
  it("a program among them is told of as one, and not as a person", async () => {
    const roomId = "abcd-efgh-ijkl";
    const programs = [await desk.addProgram(), await desk.addEndpoint(key)];
    for (const actor of [desk.issuer, desk.admin, ...programs.map(({ actor }) => actor)]) {
      const { number } = await issue();
      // As one that this actor had asked for.
      desk.raw((db) => db.exec("DROP TRIGGER IF EXISTS IssuedToken_no_update"));
      desk.raw((db) =>
        db
          .prepare("UPDATE IssuedToken SET actorKind = ?, actorId = ?, room = ? WHERE number = ?")
          .run(actor.kind, actor.id, roomId, number),
      );
    }
    expect(await previewRevocation(desk.admin, { of: "room", room: roomId })).toMatchObject({
      ...{ tokens: 4, people: 2, programs: 2 },
    });
  });

  it("an issuer their own: others' are counted and left, and asking for those alone is denied, and recorded", async () => {
    const [own, foreign] = [await issue(), await issue(desk.admin)];
    const scope = numbers(own.number, foreign.number);
    expect(await previewRevocation(desk.issuer, scope)).toMatchObject({ tokens: 1, others: 1 });
    expect(await revokeTokens(desk.issuer, { scope, upTo: ALL, reason: "x" })).toEqual({ tokens: 1 });
    expect(await revoked()).toEqual([own.number]);
    const denial = await refusalOf(revokeTokens(desk.issuer, { scope, upTo: ALL, reason: "x" }));
    expect(denial).toMatchObject({ code: "forbidden", message: expect.stringMatching(/with your own only/) });
    expect(await recorded("access.denied")).toMatchObject([{ detail: { verb: "token.revoke" } }]);
    expect(await revoked()).toEqual([own.number]);
  });

  it("neither auditors nor support, not even to see what it would cover", async () => {
    const { number } = await issue();
    for (const actor of [desk.auditor, desk.support]) {
      expect((await refusalOf(previewRevocation(actor, numbers(number)))).code).toBe("forbidden");
      const input = { scope: numbers(number), upTo: ALL, reason: "x" };
      expect((await refusalOf(revokeTokens(actor, input))).code).toBe("forbidden");
    }
    expect(await revoked()).toEqual([]);
  });

  it.each<[string, object]>([
    ["no scope", { scope: undefined }],
    ["a scope of something else", { scope: { of: "desk" } }],
    ["numbers that are texts", { scope: { of: "numbers", numbers: ["1"] } }],
    ["numbers that are none", { scope: { of: "numbers" } }],
    ["a member by a number", { scope: { of: "member", memberId: 1 } }],
    ["a room without a name", { scope: { of: "room" } }],
    ["half a batch", { scope: { of: "batch", batch: 1.5 } }],
    ["no end", { upTo: "all" }],
    ["a reason that is no text", { reason: 5 }],
  ])("%s, in words of this desk", async (_, more) => {
    const { extra } = await refusalOf(
      revokeTokens(desk.admin, { scope: numbers(1), upTo: ALL, reason: "It leaked.", ...more }),
    );
    const said = Object.values(extra.fields ?? {});
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/^(Say (which tokens|up to)|This must be (a list|text)\b)/);
  });
});

describe("refused:", () => {
  it.each<[string, object, string, RegExp]>([
    ["without a reason", { reason: " " }, "reason", /^Say why/],
    [
      "a reason that holds a secret",
      { reason: "f".repeat(8) + "0123456789abcdef".repeat(4).slice(8) },
      "reason",
      /secret/i,
    ],
    ["a long reason", { reason: "x".repeat(501) }, "reason", /at most 500/],
    ["of nothing", { scope: numbers() }, "scope.numbers", /nothing to revoke/],
    [
      "of too many by number",
      { scope: numbers(...Array.from({ length: 901 }, (_, n) => n + 1)) },
      "scope.numbers",
      /at most 900/,
    ],
  ])("%s", async (_, more, field, says) => {
    const { number } = await issue();
    const { code, extra } = await refusalOf(
      revokeTokens(desk.admin, { scope: numbers(number), upTo: ALL, reason: "It leaked.", ...more }),
    );
    expect(code).toBe("invalid");
    expect(extra.fields?.[field]).toMatch(says);
    expect(await revoked()).toEqual([]);
  });
});
