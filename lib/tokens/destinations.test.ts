import { expect, test } from "vitest";
import { endEndpoint } from "@/lib/endpoints/end";
import { fingerprint } from "@/lib/keys/fingerprint";
import { setKeyStatus } from "@/lib/keys/set-status";
import { issueForm, openDesk } from "@/lib/test-desk";
import { reader } from "../db";
import { findTokensByNumber, listDestinations } from "./destinations";
import { issueToken } from "./issue";

const desk = await openDesk();

test("names keys by label and the templates of their vendors, and neither API key nor secret", async () => {
  expect(await listDestinations(desk.auditor)).toEqual({
    keys: [],
    templates: [],
    cases: [],
    members: expect.any(Array),
    ...{ endpoints: [], credentials: [], fingerprints: [] },
  });
  const [one, other] = [await desk.addKey(), await desk.addKey()];
  await setKeyStatus(desk.admin, { keyId: other.id, disabled: true });
  const { keys, templates, fingerprints } = await listDestinations(desk.issuer);
  expect(keys).toEqual(
    [
      { id: one.id, label: one.label, disabled: false },
      { id: other.id, label: other.label, disabled: true },
    ].sort((a, b) => (a.label < b.label ? -1 : 1)),
  );
  expect(templates.map(({ id }) => id)).toContain("participant");
  expect((await listDestinations(desk.auditor)).templates).toEqual([]);
  expect(fingerprints).toContainEqual({ fingerprint: fingerprint(one.secret) });
});

test("names the members, and tells more of them to an admin alone", async () => {
  const { admin, issuer, auditor, support } = desk;
  const named = { id: issuer.id, name: issuer.name };
  expect((await listDestinations(admin)).members).toContainEqual({
    ...named,
    more: { email: issuer.email, role: "issuer", disabled: false },
  });
  for (const other of [issuer, auditor])
    expect((await listDestinations(other)).members).toContainEqual({ ...named, more: null });
  expect((await listDestinations(support)).members).toEqual([]);
});

test("finds a token by its number, with the event of its issue, and refuses what is no number", async () => {
  const key = await desk.addKey();
  const { number, claims } = await issueToken(desk.issuer, { ...issueForm(key), purpose: "the palette" });
  const [found] = await findTokensByNumber(desk.auditor, { number });
  expect(found).toMatchObject({ number, who: desk.issuer.name, purpose: "the palette", revoked: false });
  expect(found?.expiresAt).toBe(claims.exp);
  expect(await reader().auditEvent.findUnique({ where: { sequence: found?.sequence ?? 0 } })).toMatchObject({
    action: "token.issued",
    tokenNumber: number,
  });
  expect(await findTokensByNumber(desk.auditor, { number: number + 1 })).toEqual([]);
  for (const given of [0, -1, 1.5, 1e9, "1", null])
    await expect(findTokensByNumber(desk.auditor, { number: given })).rejects.toMatchObject({ code: "invalid" });
});

test("finds of a member the tokens whose numbers begin so, newest first, and nobody else's", async () => {
  const key = await desk.addKey();
  desk.raw((db) => db.exec("UPDATE Counter SET value = 289 WHERE name = 'ledger'"));
  for (let issued = 0; issued < 7; issued += 1)
    await issueToken(issued === 3 ? desk.admin : desk.issuer, issueForm(key));
  const numbers = async (number: number, ...members: string[]) =>
    (await findTokensByNumber(desk.auditor, { number, members })).map((each) => each.number);
  expect(await numbers(29, desk.issuer.id)).toEqual([296, 295, 294, 292, 291]);
  expect(await numbers(29, desk.admin.id)).toEqual([293]);
  expect(await numbers(291, desk.issuer.id, desk.admin.id)).toEqual([291]);
  expect(await numbers(31, desk.issuer.id)).toEqual([]);
});

test("names what programs use, while it has not ended, to who keeps it alone", async () => {
  const { actor } = await desk.addEndpoint(await desk.addKey());
  const program = await desk.addProgram();
  const { endpoints, credentials } = await listDestinations(desk.admin);
  expect(endpoints).toContainEqual({ id: actor.id, name: actor.name });
  expect(credentials).toContainEqual({ id: program.actor.id, name: program.actor.name });
  await endEndpoint(desk.admin, { endpointId: actor.id });
  expect((await listDestinations(desk.admin)).endpoints).toEqual([]);
  for (const other of [desk.issuer, desk.auditor])
    expect(await listDestinations(other)).toMatchObject({ endpoints: [], credentials: [] });
});
