/** Signing keys: what is refused when one is added, and what disabling one says and does. */
import { createHash } from "node:crypto";
import type { Page } from "@playwright/test";
import { changeBooks, events, rows } from "./stage/database";
import { expect, test } from "./stage/fixtures";
import { compose, issue, issueButton } from "./stage/issue-form";
import { people } from "./stage/people";
import { catchAction, send } from "./stage/server-action";
import { addKey, type KeyPair, makeKeyPair, openKey, openKeyForm, tryToAddKey } from "./stage/signing-keys";

const row = (page: Page, label: string) => page.getByRole("row").filter({ hasText: label });

/** Opens the dialog of a key's button, without confirming. */
async function ask(page: Page, verb: "Disable" | "Enable", label: string) {
  await page.getByRole("button", { name: `${verb}… ${label}` }).click();
  const dialog = page.getByRole("dialog", { name: `${verb} “${label}”?` });
  await expect(dialog).toBeVisible();
  return dialog;
}

test("1. a key is listed by label and API key, has its secret's fingerprint on its page, and never its secret", async ({
  open,
  desk,
}) => {
  const page = await open("admin", "/keys");
  const key = makeKeyPair("Production");
  await addKey(page, { ...key, maxLifetime: "7d" });
  const fingerprint = createHash("sha256").update(key.secret).digest("hex").slice(0, 12);
  await expect(page.getByRole("status").filter({ hasText: "is saved" })).toContainText(fingerprint);
  const cells = row(page, "Production").getByRole("cell");
  await expect(cells).toHaveText(["Production", key.apiKey, "enabled", "never", "0", "0"]);
  await page.getByRole("button", { name: "Add key" }).click();
  await expect(page.getByLabel("Secret", { exact: true })).toHaveValue("");
  expect(await page.content()).not.toContain(key.secret);
  await openKey(page, "Production");
  await expect(page).toHaveTitle("Production · Claimcheck");
  await expect(page.getByRole("main")).toContainText(`added by ${people.admin.name}`);
  await expect(page.getByRole("region", { name: "Policy" })).toContainText("7 d");
  await expect(page.getByRole("region", { name: "Policy" })).toContainText(fingerprint);
  expect(fingerprint).not.toBe(key.secret.slice(0, 12));
  expect(await page.content()).not.toContain(key.secret);
  expect(events(desk.database, "key.created").at(-1)?.detail).toBe(JSON.stringify({ apiKey: key.apiKey, fingerprint }));
});

test("2. adding a key is behind a button: closing the form loses nothing, and a saved key leads to its first token", async ({
  open,
}) => {
  const page = await open("admin", "/keys");
  const key = makeKeyPair("Behind a button");
  await expect(page.getByLabel("Secret", { exact: true })).toBeHidden();
  await openKeyForm(page);
  await expect(page.getByLabel("Label", { exact: true })).toBeFocused();
  await page.getByLabel("Label", { exact: true }).fill(key.label);
  await page.getByLabel("API key", { exact: true }).fill(key.apiKey);
  await page.getByRole("button", { name: "Cancel" }).click();
  const add = page.getByRole("button", { name: "Add key" });
  await expect(add).toBeFocused();
  // In the same moment: later it would be taken from the field that one is at by then.
  const focused = add.evaluate((button: HTMLElement) => {
    button.click();
    return document.activeElement?.id;
  });
  expect(await focused).toBe(await page.getByLabel("Label", { exact: true }).getAttribute("id"));
  await expect(page.getByLabel("Label", { exact: true })).toHaveValue(key.label);
  await expect(page.getByLabel("API key", { exact: true })).toHaveValue(key.apiKey);
  await page.getByLabel("Max lifetime").fill("7d");
  await page.getByLabel("Secret", { exact: true }).fill(key.secret);
  // Over a reload everything is kept but the secret, which no storage ever has.
  const kept = () => page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]));
  expect(await kept()).toContain(key.apiKey);
  expect(await kept()).not.toContain(key.secret);
  await page.reload();
  await expect(page.getByLabel("Label", { exact: true })).toHaveValue(key.label);
  await expect(page.getByLabel("API key", { exact: true })).toHaveValue(key.apiKey);
  await expect(page.getByLabel("Max lifetime")).toHaveValue("7d");
  await expect(page.getByLabel("Secret", { exact: true })).toHaveValue("");
  // Nor one that does not look like a secret.
  await page.getByLabel("Secret", { exact: true }).fill("half of it");
  expect(await kept()).not.toContain("half of it");
  await page.getByLabel("Secret", { exact: true }).fill(key.secret);
  await page.getByRole("button", { name: "Save key" }).click();
  await expect(page.getByText("“Behind a button” is saved.")).toBeVisible();
  // What was saved does not come back.
  expect(await kept()).not.toContain(key.apiKey);
  await page.getByRole("link", { name: "Issue a token with it" }).click();
  await expect(page.getByLabel("Signing key").locator("option:checked")).toHaveText(/^Behind a button /);
});

