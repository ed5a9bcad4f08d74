/** What the running server refuses to a program that sends a page's actions by hand: a token given out again, more than is taken, more denials than are worth recording; and what of it stands in the log. */

import type { Page } from "@playwright/test";
import { change, events, ledger, rows } from "../stage/database";
import { tokenField } from "../stage/decoder";
import { cookieHeader } from "../stage/desk";
import { expect, test } from "../stage/fixtures";
import { compose, issueButton, issuedToken } from "../stage/issue-form";
import { claimsOf, makeToken } from "../stage/make-token";
import { people, signIn } from "../stage/people";
import { catchAction, send } from "../stage/server-action";

/** As in lib/limits.ts. */
const DENIALS_RECORDED = 30;

/** What the form sends; it has issued a token. */
async function catchIssuing(page: Page) {
  await compose(page, { purpose: "Demo" });
  const action = await catchAction(page, () => issueButton(page).click());
  await expect(issuedToken(page)).toBeVisible();
  const [form] = action.arguments as [Record<string, unknown>];
  /** The form of another token. */
  const another = (changes = {}) => [{ ...form, jti: crypto.randomUUID(), ...changes }];
  return { action, another };
}

test("a token is given out again to the session that it was issued to, and not once its key is disabled", async ({
  open,
  desk,
}) => {
  const page = await open("issuer", "/issue");
  const { action } = await catchIssuing(page);
  const token = (await issuedToken(page).getByTestId("token").textContent()) ?? "";
  const cookie = desk.cookieOf("issuer");
  expect((await send(action, { cookie })).result?.data).toMatchObject({ token, number: 1 });
  const resent = () => events(desk.database, "token.resent");
  expect(resent()).toMatchObject([{ tokenNumber: 1, actorName: people.issuer.name, outcome: "ok" }]);

  const door = await open("nobody", "/sign-in");
  await signIn(door, people.issuer);
  const elsewhere = await send(action, { cookie: cookieHeader(await door.context().storageState()) });
  expect(elsewhere.result?.error).toMatchObject({
    code: "conflict",
    message: expect.stringMatching(/^This form has issued token No\.\s1 already\. Nothing more was issued/),
  });
  expect(elsewhere.text).not.toContain("eyJ");

  change(desk.database, "UPDATE SigningKey SET disabledAt = ?", Date.now());
  const disabled = await send(action, { cookie });
  change(desk.database, "UPDATE SigningKey SET disabledAt = NULL");
  expect(disabled.result?.error).toMatchObject({
    code: "conflict",
    message: expect.stringContaining("its key was disabled since"),
  });
  expect(disabled.text).not.toContain("eyJ");
  expect(resent()).toHaveLength(1);
  expect(ledger(desk.database)).toHaveLength(1);
  expect(events(desk.database, "token.refused").map(({ detail }) => JSON.parse(detail))).toEqual([
    { reason: "already issued", fields: [] },
    { reason: "disabled key", fields: ["keyId"] },
  ]);
});

test("a refused token leaves one event: why, and which fields, never what stood in them; a refusal is short", async ({
  open,
  desk,
}) => {
  const { action, another } = await catchIssuing(await open("issuer", "/issue"));
  const cookie = desk.cookieOf("issuer");
  const before = { ledger: ledger(desk.database).length, refused: events(desk.database, "token.refused").length };
  const typed = { expiresIn: "until the board meets", purpose: desk.key.secret };
  const { result, text } = await send(action, { cookie, body: another(typed) });
  expect(result?.error?.code).toBe("invalid");
  expect(Object.keys(result?.error?.fields ?? {})).toEqual(["expiresIn", "purpose"]);

  const many = await send(action, { cookie, body: another({ permissions: Array(8_000).fill("x") }) });
  expect(many.result?.error?.fields).toEqual({ permissions: "Name at most 16 permissions." });
  expect(JSON.stringify(many.result).length).toBeLessThan(1_000);
  // The page comes along as it is now, with the limits of now, and nothing more of what was sent.
  const few = await send(action, { cookie, body: another({ permissions: ["x"] }) });
  expect(few.result?.error?.code).toBe("invalid");
  expect(many.text.length).toBeLessThan(few.text.length + 1_000);

  const refused = events(desk.database, "token.refused").slice(before.refused);
  expect(refused.map(({ outcome, detail }) => [outcome, JSON.parse(detail)])).toEqual([
    ["denied", { reason: "rules or policy", fields: ["expiresIn", "purpose"] }],
    ["denied", { reason: "rules or policy", fields: ["permissions"] }],
    ["denied", { reason: "rules or policy", fields: expect.any(Array) }],
  ]);
  const kept = JSON.stringify(rows(desk.database, "SELECT body FROM AuditEvent")) + desk.server.text;
  for (const content of Object.values(typed)) expect(kept).not.toContain(content);
  expect(text).not.toContain(desk.key.secret);
  expect(ledger(desk.database)).toHaveLength(before.ledger);
});

