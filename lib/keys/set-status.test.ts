/** Disabling and enabling a key, and how many active tokens that concerns. */
import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { reader } from "@/lib/db";
import { issueForm, newSecret, openDesk, recorded, refusalOf, type TestKey } from "@/lib/test-desk";
import { issueToken } from "@/lib/tokens/issue";
import { rotateKey } from "./rotate";
import { setKeyStatus } from "./set-status";

const desk = await openDesk();
let key: TestKey;

beforeEach(async () => {
  key = await desk.addKey();
  desk.raw((db) => db.exec("DELETE FROM AuditEvent"));
});

const disable = () => setKeyStatus(desk.admin, { keyId: key.id, disabled: true });
const enable = () => setKeyStatus(desk.admin, { keyId: key.id, disabled: false });
const disabledAt = async () => (await reader().signingKey.findUniqueOrThrow({ where: { id: key.id } })).disabledAt;
const actions = async () => (await recorded()).map(({ action }) => action);

describe("disabling", () => {
  it("is recorded with the number of active tokens: not the expired, not another key's, not a retired secret's, but the revoked, which VideoSDK still accepts", async () => {
    const other = await desk.addKey();
    await issueToken(desk.issuer, issueForm(key));
    await rotateKey(desk.admin, { keyId: key.id, secret: newSecret() });
    const numbers: number[] = [];
    for (let count = 0; count < 5; count++) numbers.push((await issueToken(desk.issuer, issueForm(key))).number);
    await issueToken(desk.issuer, issueForm(other));
    desk.raw((db) => {
      db.prepare("UPDATE IssuedToken SET expiresAt = 1577836800000 WHERE number = ?").run(numbers[0]);
      db.prepare("UPDATE IssuedToken SET revokedAt = 1577836800000 WHERE number = ?").run(numbers[1]);
      db.exec("DELETE FROM AuditEvent");
    });
    expect(await disable()).toEqual({ activeTokens: 4 });
    expect(await disabledAt()).toBeInstanceOf(Date);
    expect(await recorded()).toMatchObject([
      {
        action: "key.disabled",
        outcome: "ok",
        actorId: desk.admin.id,
        keyId: key.id,
        keyLabel: key.label,
        detail: { activeTokens: 4, changed: { state: ["active", "disabled"] } },
      },
    ]);
  });

  it("twice is once: the first time stays, and is recorded once", async () => {
    await disable();
    const first = await disabledAt();
    expect(await disable()).toEqual({ activeTokens: 0 });
    expect(await disabledAt()).toEqual(first);
    // A note of the second one has no event to stand in.
    expect(
      await refusalOf(setKeyStatus(desk.admin, { keyId: key.id, disabled: true, note: "Its laptop was stolen." })),
    ).toMatchObject({ code: "conflict", message: expect.stringMatching(/disabled already\. Your note was not saved/) });
    expect(await disabledAt()).toEqual(first);
    expect(await actions()).toEqual(["key.disabled"]);
  });

  it("at once from two sides is once", async () => {
    await Promise.all([disable(), disable(), disable()]);
    expect(await actions()).toEqual(["key.disabled"]);
  });
});

describe("enabling", () => {
  it("makes it sign again, and is recorded", async () => {
    await disable();
    expect((await refusalOf(issueToken(desk.issuer, issueForm(key)))).extra.fields).toHaveProperty("keyId");
    await enable();
    expect(await disabledAt()).toBeNull();
    await expect(issueToken(desk.issuer, issueForm(key))).resolves.toBeDefined();
    expect(await actions()).toEqual(["key.disabled", "token.refused", "key.enabled", "token.issued"]);
  });

  it("of an enabled key changes and records nothing", async () => {
    await enable();
    expect(await actions()).toEqual([]);
  });
});

describe("refused", () => {
  it("a key that is not there", async () => {
    const { code } = await refusalOf(setKeyStatus(desk.admin, { keyId: randomUUID(), disabled: true }));
    expect(code).toBe("not_found");
    expect(await actions()).toEqual([]);
  });

  it.each([[{}], [null], [{ keyId: 7, disabled: true }], [{ keyId: randomUUID(), disabled: "yes" }]])(
    "what is no request: %j",
    async (input) => {
      expect((await refusalOf(setKeyStatus(desk.admin, input))).code).toBe("invalid");
    },
  );

  it.each(["issuer", "auditor"] as const)("an %s", async (role) => {
    expect((await refusalOf(setKeyStatus(desk[role], { keyId: key.id, disabled: true }))).code).toBe("forbidden");
    expect(await disabledAt()).toBeNull();
    expect(await actions()).toEqual(["access.denied"]);
  });
});
