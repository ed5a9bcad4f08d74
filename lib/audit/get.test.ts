/** Reading one event whole. */
import { beforeEach, expect, it } from "vitest";
import { reader, transaction } from "@/lib/db";
import { removeKey } from "@/lib/keys/remove";
import { issueForm, openDesk, type TestKey } from "@/lib/test-desk";
import { issueToken } from "@/lib/tokens/issue";
import { tokenSha256 } from "@/lib/tokens/sign";
import { getEvent } from "./get";
import { listEvents } from "./list";
import { recordEvent } from "./record";

const desk = await openDesk();
let key: TestKey;
beforeEach(async () => {
  key = await desk.addKey();
  desk.raw((db) => db.exec("DELETE FROM AuditEvent; DELETE FROM IssuedToken; DELETE FROM Counter"));
});

it("an event comes with all that was recorded, and never with the token", async () => {
  const { token } = await issueToken(desk.issuer, { ...issueForm(key), purpose: "A demo" });
  const event = await getEvent(desk.auditor, 1);
  expect(event).toMatchObject({
    sequence: 1,
    action: "token.issued",
    userAgent: desk.issuer.origin.userAgent,
    requestId: desk.issuer.origin.requestId,
    actorName: desk.issuer.name,
    via: "dashboard",
    keyLabel: key.label,
    keyExists: true,
    detail: {},
    tokenNumber: 1,
    sha256: tokenSha256(token),
  });
  const text = JSON.stringify(event);
  for (const hidden of [token, token.split(".")[2] ?? "", token.split(".")[1] ?? "", key.secret])
    expect(text).not.toContain(hidden);
});

it.each([2, 0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2_147_483_648, Number.MAX_SAFE_INTEGER])(
  "there is no event %d",
  async (sequence) => {
    await desk.addKey();
    expect(await getEvent(desk.admin, sequence)).toBeUndefined();
  },
);

it.each(["admin", "auditor"] as const)("an %s may read it, and reading is no event", async (role) => {
  await desk.addKey();
  expect(await getEvent(desk[role], 1)).toBeDefined();
  expect(await reader().auditEvent.count()).toBe(1);
});

it("a failed sign-in comes with the member whose email was given, if it is one's", async () => {
  const { email } = await reader().member.findUniqueOrThrow({ where: { id: desk.issuer.id } });
  for (const given of [email, "stranger@example.com"])
    await transaction((tx) =>
      recordEvent(tx, desk.visitor, {
        action: "auth.sign_in_failed",
        outcome: "failed",
        detail: { email: given, reason: "wrong email or password" },
      }),
    );
  const newest = (await reader().auditEvent.findFirstOrThrow({ orderBy: { sequence: "desc" } })).sequence;
  expect((await getEvent(desk.auditor, newest - 1))?.member).toEqual({ id: desk.issuer.id, name: desk.issuer.name });
  expect((await getEvent(desk.auditor, newest))?.member).toBeUndefined();
});

it("an event of a key that was removed says that it is there no more", async () => {
  await removeKey(desk.admin, { keyId: key.id });
  expect(await getEvent(desk.auditor, 1)).toMatchObject({ keyId: key.id, keyExists: false });
});

it("an event that only a later version can read hides no other", async () => {
  await desk.addKey();
  desk.raw((db) =>
    db.exec(
      `INSERT INTO AuditEvent (sequence, at, action, body) VALUES (2, 1795478400000, 'batch.issued', '{"actor":{"kind":"robot"}}')`,
    ),
  );
  expect(await getEvent(desk.auditor, 2)).toMatchObject({ action: "batch.issued", actorName: "Not readable" });
  const { events } = await listEvents(desk.auditor, {});
  expect(events.map(({ action }) => action)).toEqual(["batch.issued", "key.created"]);
});
