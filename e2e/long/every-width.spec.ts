/** Every page of a desk full of the longest texts, at every width and in both themes: nothing leaves its box, no word breaks, and axe finds nothing. */
import type { Page } from "@playwright/test";
import { expectAccessible } from "../stage/accessible";
import { change, events, ledger, rows } from "../stage/database";
import { expectVerdict, saySignsElsewhere, tokenField } from "../stage/decoder";
import { expect, test } from "../stage/fixtures";
import { compose, issue, issuedToken } from "../stage/issue-form";
import { expectFit, fillWithLongest, longest, WIDTHS } from "../stage/longest";
import { makeToken } from "../stage/make-token";
import { openAccount, people, signIn, signOut } from "../stage/people";
import { addCredential, addEndpoint } from "../stage/programs";
import { openKeyForm } from "../stage/signing-keys";
import { invite } from "../stage/team";

/** @param state what the page shows, for the message */
async function expectFitEverywhere(page: Page, state: string): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    await expectFit(page, `${state} at ${width} px`);
  }
  await expectAccessible(page, state);
}

test("nothing leaves its box on any page, at any width", async ({ open, desk, watch }) => {
  watch.allow(/404 \(Not Found\)/, "pages that are not there");
  saySignsElsewhere(desk.database, "no");
  const page = await open("admin", "/keys");
  await fillWithLongest(page, desk);
  const [row] = ledger(desk.database).slice(-1);
  const [key] = rows<{ id: string }>(desk.database, "SELECT id FROM SigningKey WHERE label = ?", longest.label);
  const claims = {
    apikey: desk.key.apiKey,
    permissions: ["allow_join", "allow_mod"],
    version: 2,
    roomId: longest.room,
    participantId: longest.participant,
    iat: Math.floor(Date.now() / 1000),
    exp: Math.floor(Date.now() / 1000) + 3_600,
  };
  const forged = makeToken(claims, desk.key.secret);
  await page.goto("/decode");
  await tokenField(page).fill(forged);
  await expectVerdict(page, "Signed with your secret, not issued here");
  await expect(page.getByRole("region", { name: "Verdict" }).getByRole("link", { name: /case \d/ })).toBeVisible();
  await expectFitEverywhere(page, "decode, an alarm");
  await tokenField(page).fill(makeToken({ ...claims, apikey: "of-somebody-else" }, "of somebody else"));
  await expectVerdict(page, "Unknown key");
  await page.getByText("Check with a secret of your own").click();
  for (const name of ["Abilities", "Header"]) await page.locator("summary").filter({ hasText: name }).click();
  await expectFitEverywhere(page, "decode, everything open");
  await tokenField(page).fill(`${forged}\n${makeToken({ ...claims, exp: 1 }, "of somebody else")}`);
  await expect(page.getByRole("table", { name: "Tokens found" })).toBeVisible();
  await expectFitEverywhere(page, "decode, a list");
  await page.goto("/decode/compare");
  await page.getByLabel("First token").fill(forged);
  await page.getByLabel("Second token").fill(makeToken({ ...claims, exp: 1 }, desk.key.secret));
  await expect(page.getByRole("region", { name: "What differs" })).toBeVisible();
  await expectFitEverywhere(page, "two tokens compared");

  const [member] = rows<{ id: string }>(desk.database, "SELECT id FROM Member WHERE name = ?", longest.name);
  const endpoint = addEndpoint(desk, { name: longest.name, purpose: longest.japanese });
  addCredential(desk, { name: longest.name });
  const last = (action: string) => events(desk.database, action).at(-1)?.sequence;
  for (const path of [
    "/",
    "/me",
    "/keys",
    `/keys/${key?.id}`,
    "/team",
    `/team/${member?.id}`,
    "/templates",
    "/templates/new",
    "/endpoints",
    "/endpoints/new",
    `/endpoints/${endpoint.id}`,
    "/credentials",
    "/api",
    "/cases",
    "/cases/1",
    "/audit",
    `/audit?q=${encodeURIComponent(longest.japanese)}&tokens=1&active=1`,
    "/audit?q=nothing-of-the-kind",
    `/audit/${last("token.issued")}`,
    `/audit/${last("case.opened")}`,
    `/audit/${last("key.created")}`,
    "/audit/999999",
    "/cases/999999",
    "/nowhere",
    `/issue?from=${row?.number}`,
  ]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectFitEverywhere(page, path);
  }
});

test("nor in what opens above a page, or in a form that is wrong", async ({ open, desk }) => {
  const page = await open("admin", "/keys");
  await fillWithLongest(page, desk);
  await page.goto("/keys");
  await openKeyForm(page);
  await page.getByRole("button", { name: "Save key" }).click();
  await expect(page.getByText("Give it a label")).toBeVisible();
  await expectFitEverywhere(page, "a key with errors");

  await page.goto("/issue");
  await compose(page, { permissions: ["allow_join", "ask_join"], expiresIn: "2d", roomId: "x".repeat(129), roles: [] });
  await expectFitEverywhere(page, "issue with errors");
  await compose(page, {
    permissions: ["allow_join", "allow_mod"],
    expiresIn: "2h",
    roomId: longest.room,
    participantId: longest.participant,
    purpose: longest.emoji,
  });
  await issue(page);
  await expect(issuedToken(page)).toBeVisible();
  await expectFitEverywhere(page, "an issued token");

  await page.goto("/audit");
  await openAccount(page);
  await expectFitEverywhere(page, "the account menu");
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Shortcuts" })).toBeVisible();
  await expectFitEverywhere(page, "the shortcuts");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Find or go to" });
  await palette.getByRole("combobox").fill(longest.label.slice(0, 10));
  await expect(palette.getByRole("option").first()).toContainText(longest.label);
  await expectFitEverywhere(page, "the palette");
  await page.keyboard.press("Escape");
  for (const button of ["Filter", "Export"]) {
    await page.getByRole("button", { name: button }).first().click();
    await expectFitEverywhere(page, button);
    await page.keyboard.press("Escape");
  }
});

test("nor where one is signed out", async ({ open, desk }) => {
  const admin = await open("admin", "/team");
  change(desk.database, "UPDATE Member SET name = ? WHERE role = 'admin'", longest.name);
  await admin.goto("/team");
  const invitation = await invite(admin, longest.participant);
  await admin.goto("/team");
  await admin.getByRole("link", { name: people.issuer.name }).first().click();
  await admin.getByRole("button", { name: "Reset link" }).click();
  await admin.getByRole("button", { name: "Make reset link" }).click();
  const reset = new URL((await admin.getByTestId("reset-link").textContent()) ?? "");
  const door = await open("nobody", "/sign-in");
  await door.getByRole("button", { name: "Sign in" }).click();
  await expect(door.getByText("Enter your password.")).toBeVisible();
  await expectFitEverywhere(door, "sign in with errors");
  for (const path of [invitation, reset.href, "/join?code=no", "/reset?code=no"]) {
    await door.goto(path);
    await expect(door.getByRole("heading", { level: 1 })).toBeVisible();
    await expectFitEverywhere(door, new URL(path, reset).pathname);
  }
  await door.goto("/sign-in");
  await signIn(door, people.issuer);
  const page = await door.context().newPage();
  await page.goto("/issue");
  await signOut(door);
  await expect(page.getByText(/^(You signed out in another tab|Your session has ended)\.$/)).toBeVisible();
  await expectFitEverywhere(page, "a page that was signed out elsewhere");
});
