/** What the issue form says of lifetimes, ids and permissions while one types. */
import { decodeJwt } from "jose";
import { openPolicy } from "@/lib/keys/policy";
import { change, ledger } from "../stage/database";
import { expect, test } from "../stage/fixtures";
import { compose, issue, issueButton, issuedToken, messagesOf, permission } from "../stage/issue-form";
import { catchAction, send } from "../stage/server-action";
import { addKey, makeKeyPair } from "../stage/signing-keys";

test("ask_join beside another permission can't be issued, and the reason stands there while one types", async ({
  open,
  desk,
}) => {
  const page = await open("issuer", "/issue");
  const { error } = messagesOf(page, "permissions");
  await compose(page, { permissions: ["allow_join", "ask_join"] });
  await expect(error).toHaveText(
    /ask_join stands beside allow_join: VideoSDK refuses the combination\. .*Keep ask_join alone/,
  );
  await issueButton(page).click();
  await expect(issuedToken(page)).toBeHidden();
  await expect(error).toHaveText(/VideoSDK refuses the combination/);
  await compose(page, { permissions: ["ask_join"] });
  await expect(error).toHaveText("");
  await compose(page, { permissions: [] });
  await expect(error).toHaveText(/permits nothing/);
  await compose(page, { permissions: ["allow_mod"] });
  await expect(messagesOf(page, "permissions").warning).toHaveText(/allow_mod stands without allow_join/);
  await compose(page, { permissions: ["ask_join"] });
  const action = await catchAction(page, () => issueButton(page).click());
  await expect(issuedToken(page)).toBeVisible();

  // The server refuses the same, also from somebody who passes the form by.
  const before = ledger(desk.database).length;
  const [form] = action.arguments as [Record<string, unknown>];
  const cookie = desk.cookieOf("issuer");
  for (const [given, field] of [
    [{ permissions: ["allow_join", "ask_join"] }, "permissions"],
    [{ permissions: [] }, "permissions"],
    [{ permissions: ["allow_all"] }, "permissions.0"],
    [{ participantId: "two words" }, "participantId"],
    [{ expiresIn: "0" }, "expiresIn"],
    [{ expiresIn: "11 years" }, "expiresIn"],
    [{ jti: "not-a-uuid" }, "jti"],
  ] as const) {
    const answer = await send(action, { cookie, body: [{ ...form, jti: crypto.randomUUID(), ...given }] });
    expect(answer.result?.error).toMatchObject({ code: "invalid", fields: { [field]: expect.any(String) } });
  }
  expect(ledger(desk.database)).toHaveLength(before);
});

