/** A key gets another secret: what was is recognised, what is signs, and every refusal says why. */
import { createHash } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { reader } from "@/lib/db";
import { issueForm, newApiKey, newSecret, openDesk, recorded, refusalOf, type TestKey } from "@/lib/test-desk";
import { inspectToken } from "@/lib/tokens/inspect";
import { issueToken } from "@/lib/tokens/issue";
import { fingerprint } from "./fingerprint";
import { openCurrentSecret } from "./open-secrets";
import { rotateKey } from "./rotate";

const desk = await openDesk();
let key: TestKey;

beforeEach(async () => {
  key = await desk.addKey();
  desk.raw((db) => db.exec("DELETE FROM AuditEvent"));
});

const rotate = (secret: string, more: object = {}, actor = desk.admin) =>
  rotateKey(actor, { keyId: key.id, secret, ...more });
const versions = () =>
  reader().secretVersion.findMany({ where: { keyId: key.id }, orderBy: [{ createdAt: "asc" }, { id: "asc" }] });

describe("rotating", () => {
  it("retires the secret before, signs with the new one, and records fingerprints and how many it concerned", async () => {
    const before = await issueToken(desk.issuer, issueForm(key));
    const expired = await issueToken(desk.issuer, issueForm(key));
    desk.raw((db) => db.prepare("UPDATE IssuedToken SET expiresAt = 1 WHERE number = ?").run(expired.number));
    const secret = newSecret();
    expect(await rotate(secret)).toEqual({ keyId: key.id, fingerprint: fingerprint(secret), activeTokens: 1 });
    const kept = await versions();
    expect(kept.map(({ fingerprint: print }) => print).toSorted()).toEqual(
      [fingerprint(key.secret), fingerprint(secret)].toSorted(),
    );
    expect(kept.find(({ retiredAt }) => retiredAt === null)).toMatchObject({
      fingerprint: fingerprint(secret),
      enteredById: desk.admin.id,
    });
    expect((await openCurrentSecret(key.id))?.secret.secret).toBe(secret);
    expect(await recorded("key.rotated")).toMatchObject([
      {
        outcome: "ok",
        actorId: desk.admin.id,
        keyId: key.id,
        detail: { changed: { fingerprint: [fingerprint(key.secret), fingerprint(secret)] }, activeTokens: 1 },
      },
    ]);
    const after = await issueToken(desk.issuer, issueForm(key));
    expect((await inspectToken(desk.issuer, { token: before.token })).signature).toMatchObject({
      state: "right",
      retired: true,
    });
    expect((await inspectToken(desk.issuer, { token: after.token })).signature).toMatchObject({
      state: "right",
      retired: false,
    });
  });

  it("counts what the last secret signed, not what those before it had", async () => {
    await issueToken(desk.issuer, issueForm(key));
    expect((await rotate(newSecret())).activeTokens).toBe(1);
    expect((await rotate(newSecret())).activeTokens).toBe(0);
    expect(await versions()).toHaveLength(3);
  });

  it("at once from two sides leaves one current secret, whichever came last", async () => {
    await Promise.all([rotate(newSecret()), rotate(newSecret())]);
    expect((await versions()).filter(({ retiredAt }) => retiredAt === null)).toHaveLength(1);
    expect(await recorded("key.rotated")).toHaveLength(2);
  });

  it("while tokens are issued, each is signed with a secret that was current when it was entered", async () => {
    const secret = newSecret();
    const [, ...issued] = await Promise.all([
      rotate(secret),
      ...Array.from({ length: 8 }, () => issueToken(desk.issuer, issueForm(key)).catch(() => undefined)),
    ]);
    const numbers = issued.flatMap((token) => token?.number ?? []);
    const rotated = (await recorded("key.rotated"))[0]?.sequence ?? 0;
    for (const event of await recorded("token.issued")) {
      if (!numbers.includes(event.tokenNumber ?? 0)) continue;
      const row = await reader().issuedToken.findUniqueOrThrow({ where: { number: event.tokenNumber ?? 0 } });
      const version = (await versions()).find(({ id }) => id === row.secretVersionId);
      expect(version?.retiredAt === null).toBe(event.sequence > rotated);
    }
  });
});

