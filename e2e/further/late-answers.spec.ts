/** Answers that come late, or not at all: nobody is led away from where they are by then, and what is made meanwhile and shown once is not left without a question. */
import type { Page } from "@playwright/test";
import { expectAccessible } from "../stage/accessible";
import { batch, check, guests, issueAll, participants } from "../stage/batch-form";
import { events, ledger } from "../stage/database";
import { expect, test } from "../stage/fixtures";
import { hold } from "../stage/hold";
import { compose, issueButton, issuedToken } from "../stage/issue-form";
import { keyIdOf } from "../stage/programs";
import { holdAction } from "../stage/server-action";
import { addKey, makeKeyPair } from "../stage/signing-keys";

const question = (page: Page, what: string) => page.getByRole("dialog", { name: `${what} is under way` });
const link = (page: Page, name: string) => page.getByRole("link", { name, exact: true }).first();
const title = (page: Page, name: string) => page.getByRole("heading", { name, level: 1 });

/** By a link, though it is asked. */
async function leaveTo(page: Page, what: string, name: string): Promise<void> {
  await link(page, name).click();
  await expect(question(page, what).getByRole("button", { name: "Stay" })).toBeFocused();
  await question(page, what).getByRole("button", { name: "Leave", exact: true }).click();
  await expect(title(page, name)).toBeVisible();
}

