/** A batch: all of it or nothing, each row held to the policy as one token is, one event for all and one for each, and the same batch for whoever sends it twice. */
import { createHash, randomUUID } from "node:crypto";
import canonicalize from "canonicalize";
import { decodeJwt } from "jose";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { endSession } from "@/lib/auth/sign-out";
import { staleTemplate } from "@/lib/composer/prepare";
import { reader } from "@/lib/db";
import { changeKey } from "@/lib/keys/change";
import { rotateKey } from "@/lib/keys/rotate";
import { setKeyStatus } from "@/lib/keys/set-status";
import { failureOf, newSecret, openDesk, recorded, refusalOf, type TestKey } from "@/lib/test-desk";
import { getBatch } from "./get-batch";
import { inspectToken } from "./inspect";
import { issueBatch } from "./issue-batch";
import { previewRevocation, revokeTokens } from "./revoke";

/** How long the one who entered a batch hears of it after its commit, in milliseconds. */
let heardAfter = 0;
vi.mock("@/lib/ledger/enter-batch", async (original) => {
  const { enterBatch } = await original<typeof import("@/lib/ledger/enter-batch")>();
  return {
    enterBatch: async (batch: Parameters<typeof enterBatch>[0]) => {
      const entered = await enterBatch(batch);
      if (entered.state === "entered") await new Promise((resolve) => setTimeout(resolve, heardAfter));
      return entered;
    },
  };
});

const desk = await openDesk();
let key: TestKey;

beforeEach(async () => {
  key = await desk.addKey("2h");
  desk.raw((db) => db.exec("DELETE FROM IssuedToken; DELETE FROM Batch; DELETE FROM Counter; DELETE FROM AuditEvent"));
});

const people = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ participantId: `guest-${index + 1}` }));

const form = (more: object = {}) => ({
  ...{ keyId: key.id, permissions: ["allow_join"], roles: ["rtc"], expiresIn: "2h", template: "participant" },
  ...{ purpose: "A class", requestId: randomUUID(), rows: people(3) },
  ...more,
});
const policyOf = (policy: object) =>
  desk.raw((db) => db.prepare("UPDATE SigningKey SET policy = ? WHERE id = ?").run(JSON.stringify(policy), key.id));
const counts = async () => ({
  tokens: await reader().issuedToken.count(),
  batches: await reader().batch.count(),
});
const NOTHING = { tokens: 0, batches: 0 };