test("denials are recorded one by one up to their limit, then that it was reached, then nothing", async ({
  open,
  desk,
}) => {
  const { action, another } = await catchIssuing(await open("issuer", "/issue"));
  const cookie = desk.cookieOf("auditor");
  const before = events(desk.database).length;
  const deny = async () => {
    const { result } = await send(action, { cookie, body: another() });
    expect(result?.error?.code).toBe("forbidden");
    return result?.error?.message ?? "";
  };
  for (const message of await Promise.all(Array.from({ length: DENIALS_RECORDED }, deny)))
    expect(message).toContain("The attempt is recorded.");
  for (let beyond = 1; beyond <= 3; beyond++) expect(await deny()).not.toContain("recorded");
  const left = events(desk.database).slice(before);
  expect(left.map((event) => event.action)).toEqual([
    ...Array(DENIALS_RECORDED).fill("access.denied"),
    "limit.reached",
  ]);
  expect(left.every(({ actorName }) => actorName === people.auditor.name)).toBe(true);
  expect(JSON.parse(left.at(-1)?.detail ?? "")).toMatchObject({ most: DENIALS_RECORDED });
});

test("a token that no header can carry is not inspected, and a look-up of many of ours is one event with their numbers", async ({
  open,
  desk,
}) => {
  const { action: issuing, another } = await catchIssuing(await open("issuer", "/issue"));
  for (let time = 1; time <= 4; time++) await send(issuing, { cookie: desk.cookieOf("issuer"), body: another() });
  const cookie = desk.cookieOf("support");
  const page = await open("support", "/decode");
  const sign = (changes = {}) => makeToken(claimsOf(desk.key.apiKey, changes), desk.key.secret);
  const inspecting = await catchAction(page, () => tokenField(page).fill(sign()));
  const before = events(desk.database).length;
  const long = await send(inspecting, { cookie, body: [{ token: sign({ pad: "x".repeat(64 * 1024) }) }] });
  expect(long.result?.error).toMatchObject({
    code: "invalid",
    fields: { token: "That is longer than any token: 65,536 characters at most." },
  });
  expect(events(desk.database)).toHaveLength(before);

  const lookingUp = await catchAction(page, () => tokenField(page).fill(`${sign()}\n\n${sign()}`));
  const lookedUp = () => events(desk.database, "token.looked_up");
  const already = lookedUp().length;
  const ours = ledger(desk.database).slice(-5);
  const [first = 0] = ours.map(({ number }) => number);
  const hashes = [0, 1, 2, 4].flatMap((index) => ours[index]?.sha256 ?? []);
  const found = await send(lookingUp, { cookie, body: [{ sha256: [...hashes, "0".repeat(64)] }] });
  expect(found.result?.data).toMatchObject({ matches: [{}, {}, {}, {}] });
  expect(
    lookedUp()
      .slice(already)
      .map(({ detail }) => JSON.parse(detail)),
  ).toEqual([{ count: 5, found: 4, numbers: `${first}-${first + 2}, ${first + 4}` }]);
});
