import { expect, test } from "vitest";
import { fingerprint } from "@/lib/keys/fingerprint";
import { setKeyStatus } from "@/lib/keys/set-status";
import { issueForm, openDesk } from "@/lib/test-desk";
import { reader } from "../db";
import { findTokenByNumber, listDestinations } from "./destinations";
import { issueToken } from "./issue";

const desk = await openDesk();

test("names keys by label and the templates of their vendors, and neither API key nor secret", async () => {
  expect(await listDestinations(desk.auditor)).toEqual({
    keys: [],
    templates: [],
    cases: [],
    members: [],
    fingerprints: [],
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

test("names the members to an admin, and to nobody else", async () => {
  const { admin, issuer, auditor } = desk;
  expect((await listDestinations(admin)).members).toContainEqual({
    ...{ id: issuer.id, name: issuer.name, email: issuer.email },
    ...{ role: "issuer", disabled: false },
  });
  for (const other of [issuer, auditor]) expect((await listDestinations(other)).members).toEqual([]);
});

test("finds a token by its number, with the event of its issue, and refuses what is no number", async () => {
  const key = await desk.addKey();
  const { number, claims } = await issueToken(desk.issuer, { ...issueForm(key), purpose: "the palette" });
  const found = await findTokenByNumber(desk.auditor, { number });
  expect(found).toMatchObject({ number, who: desk.issuer.name, purpose: "the palette", revoked: false });
  expect(found?.expiresAt).toBe(claims.exp);
  expect(await reader().auditEvent.findUnique({ where: { sequence: found?.sequence ?? 0 } })).toMatchObject({
    action: "token.issued",
    tokenNumber: number,
  });
  expect(await findTokenByNumber(desk.auditor, { number: number + 1 })).toBeUndefined();
  for (const given of [0, -1, 1.5, 1e9, "1", null])
    await expect(findTokenByNumber(desk.auditor, { number: given })).rejects.toMatchObject({ code: "invalid" });
});