it("that comes again, as its answer was lost, is told to be done, and later on that it is the one to be replaced", async () => {
  const secret = newSecret();
  await rotate(secret);
  const said = async () => (await refusalOf(rotate(secret))).extra.fields;
  expect(await said()).toEqual({
    secret: expect.stringMatching(/^"Key \d+" was rotated to this secret \d+ s ago\. If it was regenerated once more/),
  });
  desk.raw((db) => db.prepare("UPDATE SecretVersion SET createdAt = createdAt - 3600000").run());
  expect(await said()).toEqual({ secret: expect.stringContaining("Regenerate it in VideoSDK's dashboard") });
  expect(await versions()).toHaveLength(2);
});

describe("refused, and nothing is changed:", () => {
  it.each<[string, () => string, RegExp]>([
    [
      "the secret that it has",
      () => key.secret,
      /^This is the secret that "Key \d+" has\. Regenerate it in VideoSDK's dashboard/,
    ],
    ["its API key", () => key.apiKey, /^This is an API key, not the secret/],
    ["its API key backwards", () => [...key.apiKey].reverse().join(""), /^The API key stands in it/],
    ["the hash of its API key", () => createHash("sha256").update(key.apiKey).digest("hex"), /^This can be guessed/],
    ["an API key of its form", newApiKey, /^This is an API key, not the secret/],
    ["nothing", () => "", /^Paste the new secret from VideoSDK's dashboard\.$/],
    ["what is short", () => "0123456789abcdef", /^It has 16 bytes; HS256 needs at least 32/],
    ["what repeats", () => "ab".repeat(32), /^This was not drawn at random/],
    ["what anybody guesses", () => "correct-horse-battery-staple-correct", /^This can be guessed|^This was not drawn/],
    ["with a name in front", () => `VIDEOSDK_KEY=${newSecret()}`, /^There is its name in front of it/],
    ["with something before it", () => `0x${newSecret()}`, /^There is something before or after it/],
    ["with a space after it", () => `${newSecret()} `, /^There is white space around it/],
  ])("%s", async (_, secret, says) => {
    const { code, extra } = await refusalOf(rotate(secret()));
    expect(code).toBe("invalid");
    expect(extra.fields?.secret).toMatch(says);
    expect(await versions()).toMatchObject([{ retiredAt: null, fingerprint: fingerprint(key.secret) }]);
    expect(await recorded("key.rotated")).toEqual([]);
  });

  it("a secret that it had before", async () => {
    await rotate(newSecret());
    expect((await refusalOf(rotate(key.secret))).extra.fields?.secret).toMatch(
      /had this secret before\. Regenerate it/,
    );
    expect(await versions()).toHaveLength(2);
  });

  it("another key's API key, and, until it is confirmed, another key's secret; its own former one also then", async () => {
    const other = await desk.addKey();
    desk.raw((db) =>
      db.prepare("UPDATE SigningKey SET apiKey = ? WHERE id = ?").run("q7m2x9c4v1b8n3k6w5z0t2r9y4h7j1l8d3r8", other.id),
    );
    expect((await refusalOf(rotate("q7m2x9c4v1b8n3k6w5z0t2r9y4h7j1l8d3r8"))).extra.fields?.secret).toMatch(
      /^This is the API key of "Key \d+", not a secret\.$/,
    );
    const refusal = await refusalOf(rotate(other.secret));
    expect([refusal.code, refusal.extra.fields?.sharesSecret]).toEqual([
      "conflict",
      expect.stringMatching(/^"Key \d+" has this secret too\./),
    ]);
    await rotate(other.secret, { sharesSecret: true });
    expect((await recorded("key.rotated"))[0]?.detail).toMatchObject({ sharesSecretWith: other.label });
    await rotate(newSecret());
    expect((await refusalOf(rotate(other.secret, { sharesSecret: true }))).extra.fields?.secret).toMatch(
      /had this secret before/,
    );
  });

  it("another key's secret but for a slip, until it is confirmed; its own is put right so", async () => {
    const other = await desk.addKey();
    expect((await refusalOf(rotate(other.secret.toUpperCase()))).extra.fields?.sharesSecret).toMatch(
      /^"Key \d+" has this secret too, but for its capitals/,
    );
    await rotate(key.secret.toUpperCase());
    expect(await versions()).toHaveLength(2);
  });

  it("a key that is not there, and whoever is no admin", async () => {
    expect((await refusalOf(rotateKey(desk.admin, { keyId: "gone", secret: newSecret() }))).code).toBe("not_found");
    for (const actor of [desk.issuer, desk.auditor, desk.support])
      expect((await refusalOf(rotate(newSecret(), {}, actor))).code).toBe("forbidden");
    expect(await versions()).toHaveLength(1);
  });
});