test("3. every refusal says why, keeps what was typed, and saves nothing", async ({ open, desk }) => {
  const page = await open("admin", "/keys");
  const good = makeKeyPair("Refused");
  const existing = desk.key;
  const refusals: [
    field: "label" | "apiKey" | "secret" | "maxLifetime",
    given: Partial<KeyPair> & { maxLifetime?: string },
    says: RegExp,
  ][] = [
    ["label", { label: "" }, /Give it a label/],
    ["apiKey", { apiKey: "" }, /Paste the API key/],
    ["secret", { secret: "" }, /Paste the secret/],
    ["secret", { secret: "short-secret" }, /It has 12 bytes; HS256 needs at least 32 \(RFC 7518 §3\.2\)/],
    ["secret", { secret: "s".repeat(31) }, /It has 31 bytes/],
    ["secret", { secret: `${good.secret} ` }, /white space around it/],
    ["secret", { secret: `"${good.secret}"` }, /quotes around it/],
    ["secret", { secret: `${good.secret.slice(0, 40)} ${good.secret.slice(40)}` }, /white space inside it/],
    ["apiKey", { apiKey: ` ${good.apiKey}` }, /white space around it/],
    ["apiKey", { apiKey: `'${good.apiKey}'` }, /quotes around it/],
    ["apiKey", { apiKey: good.secret }, /This looks like the secret/],
    ["secret", { secret: good.apiKey }, /This is an API key, not the secret/],
    ["secret", { secret: existing.apiKey }, /This is an API key, not the secret/],
    ["apiKey", { apiKey: existing.apiKey }, /This API key is here already, as "Staging"\./],
    ["maxLifetime", { maxLifetime: "1.5h" }, /Write whole numbers, such as 1 h 30 min instead of 1\.5h\./],
    ["maxLifetime", { maxLifetime: "2 months" }, /Months and years differ in length/],
  ];
  for (const [field, given, says] of refusals) {
    const typed = { ...good, maxLifetime: "24h", ...given };
    await tryToAddKey(page, typed);
    await expect(page.locator(`#${field}-error`)).toHaveText(says);
    await expect(page.locator(`#${field}`)).toBeFocused();
    await expect(page.locator(`#${field}`)).toHaveAttribute("aria-invalid", "true");
    for (const name of ["label", "apiKey", "secret", "maxLifetime"] as const)
      await expect(page.locator(`#${name}`)).toHaveValue(typed[name]);
  }
  // Also of what has no field here, as where a page is older than the server.
  await page.route("**/keys", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    const [form] = JSON.parse(route.request().postData() ?? "[]") as [object];
    await route.continue({ postData: JSON.stringify([{ ...form, profile: "of-another-time" }]) });
  });
  await tryToAddKey(page, good);
  await expect(page.getByRole("alert").filter({ hasText: "Choose whose key it is." })).toBeVisible();
  await page.unroute("**/keys");
  await page.reload();
  await expect(row(page, "Refused")).toHaveCount(0);
  expect(rows(desk.database, "SELECT * FROM SigningKey WHERE label = 'Refused'")).toEqual([]);
});

test("4. a secret that another key has is asked about first, and saved once that is confirmed", async ({
  open,
  desk,
}) => {
  const page = await open("admin", "/keys");
  const key = { ...makeKeyPair("Twin"), secret: desk.key.secret };
  await tryToAddKey(page, key);
  await expect(page.locator("#sharesSecret-error")).toHaveText(/^"Staging" has this secret too\. /);
  const box = page.getByRole("checkbox", { name: "Both keys have this secret" });
  await expect(box).toBeFocused();
  await expect(page.getByLabel("Secret", { exact: true })).toHaveValue(key.secret);
  expect(rows(desk.database, "SELECT * FROM SigningKey WHERE label = 'Twin'")).toEqual([]);
  await box.check();
  await page.getByRole("button", { name: "Save key" }).click();
  await expect(page.getByRole("status").filter({ hasText: "“Twin” is saved" })).toBeVisible();
  await expect(box).toBeHidden();
  expect(JSON.parse(events(desk.database, "key.created").at(-1)?.detail ?? "")).toMatchObject({
    apiKey: key.apiKey,
    sharesSecretWith: "Staging",
  });
});

test("5. a secret that breaks a rule is refused by the server too, without being repeated", async ({ open, desk }) => {
  const page = await open("admin", "/keys");
  const action = await catchAction(page, () => tryToAddKey(page, makeKeyPair("Caught")));
  await expect(page.getByRole("status").filter({ hasText: "“Caught” is saved" })).toBeVisible();
  const cookie = desk.cookieOf("admin");
  const before = rows(desk.database, "SELECT id FROM SecretVersion").length;
  for (const secret of ["short", `"${"q".repeat(40)}"`, `${"w".repeat(40)}\n`, desk.key.apiKey]) {
    const answer = await send(action, {
      cookie,
      body: [{ profile: "videosdk", label: "Past the form", apiKey: crypto.randomUUID(), secret }],
    });
    expect(answer.result?.error).toMatchObject({ code: "invalid", fields: { secret: expect.any(String) } });
    if (secret !== desk.key.apiKey) expect(answer.text).not.toContain(secret);
  }
  expect(rows(desk.database, "SELECT id FROM SecretVersion")).toHaveLength(before);
});

