/** Cases: what our secret signed and this desk did not issue is collected until an admin acknowledges it. */
import { createHmac } from "node:crypto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { listEvents } from "@/lib/audit/list";
import { newJti } from "@/lib/composer/new-jti";
import { COUNTED_AT_MOST, digitsAtMost } from "@/lib/count-at-most";
import { changeKey } from "@/lib/keys/change";
import { rotateKey } from "@/lib/keys/rotate";
import { issueForm, newSecret, openDesk, recorded, refusalOf, type TestKey } from "@/lib/test-desk";
import { inspectToken } from "@/lib/tokens/inspect";
import { issueToken } from "@/lib/tokens/issue";
import { acknowledgeCase } from "./acknowledge";
import { countOpenCases } from "./count-open";
import { getCase } from "./get";
import { listCases, newestCases } from "./list";

const desk = await openDesk();
let key: TestKey;
const says = (signsElsewhere: "yes" | "no") => changeKey(desk.admin, { keyId: key.id, signsElsewhere });

beforeEach(async () => {
  key = await desk.addKey();
  await says("no");
  desk.raw((db) =>
    db.exec(
      "DELETE FROM AuditEvent; DELETE FROM IssuedToken; DELETE FROM CaseToken; DELETE FROM 'Case'; DELETE FROM Counter",
    ),
  );
});

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const IAT = 1_795_000_000;

/** As a backend, or a thief, would make it. */
function sign(claims: object = {}, of: Pick<TestKey, "apiKey"> & { secret: string | Buffer } = key): string {
  const all = { apikey: of.apiKey, permissions: ["allow_join", "allow_mod"], iat: IAT, exp: IAT + 9e7, jti: newJti() };
  const input = `${encode({ alg: "HS256", typ: "JWT" })}.${encode({ ...all, ...claims })}`;
  return `${input}.${createHmac("sha256", of.secret).update(input).digest("base64url")}`;
}

const inspect = (token: string, actor = desk.issuer) => inspectToken(actor, { token });
const actions = async () => (await recorded()).map(({ action }) => action);