describe("a batch", () => {
  it("is issued in its order, each token recorded, and as one that can be named", async () => {
    const issued = await issueBatch(desk.issuer, form({ rows: people(45) }));
    expect(issued).toMatchObject({ batch: 1, profile: "videosdk", keyLabel: key.label });
    expect(issued.rows.map(({ number }) => number)).toEqual(Array.from({ length: 45 }, (_, index) => index + 1));
    expect(issued.rows[44]).toMatchObject({ subject: "guest-45", room: null, purpose: "A class" });
    const events = await recorded();
    expect(events.map(({ action }) => action)).toEqual([...Array(45).fill("token.issued"), "batch.issued"]);
    expect(events.at(-1)).toMatchObject({
      detail: { batch: 1, tokens: 45, numbers: "1-45", purpose: "A class" },
      keyLabel: key.label,
      sequence: 46,
    });
    const rows = await reader().issuedToken.findMany({ orderBy: { number: "asc" } });
    expect(new Set(rows.map(({ batchNumber }) => batchNumber))).toEqual(new Set([1]));
    expect(rows.every(({ templateId }) => templateId === "participant")).toBe(true);
    for (const { token, number } of issued.rows.slice(0, 2))
      expect(await inspectToken(desk.issuer, { token })).toMatchObject({
        ledger: { state: "issued", entry: { number, purpose: "A class" } },
      });
    const { issuedTokens } = await reader().signingKey.findUniqueOrThrow({ where: { id: key.id } });
    expect(issuedTokens).toBe(45);
  });

  it("keeps a hash of what was asked for, by which batches of before are known too", async () => {
    const { requestId, rows, ...common } = form({ rows: people(45) });
    await issueBatch(desk.issuer, { requestId, rows, ...common });
    const { askedSha256 } = await reader().batch.findFirstOrThrow();
    const asked = canonicalize([common, rows]) ?? "";
    expect(Buffer.from(askedSha256)).toEqual(createHash("sha256").update(asked).digest());
  });

  it("of one is a batch as well", async () => {
    expect(await issueBatch(desk.issuer, form({ rows: people(1) }))).toMatchObject({ batch: 1 });
    expect(await recorded("batch.issued")).toMatchObject([{ detail: { tokens: 1, numbers: "1" } }]);
  });

  it("starts when it is asked to, and has the custom claims of the form, each held to the rules of one token", async () => {
    const startsAt = Math.floor(Date.now() / 1000) + 600;
    const at = new Date(startsAt * 1000).toISOString();
    const more = { startsAt: at, customClaims: '{"ward":7}', expiresIn: "1h", template: "" };
    const { rows } = await issueBatch(desk.issuer, form({ ...more, rows: people(2) }));
    for (const { token } of rows)
      expect(decodeJwt(token)).toMatchObject({ ward: 7, nbf: startsAt, exp: startsAt + 3600 });
    for (const [wrong, field] of [
      [{ customClaims: '{"apikey":"x"}' }, "customClaims"],
      [{ startsAt: "soon" }, "startsAt"],
      // Waiting counts among the two hours that the key allows.
      [{ startsAt: at, expiresIn: "2h", rows: people(1) }, "rows.0.expiresIn"],
    ] as const)
      expect(
        Object.keys((await refusalOf(issueBatch(desk.issuer, form({ template: "", ...wrong })))).extra.fields ?? {}),
      ).toEqual([field]);
    expect(await counts()).toEqual({ tokens: 2, batches: 1 });
  });

  it("takes from each row what it says otherwise; a row that leaves the template is of none", async () => {
    const rows = [
      { participantId: "a", roomId: "2kyv-gzay-64pg", permissions: ["allow_join", "allow_mod"], expiresIn: "1h" },
      { participantId: "b", purpose: "The board" },
    ];
    const { rows: issued } = await issueBatch(desk.issuer, form({ rows }));
    expect(issued).toMatchObject([
      { subject: "a", room: "2kyv-gzay-64pg", purpose: "A class" },
      { subject: "b", room: null, purpose: "The board" },
    ]);
    const kept = await reader().issuedToken.findMany({ orderBy: { number: "asc" } });
    expect(kept).toMatchObject([
      { ttlSeconds: 3600, moderates: true, templateId: null },
      { ttlSeconds: 7200, moderates: false, templateId: "participant" },
    ]);
  });
});

it("is refused whole where the form says otherwise than the template that it names: that was changed since it was filled in", async () => {
  // Rows that say otherwise by a cell of their own, too: what they would be is no template's either.
  const rows = [...people(2), { participantId: "c", expiresIn: "30m" }];
  const refusal = await refusalOf(issueBatch(desk.issuer, form({ expiresIn: "1h", rows })));
  expect(refusal).toMatchObject({ code: "invalid", extra: { fields: { template: staleTemplate.changed } } });
  expect(Object.keys(refusal.extra.fields ?? {})).toEqual(["template"]);
  expect(await counts()).toEqual(NOTHING);
  await issueBatch(desk.issuer, form({ expiresIn: "1h", rows, template: "" }));
});