test("6. disabling names the active tokens and what goes on at VideoSDK, and a disabled key signs nothing", async ({
  open,
  desk,
}) => {
  const page = await open("admin", "/keys");
  await addKey(page, makeKeyPair("Retiring"));
  const working = await page.context().newPage();
  await working.goto("/issue");
  await expect(issueButton(working)).toBeEnabled();
  const option = working.getByRole("option", { name: /^Retiring / });
  await working.getByLabel("Signing key").selectOption({ value: (await option.getAttribute("value")) ?? "" });
  await issue(working, { expiresIn: "2h" });
  await issue(working, { expiresIn: "3h" });

  await page.reload();
  await expect(row(page, "Retiring").getByRole("cell").nth(4)).toHaveText("2");
  await expect(row(page, "Retiring").getByRole("cell").nth(5)).toHaveText("2");
  await openKey(page, "Retiring");
  const status = page.getByRole("main").getByText(/^(en|dis)abled$/);
  const dialog = await ask(page, "Disable", "Retiring");
  await expect(dialog).toContainText("Here: nobody can issue a token with it until it is enabled again.");
  await expect(dialog).toContainText(
    "At VideoSDK: nothing changes. The 2 active tokens of its current secret go on working until they expire.",
  );
  await expect(dialog).toContainText("error 4053");
  await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "Disable… Retiring" })).toBeFocused();
  await expect(status).toHaveText("enabled");
  expect(events(desk.database, "key.disabled")).toEqual([]);

  const asked = await ask(page, "Disable", "Retiring");
  await asked.getByLabel("Note").fill("Its laptop was stolen");
  await asked.getByRole("button", { name: "Disable key" }).click();
  await expect(status).toHaveText("disabled");
  expect(events(desk.database, "key.disabled").map(({ detail }) => JSON.parse(detail))).toEqual([
    { activeTokens: 2, changed: { state: ["active", "disabled"] }, note: "Its laptop was stolen" },
  ]);
  await expect(page.getByRole("region", { name: "History" })).toContainText("Its laptop was stolen");

  // The form was opened before: the server says so, and keeps what was typed.
  await compose(working, { purpose: "too late" });
  await issueButton(working).click();
  await expect(working.locator("#keyId-error")).toContainText('"Retiring" is disabled here');
  await expect(working.getByLabel("Purpose")).toHaveValue("too late");
  await working.reload();
  const chosen = (tab: Page) => tab.getByLabel("Signing key").locator("option:checked");
  await expect(chosen(working)).toHaveText(/^Retiring .*, disabled$/);
  await expect(working.getByLabel("Purpose")).toHaveValue("too late");
  await expect(working.locator("#keyId-error")).toContainText('"Retiring" is disabled here');
  const fresh = await page.context().newPage();
  await fresh.goto("/issue");
  await expect(fresh.getByRole("option", { name: /^Retiring .*, disabled$/ })).toBeAttached();
  await expect(chosen(fresh)).toHaveText(/^Staging /);
  await fresh.close();
  expect(rows(desk.database, "SELECT number FROM IssuedToken WHERE keyLabel = 'Retiring'")).toHaveLength(2);

  const again = await ask(page, "Enable", "Retiring");
  await expect(again).toContainText("2 active tokens were signed with its current secret; nothing changes for them.");
  await again.getByRole("button", { name: "Enable key" }).click();
  await expect(status).toHaveText("enabled");
  await working.reload();
  await working.getByLabel("Signing key").selectOption({ value: (await option.getAttribute("value")) ?? "" });
  await issue(working);
});

test("7. tokens that have expired are not counted as active", async ({ open, desk }) => {
  const page = await open("admin", "/issue");
  // The form opens with the key that was used last.
  await expect(issueButton(page)).toBeEnabled();
  const option = page.getByRole("option", { name: /^Staging / });
  await page.getByLabel("Signing key").selectOption({ value: (await option.getAttribute("value")) ?? "" });
  await issue(page, { expiresIn: "1h" });
  changeBooks(desk.database, "UPDATE IssuedToken SET expiresAt = 1577836800000 WHERE keyLabel = 'Staging'");
  await page.goto("/keys");
  await expect(row(page, "Staging").getByRole("cell").nth(4)).toHaveText("1");
  await expect(row(page, "Staging").getByRole("cell").nth(5)).toHaveText("0");
  await openKey(page, "Staging");
  const dialog = await ask(page, "Disable", "Staging");
  await expect(dialog).toContainText(
    "At VideoSDK: nothing changes. No active token was signed with its current secret.",
  );
  await expect(dialog).not.toContainText("To stop");
  await dialog.getByRole("button", { name: "Disable key" }).click();
  await expect(await ask(page, "Enable", "Staging")).toContainText(
    "Tokens can be issued with it again. No active token was signed with its current secret.",
  );
});