describe("a token that our secret signed and this desk did not issue", () => {
  it("opens a case, which collects all further ones with who pasted them and when", async () => {
    const [first, second] = [sign({ roomId: "aaaa-bbbb-cccc", version: 2 }), sign({ exp: undefined })];
    expect((await inspect(first)).elsewhere).toEqual({
      ...{ keyId: key.id, signsElsewhere: "no", caseNumber: 1, caseOpened: true },
    });
    expect((await inspect(second, desk.auditor)).elsewhere).toEqual({
      ...{ keyId: key.id, signsElsewhere: "no", caseNumber: 1 },
    });
    await inspect(first, desk.auditor);
    expect(await actions()).toEqual(["token.signed_elsewhere", "case.opened", "token.signed_elsewhere"]);
    expect(await getCase(desk.auditor, 1)).toMatchObject({
      ...{ number: 1, keyId: key.id, keyLabel: key.label, tokens: 2, lastSeenBy: desk.auditor.name },
      ...{ lastExpiry: new Date((IAT + 9e7) * 1000), neverExpires: true, moderates: true, callsRest: true },
      acknowledged: null,
      // What never expires is the worst of them.
      list: [
        { expiresAt: null, firstSeenBy: desk.auditor.name, seen: 1 },
        {
          ...{ room: "aaaa-bbbb-cccc", subject: null, imitates: null, moderates: true, seen: 2 },
          ...{ issuedAt: new Date(IAT * 1000), expiresAt: new Date((IAT + 9e7) * 1000) },
          ...{ firstSeenBy: desk.issuer.name, lastSeenBy: desk.auditor.name },
        },
      ],
    });
    expect(await countOpenCases(desk.issuer)).toBe(1);
  });

  it("is told without the secret that it has for a room or a participant", async () => {
    const encoded = Buffer.from(key.secret).toString("base64");
    await inspect(sign({ roomId: key.secret, participantId: `guest-${encoded}`, version: 2 }));
    await inspect(sign({ roomId: `${"r ".repeat(90)}${key.secret}`, participantId: "guest", version: 2 }));
    expect((await getCase(desk.auditor, 1))?.list.map(({ room, subject }) => [room, subject]).sort()).toEqual([
      ["(a secret)", "(a secret)"],
      ["(a secret)", "guest"],
    ]);
  });

  it("is a question and no case while nobody has said whether something else signs with the secret", async () => {
    desk.raw((db) => db.exec("UPDATE SigningKey SET signsElsewhere = NULL"));
    const token = sign();
    expect((await inspect(token)).elsewhere).toEqual({ keyId: key.id, signsElsewhere: null });
    expect(await actions()).toEqual(["token.signed_elsewhere"]);
    await says("no");
    expect((await inspect(token)).elsewhere).toMatchObject({ signsElsewhere: "no", caseNumber: 1 });
  });

  it("is a note and no alarm on a key with whose secret a backend signs", async () => {
    await says("yes");
    expect((await inspect(sign())).elsewhere).toEqual({ keyId: key.id, signsElsewhere: "yes" });
    expect(await recorded()).toMatchObject([
      { action: "key.changed" },
      { action: "token.inspected", outcome: "ok", keyId: key.id, detail: { found: "signed by a backend" } },
    ]);
    expect(await countOpenCases(desk.admin)).toBe(0);
  });

  it("is the alarm whatever the key says when it bears the id of one of ours", async () => {
    await says("yes");
    const { number, claims } = await issueToken(desk.issuer, issueForm(key));
    expect((await inspect(sign({ jti: claims.jti }))).elsewhere).toEqual({
      ...{ keyId: key.id, signsElsewhere: "yes", caseNumber: 1, caseOpened: true },
    });
    expect(await getCase(desk.admin, 1)).toMatchObject({
      ...{ tokens: 1, altered: 1, alteredFrom: number },
      list: [{ imitates: number }],
    });
    const other = await issueToken(desk.issuer, issueForm(key));
    await inspect(sign({ jti: other.claims.jti }));
    await says("no");
    await inspect(sign());
    expect(await getCase(desk.admin, 1)).toMatchObject({ tokens: 3, altered: 2, alteredFrom: null });
  });

  it("is in no case when its signature is wrong, whoever's id it bears", async () => {
    const { claims } = await issueToken(desk.issuer, issueForm(key));
    const forged = `${sign({ jti: claims.jti }).split(".").slice(0, 2).join(".")}.${"A".repeat(43)}`;
    expect(await inspect(forged)).not.toHaveProperty("elsewhere");
    expect(await countOpenCases(desk.admin)).toBe(0);
  });

  it("is listed by danger: what is active before what is not, then by what it may do, then by its end", async () => {
    const now = Math.floor(Date.now() / 1000);
    const plain = { permissions: ["allow_join"], version: 2, roles: ["rtc"] };
    for (const [roomId, claims] of Object.entries({
      ended: { iat: now - 60, exp: now - 1 },
      short: { ...plain, exp: now + 600 },
      long: { ...plain, exp: now + 6_000 },
      mighty: { version: 2, exp: now + 60 },
    }))
      await inspect(sign({ roomId, version: 2, ...claims }));
    expect((await getCase(desk.admin, 1))?.list.map(({ room }) => room)).toEqual(["mighty", "long", "short", "ended"]);
  });

  it("is the least of them when its vendor takes it at no time, and counts neither for what they may do nor for their end", async () => {
    const now = Math.floor(Date.now() / 1000);
    // Right by the secret's bytes, which is not how the vendor checks it.
    const decoded = { ...key, secret: Buffer.from(key.secret, "base64") };
    await inspect(sign({ exp: undefined, roomId: "decoded", version: 2 }, decoded));
    await inspect(sign({ exp: `${now + 600}`, roomId: "in quotes", version: 2 }));
    await inspect(sign({ exp: now + 600, roomId: "unknown", version: 2, permissions: ["allow_all"] }));
    const refused = { refusedBy: "VideoSDK" };
    expect(await getCase(desk.admin, 1)).toMatchObject({
      ...{ ...refused, tokens: 3, refused: 3, neverExpires: false, lastExpiry: null },
      ...{ moderates: false, callsRest: false, list: [refused, refused, refused] },
    });
    const plain = { permissions: ["allow_join"], version: 2, roles: ["rtc"] };
    await inspect(sign({ ...plain, exp: now + 60, roomId: "accepted" }));
    // What is over by now, or still to come, is taken in its time.
    await inspect(sign({ ...plain, iat: now - 60, exp: now - 1, roomId: "over" }));
    await inspect(sign({ ...plain, nbf: now + 60, exp: now + 90, roomId: "to come" }));
    expect(await getCase(desk.admin, 1)).toMatchObject({
      ...{ tokens: 6, refused: 3, neverExpires: false, lastExpiry: new Date((now + 90) * 1000) },
      ...{ moderates: false, callsRest: false },
      list: [
        ...["to come", "accepted"].map((room) => ({ room, refusedBy: null })),
        ...[refused, refused, refused, { room: "over", refusedBy: null }],
      ],
    });
  });

  it("is refused with all others of its case once the secret that signed them is retired", async () => {
    await inspect(sign({ exp: undefined, version: 2, permissions: ["allow_join", "allow_mod"] }));
    expect(await getCase(desk.admin, 1)).toMatchObject({ refused: 0, neverExpires: true, moderates: true });
    await rotateKey(desk.admin, { keyId: key.id, secret: newSecret() });
    expect(await getCase(desk.admin, 1)).toMatchObject({ refused: 1, neverExpires: false, moderates: false });
  });

  it("takes the place of the least dangerous one in a full case, which says that there were more", async () => {
    const plain = { permissions: ["allow_join"], version: 2, roles: ["rtc"], exp: 4_000_000_000 };
    await inspect(sign({ ...plain, roomId: "altered-one" }));
    desk.raw((db) =>
      db.exec(`UPDATE CaseToken SET imitates = 7;
        WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < ${COUNTED_AT_MOST})
        INSERT INTO CaseToken SELECT caseNumber, CAST(printf('%032d', i) AS BLOB), NULL, issuedAt, expiresAt + i, printf('harmless-%d', i), subject,
          moderates, callsRest, firstSeenAt, firstSeenById, firstSeenBy, lastSeenAt, lastSeenBy, seen, refusedBy, startsAt FROM CaseToken, n`),
    );
    await inspect(sign({ ...plain, exp: 3_000_000_000, roomId: "harmless-last" }), desk.auditor);
    await inspect(sign({ exp: undefined, roomId: "mighty", version: 2, permissions: ["allow_join", "allow_mod"] }));
    await inspect(sign({ ...plain, exp: 3_000_000_000, roomId: "harmless-again" }), desk.auditor);
    const full = await getCase(desk.admin, 1);
    expect(full).toMatchObject({
      ...{ tokens: COUNTED_AT_MOST, altered: 1, alteredFrom: 7, lastSeenBy: desk.auditor.name },
      ...{ neverExpires: true, moderates: true, callsRest: true },
    });
    const rooms = full?.list.map(({ room }) => room) ?? [];
    expect([...rooms.slice(0, 2), rooms.at(-1)]).toEqual(["altered-one", "mighty", "harmless-again"]);
    expect(["harmless-2", "harmless-3", "harmless-4", "harmless-last"].map((room) => rooms.includes(room))).toEqual([
      ...[false, false, true, false],
    ]);
    expect(digitsAtMost(full?.tokens ?? 0)).toBe("1,000+");
  });

  it("is collected for each secret apart", async () => {
    const other = await desk.addKey();
    await changeKey(desk.admin, { keyId: other.id, signsElsewhere: "no" });
    expect((await inspect(sign())).elsewhere).toMatchObject({ caseNumber: 1 });
    expect((await inspect(sign({}, other))).elsewhere).toMatchObject({ caseNumber: 2 });
    expect((await listCases(desk.issuer, 1)).rows.map((each) => [each.number, each.keyId])).toEqual([
      [2, other.id],
      [1, key.id],
    ]);
    expect((await newestCases(desk.issuer, { keyId: key.id })).map(({ number }) => number)).toEqual([1]);
  });

  it("are listed fifty at a time, newest first; beyond the last page is the last", async () => {
    desk.raw((db) => {
      const add = db.prepare(
        `INSERT INTO "Case" ("number", "keyId", "keyLabel", "secretVersionId", "openedAt") VALUES (?, ?, 'Staging', 'one', 1)`,
      );
      for (let number = 1; number <= 120; number += 1) add.run(number, key.id);
    });
    const listed = async (page: number) => {
      const { rows, ...rest } = await listCases(desk.auditor, page);
      return { ...rest, numbers: rows.map(({ number }) => number) };
    };
    const count = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, index) => from - index);
    expect(await listed(1)).toEqual({ page: 1, pages: 3, total: 120, numbers: count(120, 71) });
    expect(await listed(3)).toEqual({ page: 3, pages: 3, total: 120, numbers: count(20, 1) });
    expect(await listed(9)).toEqual(await listed(3));
  });

  it("keeps when one begins, where it says so", async () => {
    await inspect(sign({ nbf: IAT + 3600 }));
    expect((await getCase(desk.admin, 1))?.list).toMatchObject([{ startsAt: new Date((IAT + 3600) * 1000) }]);
    const [found] = (await listEvents(desk.auditor, { elsewhere: "1" })).events;
    expect(found?.case).toMatchObject({ startsAt: IAT + 3600 });
    await inspect(sign({ jti: "none" }));
    expect((await getCase(desk.admin, 1))?.list.map(({ startsAt }) => startsAt)).toContain(null);
  });

  it("keeps of a foreign token's ids no more than a page can show, and takes milliseconds for no instant", async () => {
    await inspect(sign({ roomId: "r".repeat(5_000), version: 2, exp: IAT * 1000 }));
    expect((await getCase(desk.admin, 1))?.list).toMatchObject([{ room: "r".repeat(200), expiresAt: null }]);
    // In one Unicode form, by which it is found and told from others.
    await inspect(sign({ roomId: "Cafe\u0301", version: 2 }));
    expect((await getCase(desk.admin, 1))?.list.map(({ room }) => room)).toContain("Caf\u00e9");
  });
});

