/** Composing a token: what the page shows live, what it refuses or questions, and what it says of a lifetime. */
import type { Page } from "@playwright/test";
import { decodeJwt } from "jose";
import { expectAccessible } from "./stage/accessible";
import { ledger } from "./stage/database";
import { expect, test } from "./stage/fixtures";
import { compose, issue, issueButton, issuedToken, messagesOf, preview, unfold } from "./stage/issue-form";
import { people } from "./stage/people";

const claim = (page: Page, name: string) => preview(page).locator(`[data-path="payload.${name}"]`);

test("a template fills the form in, is kept in the ledger, and is let go by a change", async ({ open, desk }) => {
  const page = await open("issuer", "/issue");
  const template = (name: string) => page.getByRole("button", { name, exact: true });
  const pressed = page.getByRole("group", { name: "Template" }).locator('[aria-pressed="true"]');
  await compose(page, { roomId: "2kyv-gzay-64pg", purpose: "Kept" });
  await expect(pressed).toHaveText(/^Participant/);
  await template("Guest").click();
  await expect(pressed).toHaveText(/^Guest\s*1 h\s*Asks to be let in$/);
  await expect(claim(page, "permissions")).toContainText('["ask_join"]');
  await expect(claim(page, "roles")).toContainText('["rtc"]');
  await expect(claim(page, "roomId")).toContainText("2kyv-gzay-64pg");
  await expect(page.getByLabel("Expires in")).toHaveValue("1h");
  const token = await issue(page);
  expect(ledger(desk.database).at(-1)).toMatchObject({ templateId: "guest", templateName: "Guest", purpose: "Kept" });

  await compose(page, { expiresIn: "3h" });
  await expect(pressed).toHaveCount(0);
  await issue(page);
  expect(ledger(desk.database).at(-1)).toMatchObject({ templateId: null, templateName: null });

  await page.goto("/decode");
  await page.getByLabel("Token", { exact: true }).fill(token);
  const found = page.locator('[data-layer="Ledger"]');
  await expect(found.getByText("Guest", { exact: true })).toBeVisible();
  await found.getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${people.issuer.name} issued a token: Guest`);
});

test("a lifetime that cannot be read is one error, and a bare number says what it counts", async ({ open }) => {
  const page = await open("issuer", "/issue");
  await compose(page, { expiresIn: "2 fortnights" });
  await expect(page.getByText("is not a unit")).toBeVisible();
  await expect(page.getByText(/milliseconds/)).toHaveCount(0);
  await expect(preview(page)).not.toContainText("expired");
  await expect(claim(page, "exp")).toHaveCount(0);
  await compose(page, { expiresIn: "120" });
  await expect(
    page.getByText('120 counts seconds here; to jsonwebtoken, "120" in quotes is milliseconds.'),
  ).toBeVisible();
  await expect(claim(page, "exp")).toBeVisible();
  await compose(page, { expiresIn: "120s" });
  await expect(page.getByText(/milliseconds/)).toHaveCount(0);
});

test("the payload and the sentence follow what is typed, and are what is signed", async ({ open, desk }) => {
  const page = await open("issuer", "/issue");
  await compose(page, { expiresIn: "90", roles: [] });
  await expect(claim(page, "apikey")).toContainText(desk.key.apiKey);
  await expect(claim(page, "version")).toHaveCount(0);
  await expect(claim(page, "roomId")).toHaveCount(0);
  await expect(claim(page, "permissions")).toContainText('["allow_join"]');
  await expect(preview(page)).toContainText("may join any room directly");

  await compose(page, { roomId: "2kyv-gzay-64pg" });
  await expect(claim(page, "version")).toContainText("2");
  await expect(claim(page, "version")).toContainText(/for .*(claims|Id)/);
  await compose(page, { roomId: "", roles: ["crawler"] });
  await expect(claim(page, "version")).toBeVisible();
  await compose(page, { roles: [], participantId: "lxvdplwt" });
  await expect(claim(page, "version")).toBeVisible();
  await compose(page, { participantId: "" });
  await expect(claim(page, "version")).toHaveCount(0);

  await compose(page, {
    permissions: ["allow_join", "allow_mod"],
    roomId: "2kyv-gzay-64pg",
    participantId: "lxvdplwt",
    roles: ["rtc"],
    expiresIn: "2h",
  });
  await expect(preview(page)).toContainText(
    "Whoever holds this token may join room 2kyv-gzay-64pg directly, admit those who ask, and toggle other participants' webcam and microphone, as participant lxvdplwt, until",
  );
  await expect(preview(page)).toContainText("It cannot call the REST API.");
  const jti = /[0-9a-f-]{36}/.exec((await claim(page, "jti").textContent()) ?? "")?.[0];

  const now = Math.floor(Date.now() / 1000);
  const token = await issue(page);
  const { iat = 0, ...claims } = decodeJwt(token);
  expect(claims).toEqual({
    apikey: desk.key.apiKey,
    permissions: ["allow_join", "allow_mod"],
    version: 2,
    roomId: "2kyv-gzay-64pg",
    participantId: "lxvdplwt",
    roles: ["rtc"],
    exp: iat + 7200,
    jti,
  });
  expect(iat - now).toBeLessThan(30);
  expect(iat).toBeGreaterThanOrEqual(now);
  expect(Buffer.from(token.split(".")[0] ?? "", "base64url").toString()).toBe('{"alg":"HS256","typ":"JWT"}');
  await expect(issuedToken(page)).toContainText("as participant lxvdplwt");
  await unfold(page);
  await expect(claim(page, "jti")).not.toContainText(jti ?? "");
});

test("a later start and custom claims are signed as they are typed; what is wrong with them stands beside them, with its place", async ({
  open,
  desk,
}) => {
  const page = await open("issuer", "/issue");
  await compose(page, { purpose: "Tomorrow" });
  await page.getByText("a later start, custom claims").click();
  const custom = page.getByLabel("Custom claims");
  await custom.fill('{\n  "team": "red",\n  "exp": 1\n}');
  await expect(messagesOf(page, "customClaims").error).toContainText("Line 3, column 3: exp is a registered claim");
  await custom.fill('{"seats": 12345678901234567890}');
  await expect(messagesOf(page, "customClaims").error).toContainText("Line 1, column 11");
  await issueButton(page).click();
  await expect(custom).toBeFocused();
  await custom.fill("");
  await expect(custom).toBeVisible();
  await custom.fill('{"team": "red", "seats": 12, "fee": "$5"}');
  await expect(claim(page, "team")).toContainText('"red"');
  await page.getByLabel("Starts").fill("2020-01-01T09:00");
  await expect(messagesOf(page, "startsAt").error).toContainText("This has passed");
  const start = new Date(Date.now() + 86_400_000);
  // The page's clock is the zone of the browser's.
  const wall = await page.evaluate((at) => {
    const date = new Date(at);
    const two = (value: number) => String(value).padStart(2, "0");
    return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
  }, start.getTime());
  await page.getByLabel("Starts").fill(wall);
  await expect(claim(page, "nbf")).toBeVisible();
  await expectAccessible(page, "a form with custom claims");
  // It survives a reload like the rest.
  await page.reload();
  await expect(custom).toHaveValue('{"team": "red", "seats": 12, "fee": "$5"}');
  const token = await issue(page);
  // It waits: nothing says that it is active.
  await expect(page.locator(".ticket-stub")).toContainText(/Starts in2[34]/);
  await expect(page.locator(".ticket-stub")).toContainText("2 h in all");
  const claims = decodeJwt(token);
  const nbf = Math.floor(start.getTime() / 60_000) * 60;
  expect(claims).toMatchObject({ team: "red", seats: 12, fee: "$5", nbf, exp: nbf + 7_200 });
  expect(ledger(desk.database).at(-1)).toMatchObject({ ttlSeconds: Number(claims.exp) - Number(claims.iat) });
  await page.goto("/audit");
  const state = page.locator(".audit-state").filter({ hasText: "starts in" });
  await expect(state).toHaveText("starts in 23 h");
  // Nothing of it is cut off.
  const cutOff = () => state.evaluate((cell) => cell.scrollWidth - cell.clientWidth);
  expect(await cutOff()).toBe(0);
  // Nor would it be of the longest.
  await state.evaluate((cell) => cell.querySelector("span")?.lastChild?.replaceWith("59 min"));
  expect(await cutOff()).toBe(0);
  await page.goto("/decode");
  await page.getByLabel("Token", { exact: true }).fill(token);
  await expect(page.locator('[data-layer="Time"]')).toContainText("not valid before");
});

test("a start of which only the day is typed is refused, and not taken for now", async ({ open, desk }) => {
  // The next 12th of December, which is written alike in every country; in the zone of the browser.
  const inYear = (year: number) => Date.parse(`${year}-12-12T09:30+05:30`);
  const thisYear = new Date().getFullYear();
  const year = inYear(thisYear) > Date.now() + 3_600_000 ? thisYear : thisYear + 1;
  const page = await open("issuer", "/issue");
  await compose(page, { purpose: "On that day" });
  await page.getByText("a later start, custom claims").click();
  const starts = page.getByLabel("Starts");
  const { error } = messagesOf(page, "startsAt");
  const before = ledger(desk.database).length;
  await starts.focus();
  await page.keyboard.type(`1212${year}`);
  await page.keyboard.press("Control+Enter");
  await expect(error).toHaveText("This is no date and time. Choose one, or leave it empty.");
  await expect(starts).toBeFocused();
  // What the field does not show any more after a reload is not held against it.
  await page.reload();
  await expect(issueButton(page)).toBeEnabled();
  await expect(starts).toBeVisible();
  await expect(error).toHaveText("");
  await starts.focus();
  await page.keyboard.type(`1212${year}`);
  await issueButton(page).click();
  await expect(error).toHaveText("This is no date and time. Choose one, or leave it empty.");
  await expect(starts).toBeFocused();
  expect(ledger(desk.database)).toHaveLength(before);
  for (const _ of ["hour", "year", "day", "month"]) {
    await page.keyboard.press("Delete");
    await page.keyboard.press("ArrowLeft");
  }
  await expect(error).toHaveText("");
  await starts.blur();
  await starts.focus();
  // A year has four digits: what is typed next is the hour.
  await page.keyboard.type(`1212${year}0930A`);
  await expect(starts).toHaveValue(`${year}-12-12T09:30`);
  expect(decodeJwt(await issue(page))).toMatchObject({ nbf: inYear(year) / 1000 });
});