describe("nothing at all is issued when a row", () => {
  it.each([
    ["breaks a rule of the vendor", { participantId: "guest 3" }, "participantId"],
    ["asks for longer than the key allows", { expiresIn: "3h" }, "expiresIn"],
    ["has a lifetime that nobody can read", { expiresIn: "soon" }, "expiresIn"],
    ["names a permission that there is not", { permissions: ["allow_all"] }, "permissions"],
    ["names a column that there is not", { apikey: "another" }, "apikey"],
    ["would choose its own token id", { jti: randomUUID() }, "jti"],
    ["would choose another key", { keyId: "another" }, "keyId"],
    ["has no text where one belongs", { expiresIn: ["2h"] }, "expiresIn"],
  ])("%s", async (_, row, field) => {
    const refusal = await refusalOf(issueBatch(desk.issuer, form({ rows: [...people(2), row] })));
    const named = field === "keyId" ? "keyId" : `rows.2.${field}`;
    expect(refusal).toMatchObject({ code: "invalid", extra: { fields: { [named]: expect.any(String) } } });
    expect(await counts()).toEqual(NOTHING);
    expect(await recorded("token.refused")).toMatchObject([{ detail: { fields: [named] } }]);
  });

  it("does what an issuer may not, whom the policy narrows", async () => {
    policyOf({ issuer: { permissions: ["ask_join"], require: ["room"], templates: ["guest"] } });
    const asking = { permissions: ["ask_join"], roles: ["rtc"], expiresIn: "1h", template: "guest" };
    const room = { roomId: "2kyv-gzay-64pg" };
    const refused = async (row: object) =>
      (await refusalOf(issueBatch(desk.issuer, form({ ...asking, rows: [{ ...room, ...row }] })))).extra.fields;
    expect(await refused({ roomId: "" })).toHaveProperty(["rows.0.roomId"]);
    expect(await refused({ permissions: ["allow_join"] })).toHaveProperty(["rows.0.permissions"]);
    // No template any more, by that cell.
    expect(await refused({ expiresIn: "30m" })).toHaveProperty(["rows.0.expiresIn"]);
    expect(await counts()).toEqual(NOTHING);
    await issueBatch(desk.issuer, form({ ...asking, rows: [room] }));
    await issueBatch(desk.admin, form({ rows: people(2) }));
    expect(await counts()).toEqual({ tokens: 3, batches: 2 });
  });

  it("was allowed when it was judged, and is not any more when it is entered", async () => {
    const { openSigner } = await import("./sign");
    vi.spyOn(await import("./sign"), "openSigner").mockImplementationOnce((...given) => {
      policyOf({ maxTtlSeconds: 60 });
      return openSigner(...given);
    });
    const refusal = await refusalOf(issueBatch(desk.issuer, form()));
    vi.restoreAllMocks();
    expect(refusal).toMatchObject({ code: "conflict", extra: { fields: { "rows.0.expiresIn": expect.any(String) } } });
    expect(await counts()).toEqual(NOTHING);
    // What was counted up for it is counted down again.
    policyOf({});
    expect((await issueBatch(desk.issuer, form())).rows[0]?.number).toBe(1);
  });

  it("holds a secret of this desk, or a token", async () => {
    for (const purpose of [`the secret is ${key.secret}`, key.secret.toUpperCase()]) {
      const refusal = await refusalOf(issueBatch(desk.issuer, form({ rows: [...people(3), { purpose }] })));
      expect(refusal.message + JSON.stringify(refusal.extra)).not.toContain(key.secret.slice(0, 8));
    }
    const split = `${key.secret.slice(0, 30)} ${key.secret.slice(30)}`;
    await refusalOf(issueBatch(desk.issuer, form({ rows: [{ purpose: split }] })));
    expect(await counts()).toEqual(NOTHING);
  });

  it("has no session any more, a disabled key, or nothing in it", async () => {
    const leaver = await desk.addMember("issuer");
    await endSession(leaver);
    expect((await refusalOf(issueBatch(leaver, form()))).code).toBe("unauthenticated");
    await setKeyStatus(desk.admin, { keyId: key.id, disabled: true });
    const ofDisabled = await refusalOf(issueBatch(desk.issuer, form()));
    expect(ofDisabled.extra.fields).toHaveProperty("keyId");
    expect(ofDisabled.message).toBe("Nothing was issued. What you typed is kept.");
    await setKeyStatus(desk.admin, { keyId: key.id, disabled: false });
    for (const rows of [[], "guest-1", [7], [null], Array(10_001).fill({})])
      expect((await refusalOf(issueBatch(desk.issuer, form({ rows })))).extra.fields).toHaveProperty("rows");
    for (const who of [desk.auditor, desk.support])
      expect((await refusalOf(issueBatch(who, form()))).code).toBe("forbidden");
    expect(await counts()).toEqual(NOTHING);
  });

  it("comes with what is no form", async () => {
    let deep: unknown = "x";
    for (let level = 0; level < 50_000; level += 1) deep = [deep];
    for (const more of [
      { permissions: deep },
      { purpose: deep },
      { template: 7 },
      { expiresIn: undefined },
      { rows: [{ purpose: deep }] },
    ])
      expect((await refusalOf(issueBatch(desk.issuer, form(more)))).code, Object.keys(more)[0]).toBe("invalid");
    for (const input of [undefined, null, [], "x", { keyId: key.id }])
      expect((await refusalOf(issueBatch(desk.issuer, input))).code).toBe("invalid");
    await issueBatch(desk.issuer, form({ unknown: deep }));
    expect(await counts()).toEqual({ tokens: 3, batches: 1 });
  });

  it("cannot be recorded", async () => {
    desk.raw((db) =>
      db.exec(
        "CREATE TRIGGER refuse BEFORE INSERT ON IssuedToken WHEN NEW.subject = 'guest-60' BEGIN SELECT RAISE(ABORT, 'no'); END",
      ),
    );
    await failureOf(issueBatch(desk.issuer, form({ rows: people(80) })));
    desk.raw((db) => db.exec("DROP TRIGGER refuse"));
    expect(await counts()).toEqual(NOTHING);
    expect(await recorded("token.issued")).toEqual([]);
    expect((await issueBatch(desk.issuer, form())).rows[0]?.number).toBe(1);
  });
});