describe("acknowledging", () => {
  it("closes the case with a note; the next new token opens another one, and a known one does not", async () => {
    const known = sign();
    await inspect(known);
    const at = new Date("2026-11-26T12:00:00Z");
    vi.useFakeTimers({ now: at, toFake: ["Date"] });
    await acknowledgeCase(desk.admin, { number: 1, note: " The old deploy script. " }).finally(() =>
      vi.useRealTimers(),
    );
    const acknowledged = { at, by: desk.admin.name, note: "The old deploy script." };
    expect(await getCase(desk.issuer, 1)).toMatchObject({ acknowledged });
    expect(await countOpenCases(desk.issuer)).toBe(0);
    expect(await newestCases(desk.issuer, { openOnly: true })).toEqual([]);
    expect((await listCases(desk.issuer, 1)).rows.map(({ number }) => number)).toEqual([1]);
    expect((await recorded("case.acknowledged"))[0]).toMatchObject({
      ...{ actorId: desk.admin.id, keyId: key.id },
      detail: { case: 1, tokens: 1, note: "The old deploy script." },
    });
    expect((await inspect(known)).elsewhere).toMatchObject({
      ...{ caseNumber: 1, caseAcknowledged: { ...acknowledged, at: at.getTime() / 1000 } },
    });
    // Who may not read cases is told whom to ask.
    expect((await inspect(known, desk.support)).elsewhere?.caseAcknowledged).toMatchObject({
      by: desk.admin.name,
      note: "",
    });
    expect(await countOpenCases(desk.issuer)).toBe(0);
    expect((await inspect(sign())).elsewhere).toMatchObject({ caseNumber: 2 });
    expect(await countOpenCases(desk.issuer)).toBe(1);
  });

  it("is refused without a note, to others, twice, and of what is not there; the first note stays", async () => {
    await inspect(sign());
    const note = "Rotated.";
    const codeOf = async (input: object, actor = desk.admin) => (await refusalOf(acknowledgeCase(actor, input))).code;
    expect(await codeOf({ number: 1, note: "  " })).toBe("invalid");
    expect(await codeOf({ number: 1, note: "x".repeat(501) })).toBe("invalid");
    expect(await codeOf({ number: 1, note }, desk.issuer)).toBe("forbidden");
    expect(await codeOf({ number: 1, note }, desk.auditor)).toBe("forbidden");
    expect(await codeOf({ number: 7, note })).toBe("not_found");
    const both = await Promise.allSettled(
      [1, 2].map((each) => acknowledgeCase(desk.admin, { number: 1, note: `${each}` })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await codeOf({ number: 1, note })).toBe("conflict");
    expect((await recorded("case.acknowledged")).length).toBe(1);
  });

  it("sent again by the same person with the same note, as after an answer that was lost, is done", async () => {
    await inspect(sign());
    const again = { number: 1, note: "Rotated." };
    await acknowledgeCase(desk.admin, again);
    expect(await acknowledgeCase(desk.admin, { ...again, note: " Rotated. " })).toEqual({ number: 1 });
    const other = await desk.addMember("admin");
    expect((await refusalOf(acknowledgeCase(other, again))).code).toBe("conflict");
    expect((await recorded("case.acknowledged")).length).toBe(1);
  });

  it("a case that is not there is not found, whatever is asked for", async () => {
    for (const number of [0, -1, 1.5, 2 ** 40, Number.NaN]) expect(await getCase(desk.admin, number)).toBeUndefined();
  });
});
