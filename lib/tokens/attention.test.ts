/** What needs attention: the gravest first, each with what its link shows, and nothing twice. */

import { beforeEach, describe, expect, it } from "vitest";
import { acknowledgeCase } from "@/lib/cases/acknowledge";
import { endEndpoint } from "@/lib/endpoints/end";
import { findEndpoint } from "@/lib/endpoints/find";
import { giveToken } from "@/lib/endpoints/give-token";
import { setEndpointStatus } from "@/lib/endpoints/set-status";
import { ALGORITHM } from "@/lib/jwt/check-header";
import { changeKey } from "@/lib/keys/change";
import { setKeyStatus } from "@/lib/keys/set-status";
import { issueForm, openDesk, type TestKey } from "@/lib/test-desk";
import { listAttention } from "./attention";
import { inspectToken } from "./inspect";
import { issueToken } from "./issue";
import { signToken } from "./sign";

const desk = await openDesk();
let key: TestKey;
beforeEach(async () => {
  desk.raw((db) =>
    db.exec(
      'DELETE FROM EndpointCalls; DELETE FROM Endpoint; DELETE FROM IssuedToken; DELETE FROM AuditEvent; DELETE FROM CaseToken; DELETE FROM "Case"; DELETE FROM SecretVersion; DELETE FROM SigningKey',
    ),
  );
  key = await desk.addKey();
});

const issue = (form: object) => issueToken(desk.issuer, { ...issueForm(key), ...form });
const paste = async () =>
  inspectToken(desk.issuer, {
    token: await signToken(
      { apikey: key.apiKey, permissions: ["allow_join"], jti: String(Math.random()) },
      key.secret,
      ALGORITHM,
    ),
  });

describe("attention", () => {
  it("is needed by nothing on a calm desk", async () => {
    await issue({ expiresIn: "2h", roles: ["rtc"] });
    await issue({ expiresIn: "30d", roles: ["rtc"] });
    expect(await listAttention(desk.auditor)).toEqual([]);
  });

  it("is asked for by the question whether something else signs, once such a token was pasted, until it is answered", async () => {
    await paste();
    await paste();
    expect(await listAttention(desk.issuer)).toEqual([
      { kind: "unanswered", keyId: key.id, keyLabel: key.label, tokens: 2, lastSeenAt: expect.any(Date) },
    ]);
    await changeKey(desk.admin, { keyId: key.id, signsElsewhere: "no" });
    expect(await listAttention(desk.issuer)).toEqual([]);
  });

  it("is asked for by each open case before all else, until it is acknowledged", async () => {
    await changeKey(desk.admin, { keyId: key.id, signsElsewhere: "no" });
    await issue({ expiresIn: "30d" });
    await paste();
    await paste();
    const [first, ...others] = await listAttention(desk.issuer);
    expect(first).toMatchObject({ kind: "case", case: { keyId: key.id, tokens: 2 } });
    expect(others.map(({ kind }) => kind)).toEqual(["long"]);
    await acknowledgeCase(desk.admin, {
      number: first?.kind === "case" ? first.case.number : 0,
      note: "A script of ours.",
    });
    expect((await listAttention(desk.issuer)).map(({ kind }) => kind)).toEqual(["long"]);
  });

  it("is drawn to what reaches far and is active for more than a week", async () => {
    await issue({ expiresIn: "6d" });
    await issue({ expiresIn: "8d", roles: ["crawler"] });
    const last = await issue({ expiresIn: "30d", permissions: ["allow_join", "allow_mod"], roles: ["rtc"] });
    expect(await listAttention(desk.auditor)).toEqual([
      { kind: "long", can: "rest", active: 1, lastExpiry: expect.any(Number), lastBy: desk.issuer.name },
      { kind: "long", can: "moderate", active: 1, lastExpiry: last.claims.exp, lastBy: desk.issuer.name },
    ]);
  });

  it("is drawn to a disabled key as long as one of its tokens is active", async () => {
    await issue({ expiresIn: "2h" });
    const last = await issue({ expiresIn: "5h" });
    await setKeyStatus(desk.admin, { keyId: key.id, disabled: true });
    expect(await listAttention(desk.auditor)).toEqual([
      {
        ...{ kind: "disabled", keyId: key.id, keyLabel: key.label, profile: "videosdk", active: 2 },
        ...{ lastExpiry: last.claims.exp, lastBy: desk.issuer.name },
      },
    ]);
    desk.raw((db) => db.prepare("UPDATE IssuedToken SET expiresAt = ?").run(Date.now() - 1000));
    expect(await listAttention(desk.auditor)).toEqual([]);
  });
});