describe("sent again", () => {
  it("it is the same batch within a minute, byte for byte, also at the same time", async () => {
    const asked = form();
    const [first, second] = await Promise.all([issueBatch(desk.issuer, asked), issueBatch(desk.issuer, asked)]);
    expect(second).toEqual(first);
    expect(await counts()).toEqual({ tokens: 3, batches: 1 });
    expect(await recorded("batch.resent")).toMatchObject([{ detail: { batch: 1, tokens: 3, numbers: "1-3" } }]);
  });

  it("it is the same batch also before the first one has heard that it was entered", async () => {
    const asked = form();
    heardAfter = 300;
    const [first, second] = await Promise.all([issueBatch(desk.issuer, asked), issueBatch(desk.issuer, asked)]).finally(
      () => {
        heardAfter = 0;
      },
    );
    expect(second).toEqual(first);
  });

  it.each(["after a minute", "by another session", "for something else"])(
    "%s it says which it was, and gives no token",
    async (how) => {
      const asked = form();
      await issueBatch(desk.issuer, asked);
      if (how === "after a minute") vi.spyOn(performance, "now").mockReturnValue(performance.now() + 61_000);
      const who = how === "by another session" ? desk.admin : desk.issuer;
      const more = how === "for something else" ? { purpose: "Another class" } : {};
      const refusal = await refusalOf(issueBatch(who, { ...asked, ...more }));
      vi.restoreAllMocks();
      expect(refusal.code).toBe("conflict");
      expect(refusal.message).toMatch(/^This batch was issued already, No\.\u00a01 to 3, as Batch\u00a01\./);
      expect(await counts()).toEqual({ tokens: 3, batches: 1 });
    },
  );

  it("it is given out no more once its key was disabled, or one of it revoked", async () => {
    const asked = form();
    await issueBatch(desk.issuer, asked);
    await revokeTokens(desk.admin, { scope: { of: "numbers", numbers: [2] }, upTo: 3, reason: "Lost." });
    expect((await refusalOf(issueBatch(desk.issuer, asked))).extra.reason).toBe("revoked");
    await setKeyStatus(desk.admin, { keyId: key.id, disabled: true });
    expect((await refusalOf(issueBatch(desk.issuer, asked))).extra.reason).toBe("disabled key");
  });
});