test("what a policy has locked meanwhile is unticked, and the keyboard goes on from there", async ({ open, desk }) => {
  const page = await open("issuer", "/issue");
  const set = (policy: object) => change(desk.database, "UPDATE SigningKey SET policy = ?", JSON.stringify(policy));
  await compose(page, { permissions: ["allow_join", "allow_mod"], purpose: "Kept" });
  await page.waitForFunction(() => Object.values(sessionStorage).some((text) => text.includes("Kept")));
  set({ ...openPolicy, permissions: ["allow_join"] });
  await page.reload();
  await expect(permission(page, "allow_mod")).toBeChecked();
  await permission(page, "allow_mod").press("Space");
  await expect(permission(page, "allow_mod")).toBeDisabled();
  await expect(page.getByRole("group", { name: "May", exact: true })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(permission(page, "allow_join")).toBeFocused();
  set(openPolicy);
});

test("what the server refuses leads to the first of it as one reads, a list of ticks as well", async ({
  open,
  desk,
}) => {
  const page = await open("issuer", "/issue");
  const set = (policy: object) => change(desk.database, "UPDATE SigningKey SET policy = ?", JSON.stringify(policy));
  await compose(page, { permissions: ["allow_join"], expiresIn: "2h", purpose: "Narrowed meanwhile" });
  try {
    for (const [some, first] of [
      [{ maxTtlSeconds: 3600 }, permission(page, "allow_join")],
      [{ templates: ["guest"] }, page.getByRole("group", { name: "Template" }).locator("[aria-pressed=true]")],
    ] as const) {
      // Once it was refused the page knows the policy.
      set(openPolicy);
      await page.reload();
      await expect(issueButton(page)).toBeEnabled();
      set({ ...openPolicy, permissions: ["ask_join"], ...some });
      await page.getByLabel("Purpose").press("Control+Enter");
      await expect(messagesOf(page, "permissions").error).toContainText("does not allow Join directly");
      await expect(first).toBeFocused();
    }
    await expect(messagesOf(page, "template").error).toContainText("only. Choose that template");
  } finally {
    set(openPolicy);
  }
});

test("questionable ids are warned of and can be issued, impossible ones can't", async ({ open }) => {
  const page = await open("issuer", "/issue");
  await compose(page, { roomId: "our-weekly", participantId: "two words" });
  await expect(messagesOf(page, "roomId").warning).toHaveText(/does not look like VideoSDK's own ids/);
  await expect(messagesOf(page, "participantId").error).toHaveText(/white space, which VideoSDK refuses/);
  await issueButton(page).click();
  await expect(page.getByLabel("Participant ID")).toBeFocused();
  await expect(issuedToken(page)).toBeHidden();
  await issue(page, { participantId: "two-words" });
  await expect(issuedToken(page)).toContainText("our-weekly");
});

for (const [typed, seconds] of [
  ["120m", 7200],
  ["2h", 7200],
  ["1d 12h", 129_600],
  ["90", 90],
  ["7d", 604_800],
] as const) {
  test(`"${typed}" is a lifetime of ${seconds} seconds`, async ({ open }) => {
    const page = await open("issuer", "/issue");
    const { iat = 0, exp } = decodeJwt(await issue(page, { expiresIn: typed }));
    expect(exp).toBe(iat + seconds);
  });
}

test("presets are one click, and what is no lifetime is said to be none", async ({ open }) => {
  const page = await open("issuer", "/issue");
  await expect(issueButton(page)).toBeEnabled();
  const field = page.getByLabel("Expires in");
  for (const [preset, value] of [
    ["15 min", "15m"],
    ["1 h", "1h"],
    ["2 h", "2h"],
    ["24 h", "24h"],
    ["7 d", "7d"],
  ] as const) {
    const button = page.getByRole("button", { name: preset, exact: true });
    await button.click();
    await expect(field).toHaveValue(value);
    await expect(button).toHaveAttribute("aria-pressed", "true");
  }
  const { error } = messagesOf(page, "expiresIn");
  for (const [typed, says] of [
    ["", /Enter a duration/],
    ["1.5h", /Write whole numbers, such as 1 h 30 min instead of 1\.5h/],
    ["-2h", /can't be negative/],
    ["500ms", /Milliseconds are not offered/],
    ["1 month", /Months and years differ/],
    ["99 years", /Months and years differ/],
    ["9999d", /longer than 10 years/],
    ["2h 3h", /occurs twice/],
  ] as const) {
    await field.fill(typed);
    await expect(error).toHaveText(says);
  }
  await issueButton(page).click();
  await expect(field).toBeFocused();
  await expect(field).toHaveValue("2h 3h");
  await expect(issuedToken(page)).toBeHidden();
});

test("more than a day warns; more than the key allows is refused, by the page and by the server", async ({
  open,
  desk,
}) => {
  const admin = await open("admin", "/keys");
  await addKey(admin, { ...makeKeyPair("Short-lived"), maxLifetime: "36h" });
  const page = await open("issuer", "/issue");
  await page.getByLabel("Signing key").selectOption({ index: 1 });
  const { error, warning } = messagesOf(page, "expiresIn");
  await compose(page, { expiresIn: "24h" });
  await expect(warning).toHaveText("");
  await compose(page, { expiresIn: "24h 1s" });
  await expect(warning).toHaveText(/^1 d 1 s, .*recommends short lifetimes/);
  await expect(error).toHaveText("");
  await compose(page, { expiresIn: "36h" });
  const action = await catchAction(page, () => issueButton(page).click());
  await expect(issuedToken(page)).toBeVisible();
  await compose(page, { expiresIn: "37h" });
  const refusal = '"Short-lived" allows at most 1 d 12 h. Choose a shorter lifetime.';
  await expect(error).toHaveText(refusal);
  const before = ledger(desk.database).length;
  await issueButton(page).click();
  await expect(page.getByLabel("Expires in")).toBeFocused();
  const [form] = action.arguments as [Record<string, unknown>];
  const body = [{ ...form, jti: crypto.randomUUID(), expiresIn: "37h" }];
  const answer = await send(action, { cookie: desk.cookieOf("issuer"), body });
  expect(answer.result?.error?.fields).toEqual({ expiresIn: refusal });
  expect(ledger(desk.database)).toHaveLength(before);
});

test("what is wrong in what was folded is unfolded by whatever leads to it", async ({ open }) => {
  const page = await open("issuer", "/issue");
  await compose(page, { roomId: "2kyv-gzay-64pg" });
  const more = page.getByText("More", { exact: true });
  await more.click();
  const claims = page.getByLabel("Custom claims");
  await claims.fill('{"team": ');
  for (const lead of [
    () => page.getByRole("button", { name: "Issue token" }).click(),
    () => page.getByRole("link", { name: "Custom claims" }).click(),
    () => page.getByLabel("Purpose").press("Control+Enter"),
  ]) {
    await more.click();
    await expect(claims).toBeHidden();
    await lead();
    await expect(claims).toBeFocused();
  }
});
