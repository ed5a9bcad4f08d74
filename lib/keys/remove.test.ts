/** A key with which nothing was issued can be removed; any other stays. */
import { expect, it } from "vitest";
import { reader } from "@/lib/db";
import { endEndpoint } from "@/lib/endpoints/end";
import { issueForm, newSecret, openDesk, recorded, refusalOf } from "@/lib/test-desk";
import { inspectToken } from "@/lib/tokens/inspect";
import { issueToken } from "@/lib/tokens/issue";
import { signToken } from "@/lib/tokens/sign";
import { changeKey } from "./change";
import { fingerprint } from "./fingerprint";
import { removeKey } from "./remove";
import { rotateKey } from "./rotate";

const desk = await openDesk();
const remove = (keyId: string, actor = desk.admin) => removeKey(actor, { keyId });
const isThere = async (id: string) => (await reader().signingKey.count({ where: { id } })) === 1;

it("goes with all its secrets, is recorded, and its API key can be added again", async () => {
  const key = await desk.addKey();
  const secret = newSecret();
  await rotateKey(desk.admin, { keyId: key.id, secret });
  expect(await remove(key.id)).toEqual({ label: key.label });
  expect(await isThere(key.id)).toBe(false);
  expect(await reader().secretVersion.count({ where: { keyId: key.id } })).toBe(0);
  expect((await recorded("key.removed")).at(-1)).toMatchObject({
    ...{ outcome: "ok", keyId: key.id, keyLabel: key.label, actorId: desk.admin.id },
    detail: { apiKey: key.apiKey, fingerprint: fingerprint(secret) },
  });
  expect((await refusalOf(remove(key.id))).code).toBe("not_found");
});

it("stays when a token was issued with it, has an open case, or whoever asks is no admin", async () => {
  const used = await desk.addKey();
  await issueToken(desk.issuer, issueForm(used));
  expect(await refusalOf(remove(used.id))).toMatchObject({
    code: "conflict",
    message: expect.stringMatching(/^Nothing was removed: tokens were issued with this key/),
  });
  const leaked = await desk.addKey();
  await changeKey(desk.admin, { keyId: leaked.id, signsElsewhere: "no" });
  const claims = { apikey: leaked.apiKey, permissions: ["allow_join"], version: 2, iat: 1, exp: 4_000_000_000 };
  await inspectToken(desk.issuer, { token: await signToken(claims, leaked.secret, "HS256") });
  expect((await refusalOf(remove(leaked.id))).message).toMatch(
    /^Nothing was removed: Case\s\d+ of this key is open\. Acknowledge it first\.$/,
  );
  const unused = await desk.addKey();
  for (const actor of [desk.issuer, desk.auditor, desk.support])
    expect((await refusalOf(remove(unused.id, actor))).code).toBe("forbidden");
  for (const { id } of [used, leaked, unused]) expect(await isThere(id)).toBe(true);
  expect(await recorded("key.removed")).toHaveLength(1);
});

it("stays as long as an endpoint gives its tokens", async () => {
  const key = await desk.addKey();
  const { actor: endpoint } = await desk.addEndpoint(key, { name: "Kiosk app" });
  expect((await refusalOf(remove(key.id))).message).toBe(
    "Nothing was removed: the endpoint “Kiosk app” gives its tokens. Give it another key first, or end it.",
  );
  await endEndpoint(desk.admin, { endpointId: endpoint.id });
  expect(await remove(key.id)).toEqual({ label: key.label });
});

it("of a token that is being issued and a removal, one comes first", async () => {
  const key = await desk.addKey();
  const [issued, removed] = await Promise.allSettled([issueToken(desk.issuer, issueForm(key)), remove(key.id)]);
  expect([issued.status, removed.status].toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(await isThere(key.id)).toBe(issued.status === "fulfilled");
  expect(await reader().issuedToken.count({ where: { keyId: key.id } })).toBe(issued.status === "fulfilled" ? 1 : 0);
});