test("1. a token is not left unasked while it is under way, and is the same one when the form is sent again", async ({
  open,
  desk,
}) => {
  const page = await open("issuer", "/issue");
  await compose(page, { purpose: "Away" });
  let release = await holdAction(page);
  await issueButton(page).click();
  await link(page, "Decode").click();
  await expectAccessible(page, "a token under way");
  await question(page, "The token").getByRole("button", { name: "Stay" }).click();
  await leaveTo(page, "The token", "Decode");
  const before = ledger(desk.database).length;
  release();
  await expect.poll(() => ledger(desk.database).length).toBe(before + 1);
  await page.waitForLoadState("networkidle");
  await link(page, "Issue").click();
  await expect(page.getByLabel("Purpose")).toHaveValue("Away");
  await issueButton(page).click();
  await expect(issuedToken(page)).toContainText(`No. ${before + 1}`);
  expect(ledger(desk.database)).toHaveLength(before + 1);

  // Also where nothing was typed at all, and where the question stands there until the answer.
  await page.getByRole("button", { name: "Copy token" }).click();
  await page.goto("/issue");
  release = await holdAction(page);
  await issueButton(page).click();
  await leaveTo(page, "The token", "Decode");
  release();
  await expect.poll(() => ledger(desk.database).length).toBe(before + 2);
  await page.goto("/issue");
  await issueButton(page).click();
  await expect(issuedToken(page)).toContainText(`No. ${before + 2}`);
  await page.getByRole("button", { name: "Copy token" }).click();
  release = await holdAction(page);
  await page.getByRole("form", { name: "Same again" }).getByRole("button", { name: "Issue" }).click();
  await link(page, "Decode").click();
  await expect(question(page, "The token")).toBeVisible();
  release();
  await expect(issuedToken(page)).toContainText(`No. ${before + 3}`);
  await expect(question(page, "The token")).toHaveCount(0);

  // Over one that was given up the next one is asked about.
  release = await holdAction(page);
  await page.getByRole("form", { name: "Same again" }).getByRole("button", { name: "Issue" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Leave", exact: true }).click();
  await link(page, "Decode").click();
  await expect(question(page, "The token")).toBeVisible();
  release();
  await expect(issuedToken(page)).toContainText(`No. ${before + 4}`);
});

test("2. a batch is not left unasked while it is under way, and is the same one when it is sent again", async ({
  open,
  desk,
}) => {
  const page = await open("issuer", "/issue/batch");
  await participants(page).fill(guests(2));
  await check(page).click();
  const before = ledger(desk.database).length;
  const release = await hold(page, "**/issue/batch/tokens", { times: 1 });
  await issueAll(page).click();
  await leaveTo(page, "The batch", "Decode");
  release();
  await expect.poll(() => ledger(desk.database).length).toBe(before + 2);
  await page.waitForLoadState("networkidle");
  await page.goto("/issue/batch");
  await expect(participants(page)).toHaveValue(guests(2));
  await check(page).click();
  await issueAll(page).click();
  await expect(batch(page)).toHaveText(/^\d+$/);
  expect(ledger(desk.database)).toHaveLength(before + 2);
});

for (const [path, what, button, list] of [
  ["/endpoints/new", "endpoint", "Create endpoint", "/endpoints"],
  ["/templates/new", "template", "Save template", "/templates"],
] as const) {
  const named = (page: Page) => page.getByLabel("Name", { exact: true });
  /** Sends the form, and leaves it by a link before its answer. @returns lets that come, and all that it would lead to */
  const sendAndLeave = async (page: Page, name: string, to: string) => {
    await named(page).fill(name);
    // What a template is good for; an endpoint needs no more.
    if (await page.getByLabel("Note").isVisible()) await page.getByLabel("Note").fill("Late");
    const release = await holdAction(page);
    await page.getByRole("button", { name: button }).click();
    await link(page, to).click();
    return async () => {
      const answer = page.waitForResponse((response) => response.url().endsWith(path));
      release();
      await answer;
      await page.waitForLoadState("networkidle");
      // Long enough for another page to come, if one were asked for.
      await page.waitForTimeout(1_000);
    };
  };

  test(`3a. whoever comes back to what was sent meanwhile does not find it there to be sent again: ${path}`, async ({
    open,
  }) => {
    const page = await open("admin", path);
    const answer = await sendAndLeave(page, `Twice ${what}`, "Issue");
    await expect(title(page, "Issue a token")).toBeVisible();
    await page.goBack();
    await expect(named(page)).toHaveValue(`Twice ${what}`);
    await answer();
    await expect(named(page)).toHaveValue("");
    await page.goto(list);
    await expect(page.getByRole("row").filter({ hasText: `Twice ${what}` })).toHaveCount(1);
  });

  test(`3. a form's late answer leads nobody away from another page: ${path}`, async ({ open }) => {
    const page = await open("admin", path);
    const answer = await sendAndLeave(page, `Late ${what}`, "Issue");
    await expect(title(page, "Issue a token")).toBeVisible();
    await page.getByLabel("Purpose").fill("The wa");
    await answer();
    await page.keyboard.type("rd");
    await expect(page.getByLabel("Purpose")).toHaveValue("The ward");
    expect(new URL(page.url()).pathname).toBe("/issue");
    await page.goto(list);
    await expect(page.getByRole("row").filter({ hasText: `Late ${what}` })).toBeVisible();
    // What was sent is not there to be sent again.
    await page.goto(path);
    await expect(named(page)).toHaveValue("");
  });

  test(`3b. nor from another such form, in which everything stays that was typed meanwhile: ${path}`, async ({
    open,
  }) => {
    const page = await open("admin", path);
    const answer = await sendAndLeave(page, `Later ${what}`, "Issue");
    await expect(title(page, "Issue a token")).toBeVisible();
    await page.goBack();
    await named(page).fill("The seco");
    await answer();
    await page.keyboard.type("nd");
    await expect(named(page)).toHaveValue("The second");
    expect(new URL(page.url()).pathname).toBe(path);
    await page.reload();
    await expect(named(page)).toHaveValue("The second");
    await page.goto(list);
    await expect(page.getByRole("row").filter({ hasText: `Later ${what}` })).toBeVisible();
  });
}

test("4. a credential is not left unasked while it is under way", async ({ open }) => {
  const page = await open("admin", "/credentials");
  await page.getByRole("button", { name: "New credential" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Nightly");
  const release = await holdAction(page);
  await page.getByLabel("Name", { exact: true }).press("Enter");
  await leaveTo(page, "The credential", "Issue");
  release();
  // Reloaded before the answer is there, the page would not know of it.
  await page.waitForFunction(() => !Object.values(sessionStorage).some((text) => String(text).includes("Nightly")));
  await page.goto("/credentials");
  await expect(page.getByRole("row").filter({ hasText: /^Nightly/ })).toContainText("Active");
  await expect(page.getByRole("button", { name: "New credential" })).toBeVisible();
});

test("4b. nor is the next one forgotten that is typed meanwhile", async ({ open }) => {
  const page = await open("admin", "/credentials");
  await page.getByRole("button", { name: "New credential" }).click();
  const name = page.getByLabel("Name", { exact: true });
  await name.fill("First");
  const release = await holdAction(page);
  await name.press("Enter");
  await leaveTo(page, "The credential", "Issue");
  await page.goBack();
  await name.fill("Next");
  release();
  await expect(page.getByRole("row").filter({ hasText: /^First/ })).toBeVisible();
  await page.reload();
  await expect(name).toHaveValue("Next");
});

test("4c. nor is a policy forgotten that was changed further", async ({ open, desk }) => {
  const page = await open("admin", `/keys/${keyIdOf(desk)}`);
  const label = page.getByLabel("Label", { exact: true });
  await page.getByRole("button", { name: "Edit" }).click();
  await label.fill("First");
  const release = await holdAction(page);
  // What it would not allow any more is asked first.
  const preview = await holdAction(page);
  preview();
  let sent = 0;
  const saving = page.waitForRequest((request) => request.method() === "POST" && ++sent === 2);
  await label.press("Control+Enter");
  await saving;
  await link(page, "Issue").click();
  await expect(title(page, "Issue a token")).toBeVisible();
  await page.goBack();
  await label.fill("Next");
  await link(page, "Issue").click();
  await expect(title(page, "Issue a token")).toBeVisible();
  release();
  await expect.poll(() => events(desk.database, "key.changed")).toHaveLength(1);
  await page.waitForLoadState("networkidle");
  await page.goBack();
  await expect(title(page, "First")).toBeVisible();
  await expect(label).toHaveValue("Next");
});

test("4d. a secret that is rotated late takes the focus from nobody who is at another key", async ({ open, desk }) => {
  const page = await open("admin", "/keys");
  await addKey(page, makeKeyPair("Another"));
  await page.goto(`/keys/${keyIdOf(desk)}?rotate=1`);
  const secret = page.getByLabel("New secret");
  await secret.fill(makeKeyPair("").secret);
  const release = await holdAction(page);
  await secret.press("Enter");
  await link(page, "Keys").click();
  await page.getByRole("table", { name: "Signing keys" }).getByRole("link", { name: "Another" }).click();
  await page.getByRole("link", { name: "Rotate…" }).click();
  await secret.focus();
  const answer = page.waitForResponse((response) => response.request().method() === "POST");
  release();
  await answer;
  await page.waitForLoadState("networkidle");
  await page.waitForTimeout(500);
  await expect(secret).toBeFocused();
});

test("5. a credential whose answer got lost may be there: the form says to look first", async ({ open, watch }) => {
  watch.allow(/ERR_FAILED|ERR_CONNECTION/, "the answer is lost on the way");
  const page = await open("admin", "/credentials");
  await page.getByRole("button", { name: "New credential" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Lost");
  await page.route("**/credentials", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    await route.fetch();
    await route.abort();
  });
  await page.getByLabel("Name", { exact: true }).press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "look in the list first" })).toBeVisible();
  await page.unroute("**/credentials");
  await page.reload();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Lost");
  await expect(page.getByRole("row").filter({ hasText: /^Lost/ })).toContainText("Active");
});

test("6. the next invitation begins with no error, and with whom one has typed while the one before was under way", async ({
  open,
}) => {
  const page = await open("admin", "/team");
  const email = page.getByLabel("Email");
  const again = async () => {
    await page.getByRole("button", { name: "Done" }).click();
    await page.getByRole("button", { name: "Invite", exact: true }).click();
    await expect(email).toBeFocused();
    await expect(page.getByText("Enter an email address")).toHaveCount(0);
  };
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await expect(email).toBeFocused();
  await expect(page.getByText("Enter an email address")).toHaveCount(0);
  await email.fill("one@example.com");
  await email.press("Enter");
  await expect(page.getByRole("heading", { name: "A link for one@example.com" })).toBeVisible();
  await again();
  await expect(email).toHaveValue("");

  await email.fill("two@example.com");
  const release = await holdAction(page);
  await email.press("Enter");
  await email.fill("three@exam");
  release();
  await expect(page.getByRole("heading", { name: "A link for two@example.com" })).toBeVisible();
  await again();
  await expect(email).toHaveValue("three@exam");
  await page.keyboard.type("ple.com");
  await email.press("Enter");
  await expect(page.getByRole("heading", { name: "A link for three@example.com" })).toBeVisible();
  await again();
  await expect(email).toHaveValue("");
});
