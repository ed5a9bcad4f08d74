/** Tokens are revoked here: one sees first what it covers and what it does not do, says why, and reads it wherever the token is met. */
import type { Page } from "@playwright/test";
import { expectAccessible } from "../stage/accessible";
import { changeBooks, events, rows } from "../stage/database";
import { paste, verdict } from "../stage/decoder";
import { expect, test } from "../stage/fixtures";
import { issue } from "../stage/issue-form";
import { people } from "../stage/people";
import { holdAction } from "../stage/server-action";
import { memberRow } from "../stage/team";

const dialogOf = (page: Page) => page.getByRole("dialog", { name: /^Revoke / });
const revoked = (database: string) =>
  rows<{ number: number }>(database, "SELECT number FROM IssuedToken WHERE revokedAt IS NOT NULL ORDER BY number");

test("1. one token, from its page: what it covers and until when it is accepted stand before, the reason is asked for and stays", async ({
  open,
  desk,
}) => {
  const page = await open("issuer", "/issue");
  const token = await issue(page, { expiresIn: "2h", purpose: "the ward tablets", roomId: "ward-7b-room" });
  await page.goto("/audit?tokens=1");
  await page.getByRole("row").nth(1).getByRole("link").first().click();
  await page.getByRole("button", { name: "Revoke…" }).click();
  const dialog = dialogOf(page);
  await expect(dialog).toContainText("1 token is marked as revoked");
  await expect(dialog).toContainText("This can't be undone");
  // What really ends it is an admin's; others see where.
  await expect(dialog.getByRole("link", { name: "See the key Staging" })).toBeVisible();
  await expect(dialog).toContainText(/It still accepts it until (\d+ \w{3}, )?\d\d:\d\d/);
  await expectAccessible(page, "what revoking a token covers");
  const admin = await open("admin", new URL(page.url()).pathname);
  await admin.getByRole("button", { name: "Revoke…" }).click();
  await dialogOf(admin).getByRole("link", { name: "Rotate the secret of Staging…" }).click();
  await expect(admin.getByRole("region", { name: "Rotate the secret" })).toBeVisible();
  await admin.close();
  await dialog.getByRole("button", { name: "Revoke 1 token" }).click();
  await expect(dialog.getByRole("alert").filter({ hasText: "Say why" })).toHaveCount(1);
  await expect(dialog.getByLabel("Reason")).toBeFocused();
  await expect(dialog.getByLabel("Reason")).toHaveAccessibleDescription(/^Say why/);
  await expect(dialog.getByLabel("Reason")).toHaveAttribute("aria-invalid", "true");
  // Opened again it has not been wrong yet.
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Revoke…" }).click();
  await expect(dialog.getByLabel("Reason")).toBeVisible();
  await expect(dialog.getByLabel("Reason")).not.toHaveAttribute("aria-invalid");
  await dialog.getByLabel("Reason").fill("It was on a slide.");
  const second = await page.context().newPage();
  await second.goto(page.url());
  await expect(second.getByRole("button", { name: "Revoke…" })).toBeVisible();
  // While it is being done it is not put away: whether it was, is seen.
  const release = await holdAction(page);
  await dialog.getByRole("button", { name: "Revoke 1 token" }).dblclick();
  for (const _ of [1, 2]) await page.keyboard.press("Escape");
  await expect(dialog).toBeVisible();
  release();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("main")).toContainText(`by ${people.issuer.name}: It was on a slide.`);
  await expect(page.getByRole("main")).toContainText("accepts it until");
  await expect(page.getByRole("button", { name: "Revoke…" })).toHaveCount(0);
  expect(revoked(desk.database)).toHaveLength(1);
  expect(events(desk.database, "token.revoked")).toHaveLength(1);

  // Another tab has not heard of it: once it is told there, the page behind says so too.
  await second.getByRole("button", { name: "Revoke…" }).click();
  await expect(dialogOf(second)).toContainText("Nothing is left to revoke");
  await dialogOf(second).getByRole("button", { name: "Close" }).click();
  await expect(second.getByRole("main")).toContainText(`by ${people.issuer.name}: It was on a slide.`);
  await expect(second.getByRole("main").getByRole("heading", { level: 1 })).toBeFocused();
  await second.close();

  const record = page.url();

  await page.goto("/decode");
  await paste(page, token);
  await expect(verdict(page).getByRole("heading")).toHaveText(/^Revoked: No\.\s/);
  await expect(verdict(page)).toContainText("accepts it until");
  await expect(verdict(page).getByRole("link", { name: "See the key Staging" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Why" })).toContainText("“It was on a slide.”");

  // Once it has expired, nobody accepts it until then.
  changeBooks(desk.database, "UPDATE IssuedToken SET expiresAt = ? WHERE revokedAt IS NOT NULL", Date.now() - 1000);
  await page.goto(record);
  await expect(page.getByRole("main")).toContainText("It was on a slide.");
  await expect(page.getByRole("main")).not.toContainText("accepts it until");
});

test("2. all of a room, and all of a member: nothing else, and an issuer their own", async ({ open, desk }) => {
  const issuing = await open("issuer", "/issue");
  await issue(issuing, { expiresIn: "2h", purpose: "theirs", roomId: "room-one-two" });
  const page = await open("admin", "/issue");
  await issue(page, { expiresIn: "2h", purpose: "mine", roomId: "room-one-two" });
  const before = revoked(desk.database).length;
  await issuing.goto("/audit?room=room-one-two");
  await issuing.getByRole("button", { name: "Revoke tokens…" }).click();
  await expect(dialogOf(issuing)).toContainText("1 token of others stays as it is");
  await dialogOf(issuing).getByLabel("Reason").fill("The room was public.");
  await dialogOf(issuing).getByRole("button", { name: "Revoke 1 token" }).click();
  await expect(dialogOf(issuing)).toBeHidden();
  expect(revoked(desk.database)).toHaveLength(before + 1);
  await page.goto("/team");
  await memberRow(page, people.admin.email).getByRole("link").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(people.admin.name);
  // The note on why they cannot be disabled stands beside that button.
  const [why, disable] = [page.getByText("the only admin"), page.getByRole("button", { name: /^Disable…/ })];
  await expect(why).toBeVisible();
  const [note, button] = [await why.boundingBox(), await disable.boundingBox()];
  expect((button?.x ?? 0) - (note?.x ?? 0) - (note?.width ?? 0)).toBeLessThan(12);
  expect(button?.x).toBeGreaterThan(note?.x ?? 0);
  const second = await page.context().newPage();
  await second.goto(page.url());
  const revokeIn = (tab: typeof page) => dialogOf(tab).getByRole("button", { name: /^Revoke \d+ tokens?$/ });
  for (const tab of [page, second]) {
    await tab.getByRole("button", { name: "Revoke tokens…" }).click();
    await expect(dialogOf(tab)).toContainText("marked as revoked");
    await expect(dialogOf(tab).getByRole("link", { name: "Rotate the secret of Staging…" })).toBeVisible();
    await dialogOf(tab).getByLabel("Reason").fill("My laptop is gone.");
  }
  // From its field it is sent as any form is.
  await dialogOf(page).getByLabel("Reason").press("Control+Enter");
  await expect(dialogOf(page)).toBeHidden();
  await revokeIn(second).click();
  await expect(dialogOf(second)).toContainText("Nothing was revoked: each has expired, or was revoked before.");
  await expect(revokeIn(second)).toBeHidden();
  await expect(dialogOf(second).getByRole("heading", { name: /^Revoke / })).toBeFocused();
  await second.close();
  expect(revoked(desk.database).length).toBeGreaterThan(before + 1);
  await page.getByRole("button", { name: "Revoke tokens…" }).click();
  await expect(dialogOf(page)).toContainText("Nothing is left to revoke");
  await dialogOf(page).getByRole("button", { name: "Close" }).click();
  // Only that is offered which it says.
  await page.goto("/audit?room=room-one-two&key=any");
  await expect(page.getByRole("button", { name: /Revoke/ })).toHaveCount(0);
});

test("3. all that a scan found, which are then looked up anew", async ({ open, desk }) => {
  const page = await open("issuer", "/issue");
  const tokens = [
    await issue(page, { expiresIn: "2h", purpose: "in a log" }),
    await issue(page, { expiresIn: "3h", purpose: "in a log, too" }),
  ];
  const before = revoked(desk.database).length;
  await page.goto("/decode");
  await paste(page, tokens.map((token) => `GET /join?token=${token}`).join("\n"));
  await page.getByRole("button", { name: "Revoke tokens…" }).click();
  await expect(dialogOf(page)).toContainText("2 tokens are marked as revoked");
  await dialogOf(page).getByLabel("Reason").fill("They stood in a log.");
  await dialogOf(page).getByRole("button", { name: "Revoke 2 tokens" }).click();
  await expect(dialogOf(page)).toBeHidden();
  await expect(page.getByRole("table", { name: "Tokens found" }).locator("tbody tr")).toHaveText([
    /Revoked/,
    /Revoked/,
  ]);
  await expect(page.getByRole("button", { name: /Revoke/ })).toHaveCount(0);
  expect(revoked(desk.database)).toHaveLength(before + 2);
});
