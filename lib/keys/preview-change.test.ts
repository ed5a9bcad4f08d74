/** What a policy would not allow any more is told before it is saved, and nothing is changed by asking. */
import { randomBytes, randomUUID } from "node:crypto";
import { beforeEach, expect, it } from "vitest";
import { reader } from "@/lib/db";
import { issueForm, openDesk, recorded, refusalOf, type TestKey } from "@/lib/test-desk";
import { issueToken } from "@/lib/tokens/issue";
import { issueBatch } from "@/lib/tokens/issue-batch";
import { previewKeyChange } from "./preview-change";
import { rotateKey } from "./rotate";

const desk = await openDesk();
let key: TestKey;
beforeEach(async () => {
  key = await desk.addKey("7d");
});

const issue = (asked: object, actor = desk.issuer) => issueToken(actor, { ...issueForm(key), ...asked });
const preview = async (change: object) => (await previewKeyChange(desk.admin, { keyId: key.id, ...change })).beyond;
const open = {
  permissions: ["allow_join", "allow_mod", "ask_join"],
  roles: ["rtc", "crawler", "*"],
  require: [],
  templates: [],
};

it("names the active tokens beyond it, those that end last first, with what would be refused", async () => {
  const short = await issue({ expiresIn: "1h", roles: ["rtc"] });
  const mod = await issue({
    expiresIn: "2h",
    permissions: ["allow_join", "allow_mod"],
    roles: ["rtc"],
    roomId: "abcd-efgh-ijkl",
  });
  const long = await issue({ expiresIn: "3d", roles: ["crawler"], purpose: "nightly" });
  const beyond = await preview({ maxLifetime: "1d", permissions: ["allow_join", "ask_join"], roles: ["rtc"] });
  expect(beyond).toMatchObject({ count: 2, all: true });
  expect(beyond.tokens.map(({ number, fields }) => [number, fields])).toEqual([
    [long.number, ["expiresIn", "roles"]],
    [mod.number, ["permissions"]],
  ]);
  expect(beyond.lastExpiresAt).toBe(long.claims.exp);
  const rooms = await preview({ require: ["room", "purpose"] });
  expect(rooms.tokens.map(({ number, fields }) => [number, fields])).toEqual([
    [long.number, ["roomId"]],
    [mod.number, ["purpose"]],
    [short.number, ["roomId", "purpose"]],
  ]);
});

it("what holds for issuers is asked of theirs alone; templates count as they were issued", async () => {
  const theirs = await issue({});
  const mine = await issue(
    { template: "guest", permissions: ["ask_join"], roles: ["rtc"], expiresIn: "1h" },
    desk.admin,
  );
  const issuer = { ...open, maxLifetime: "1h", defaultLifetime: "" };
  expect((await preview({ issuer })).tokens.map(({ number }) => number)).toEqual([theirs.number]);
  expect((await preview({ templates: ["guest"] })).tokens.map(({ number }) => number)).toEqual([theirs.number]);
  expect((await preview({ templates: ["developer"] })).tokens.map(({ number }) => number)).toEqual([
    theirs.number,
    mine.number,
  ]);
});

it("what is as it was, and what has expired, is no news; asking changes nothing", async () => {
  await issue({ expiresIn: "2h" });
  desk.raw((db) =>
    db.prepare("UPDATE SigningKey SET policy = ? WHERE id = ?").run(JSON.stringify({ maxTtlSeconds: 60 }), key.id),
  );
  expect(await preview({ maxLifetime: "30s" })).toMatchObject({ count: 0, lastExpiresAt: null, tokens: [] });
  desk.raw((db) => db.prepare("UPDATE IssuedToken SET expiresAt = 1 WHERE keyId = ?").run(key.id));
  const before = await reader().signingKey.findUnique({ where: { id: key.id } });
  expect(await preview({ permissions: ["ask_join"] })).toMatchObject({ count: 0 });
  expect(await reader().signingKey.findUnique({ where: { id: key.id } })).toEqual(before);
  expect(await recorded("key.changed")).toEqual([]);
});

it("what a retired secret signed, which its vendor refuses, is not told of", async () => {
  await issue({ expiresIn: "3d" });
  await rotateKey(desk.admin, { keyId: key.id, secret: randomBytes(32).toString("hex") });
  const { number } = await issue({ expiresIn: "2d" });
  const { count, tokens } = await preview({ maxLifetime: "1d" });
  expect([count, tokens.map((token) => token.number)]).toEqual([1, [number]]);
});

it("of more than are looked at, looks at those that end last, and says so", async () => {
  const mod = await issue({ expiresIn: "1h", permissions: ["allow_join", "allow_mod"] });
  for (const expiresIn of ["2h", "3h"]) await issue({ expiresIn });
  const asked = { keyId: key.id, permissions: ["allow_join", "ask_join"] };
  expect((await previewKeyChange(desk.admin, asked, 2)).beyond).toMatchObject({ count: 0, all: false });
  expect((await previewKeyChange(desk.admin, asked, 3)).beyond).toMatchObject({
    ...{ count: 1, all: true },
    tokens: [{ number: mod.number, fields: ["permissions"] }],
  });
});

it("finds the one among thousands that end later, as a batch of them has", async () => {
  const mod = await issue({ expiresIn: "1h", permissions: ["allow_join", "allow_mod"] });
  await issueBatch(desk.issuer, {
    ...issueForm(key),
    requestId: randomUUID(),
    rows: Array.from({ length: 1_001 }, (_, at) => ({ participantId: `guest-${at}` })),
  });
  expect(await preview({ permissions: ["allow_join", "ask_join"] })).toMatchObject({
    ...{ count: 1, all: true },
    tokens: [{ number: mod.number, expiresAt: mod.claims.exp, fields: ["permissions"] }],
  });
});

it("is an admin's to ask, of a key that there is, in fields that can be meant", async () => {
  expect((await refusalOf(previewKeyChange(desk.issuer, { keyId: key.id }))).code).toBe("forbidden");
  expect((await refusalOf(preview({ keyId: "gone" }))).code).toBe("not_found");
  expect(Object.keys((await refusalOf(preview({ permissions: [] }))).extra.fields ?? {})).toEqual(["permissions"]);
});
