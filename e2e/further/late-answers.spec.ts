/** Answers that come late, or not at all: nobody is led away from where they are by then, and what is made meanwhile and shown once is not left without a question. */
import type { Page } from "@playwright/test";
import { expectAccessible } from "../stage/accessible";
import { batch, check, guests, issueAll, participants } from "../stage/batch-form";
import { ledger } from "../stage/database";
import { expect, test } from "../stage/fixtures";
import { hold } from "../stage/hold";
import { compose, issueButton, issuedToken } from "../stage/issue-form";
import { holdAction } from "../stage/server-action";

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

for (const [path, name, button] of [
  ["/endpoints/new", "Late endpoint", "Create endpoint"],
  ["/templates/new", "Late template", "Save template"],
] as const)
  test(`3. a form's late answer leads nobody away from another page: ${path}`, async ({ open }) => {
    const page = await open("admin", path);
    await page.getByLabel("Name", { exact: true }).fill(name);
    // What a template is good for; an endpoint needs no more.
    if (await page.getByLabel("Note").isVisible()) await page.getByLabel("Note").fill("Late");
    const release = await holdAction(page);
    await page.getByRole("button", { name: button }).click();
    await link(page, "Issue").click();
    await expect(title(page, "Issue a token")).toBeVisible();
    await page.getByLabel("Purpose").fill("The wa");
    const answer = page.waitForResponse((response) => response.url().endsWith(path));
    release();
    await answer;
    await page.waitForLoadState("networkidle");
    // Long enough for another page to come, if one were asked for.
    await page.waitForTimeout(1_000);
    await page.keyboard.type("rd");
    await expect(page.getByLabel("Purpose")).toHaveValue("The ward");
    expect(new URL(page.url()).pathname).toBe("/issue");
  });

test("4. a credential is not left unasked while it is under way", async ({ open }) => {
  const page = await open("admin", "/credentials");
  await page.getByRole("button", { name: "New credential" }).click();
  await page.getByLabel("Name", { exact: true }).fill("CI");
  const release = await holdAction(page);
  await page.getByLabel("Name", { exact: true }).press("Enter");
  await leaveTo(page, "The credential", "Issue");
  release();
  await page.waitForLoadState("networkidle");
  await page.goto("/credentials");
  await expect(page.getByRole("row").filter({ hasText: /^CI/ })).toContainText("Active");
  await expect(page.getByRole("button", { name: "New credential" })).toBeVisible();
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