describe("its page", () => {
  it("calls none active whose secret is retired", async () => {
    await issueBatch(desk.issuer, form({ rows: people(2) }));
    await rotateKey(desk.admin, { keyId: key.id, secret: newSecret() });
    const batch = await getBatch(desk.auditor, { number: 1, page: 1 });
    expect(batch?.list.map(({ refusedBy }) => refusedBy)).toEqual(["VideoSDK", "VideoSDK"]);
  });

  it("tells who, with what, and how its tokens are", async () => {
    await issueBatch(desk.issuer, form({ rows: people(60) }));
    await revokeTokens(desk.admin, { scope: { of: "numbers", numbers: [2] }, upTo: 60, reason: "Lost." });
    const batch = await getBatch(desk.auditor, { number: 1, page: 2 });
    expect(batch).toMatchObject({
      ...{
        number: 1,
        tokens: 60,
        firstNumber: 1,
        lastNumber: 60,
        active: 60,
        revocable: 59,
        revoked: 1,
        page: 2,
        pages: 2,
      },
      ...{ keyLabel: key.label, actorName: desk.issuer.name },
    });
    expect(batch?.list.map(({ number }) => number)).toEqual([51, 52, 53, 54, 55, 56, 57, 58, 59, 60]);
    expect(batch?.list[0]).toMatchObject({ subject: "guest-51", sequence: 51 });
    expect(batch?.lastExpiry).toBeGreaterThan(Date.now() / 1000);
    expect(batch?.list[0]?.refusedBy).toBeNull();
    expect(await getBatch(desk.auditor, { number: 2 })).toBeUndefined();
    expect((await refusalOf(getBatch(desk.support, { number: 1 }))).code).toBe("forbidden");
  });

  it("says of one that has expired no end that is still to come, whether or not it was revoked", async () => {
    await issueBatch(desk.issuer, form());
    await revokeTokens(desk.admin, { scope: { of: "batch", batch: 1 }, upTo: 3, reason: "Lost." });
    desk.raw((db) => db.exec("UPDATE IssuedToken SET expiresAt = 1000"));
    expect(await getBatch(desk.auditor, { number: 1 })).toMatchObject({ active: 0, revoked: 3, lastExpiry: null });
  });

  it("counts what was revoked as active, since the vendor accepts it, and not as what may be revoked", async () => {
    await issueBatch(desk.issuer, form());
    await revokeTokens(desk.admin, { scope: { of: "batch", batch: 1 }, upTo: 3, reason: "Lost." });
    expect(await getBatch(desk.auditor, { number: 1 })).toMatchObject({ active: 3, revocable: 0, revoked: 3 });
  });

  it("says where its secret is retired, since the vendor refuses it then", async () => {
    await issueBatch(desk.issuer, form());
    expect(await getBatch(desk.auditor, { number: 1 })).toMatchObject({ active: 3, retired: false });
    await rotateKey(desk.admin, { keyId: key.id, secret: newSecret() });
    expect(await getBatch(desk.auditor, { number: 1 })).toMatchObject({ active: 3, retired: true });
  });
});

describe("revoking it", () => {
  it("marks all of it that is active and no other token, by one event", async () => {
    await issueBatch(desk.issuer, form());
    await issueBatch(desk.issuer, form());
    const scope = { of: "batch", batch: 2 } as const;
    expect(await previewRevocation(desk.issuer, scope)).toMatchObject({ tokens: 3, people: 1, upTo: 6 });
    expect(await revokeTokens(desk.issuer, { scope, upTo: 6, reason: "The list was public." })).toEqual({ tokens: 3 });
    expect((await getBatch(desk.auditor, { number: 1 }))?.revoked).toBe(0);
    expect((await getBatch(desk.auditor, { number: 2 }))?.revoked).toBe(3);
    expect(await recorded("batch.revoked")).toMatchObject([
      { detail: { batch: 2, tokens: 3, numbers: "4-6", reason: "The list was public." } },
    ]);
    expect(await recorded("token.revoked")).toEqual([]);
  });

  it("is for who issued it and for admins, and there must be one", async () => {
    await issueBatch(desk.admin, form());
    const asked = { scope: { of: "batch", batch: 1 }, upTo: 3, reason: "Mine?" };
    expect((await refusalOf(revokeTokens(desk.issuer, asked))).code).toBe("forbidden");
    const none = { ...asked, scope: { of: "batch", batch: 9 } };
    expect((await refusalOf(revokeTokens(desk.admin, none))).code).toBe("not_found");
    expect(await changeKey(desk.admin, { keyId: key.id, label: "Still there" })).toBeDefined();
  });
});