it("an endpoint that reaches far stands there until it ends, also while it is switched off; one that refuses every call does, with the reason", async () => {
  const { actor } = await desk.addEndpoint(key, { name: "Open", roomFrom: "optional", farReaching: ["any-room"] });
  const told = async () =>
    (await listAttention(desk.admin)).filter((each) => "endpointId" in each && each.endpointId === actor.id);
  expect(await told()).toMatchObject([{ kind: "endpoint", still: null, reach: ["any-room"] }]);
  await setEndpointStatus(desk.admin, { endpointId: actor.id, disabled: true });
  expect(await told()).toMatchObject([{ kind: "endpoint", still: "off" }]);
  await setEndpointStatus(desk.admin, { endpointId: actor.id, disabled: false });
  desk.raw((db) => db.prepare("UPDATE Endpoint SET endsAt = ? WHERE id = ?").run(Date.now() - 1_000, actor.id));
  expect(await told()).toMatchObject([{ kind: "endpoint", still: "over" }]);
  desk.raw((db) => db.prepare("UPDATE Endpoint SET endsAt = NULL WHERE id = ?").run(actor.id));
  await setKeyStatus(desk.admin, { keyId: key.id, disabled: true, note: "" });
  expect(await told()).toMatchObject([{ kind: "refuses", broken: expect.stringContaining("disabled") }]);
  await endEndpoint(desk.admin, { endpointId: actor.id });
  expect(await told()).toEqual([]);
});

it("an endpoint that a policy has ask each caller for more stands there until one has named it", async () => {
  const { actor, path } = await desk.addEndpoint(key, {
    ...{ name: "Open", roomFrom: "optional", farReaching: ["any-room"] },
  });
  const told = async () =>
    (await listAttention(desk.admin)).filter((each) => "endpointId" in each && each.endpointId === actor.id);
  const ask = async (input: object) => {
    const endpoint = await findEndpoint(path, Date.now());
    if (endpoint) await giveToken(actor, endpoint, input);
  };
  await ask({});
  expect(await told()).toMatchObject([{ kind: "endpoint" }]);
  await changeKey(desk.admin, { keyId: key.id, require: ["room", "subject"] });
  expect(await told()).toEqual([{ kind: "asks", endpointId: actor.id, name: "Open", asks: ["room", "subject"] }]);
  await ask({ room: "a-room", subject: "robin" });
  expect(await told()).toEqual([]);
});

it("of more endpoints than a few of one kind it tells how many: they have one cause, and would hide everything else", async () => {
  const shape = { roomFrom: "optional" as const, farReaching: ["any-room" as const] };
  for (const name of ["One", "Two", "Three"]) await desk.addEndpoint(key, { name, ...shape });
  const told = async () => (await listAttention(desk.admin)).map((each) => ("are" in each ? each : each.kind));
  const before = (await told()).length;
  await desk.addEndpoint(key, { name: "Four", ...shape });
  const after = await told();
  expect(after.length).toBeLessThan(before);
  expect(after).toContainEqual({ kind: "endpoints", are: "endpoint", count: 4 });
  await changeKey(desk.admin, { keyId: key.id, require: ["room"] });
  expect(await told()).toContainEqual({ kind: "endpoints", are: "asks", count: 4 });
  await setKeyStatus(desk.admin, { keyId: key.id, disabled: true, note: "" });
  expect(await told()).toEqual([{ kind: "endpoints", are: "refuses", count: 4 }]);
});
