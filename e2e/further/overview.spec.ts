/** The overview: what a new desk does next, what needs attention, and numbers that lead to exactly what they count. */
import type { Page } from "@playwright/test";
import { expectAccessible } from "../stage/accessible";
import { change, changeBooks, ledger } from "../stage/database";
import { tokenField } from "../stage/decoder";
import { expect, test } from "../stage/fixtures";
import { issue, issueButton } from "../stage/issue-form";
import { claimsOf, makeToken } from "../stage/make-token";
import { people } from "../stage/people";
import { openKey } from "../stage/signing-keys";

const attention = (page: Page) => page.getByRole("region", { name: "Needs attention" });

/** How many rows the audit log shows there. */
async function rowsAt(page: Page, href: string): Promise<number> {
  const tab = await page.context().newPage();
  await tab.goto(href);
  const table = tab.getByRole("table", { name: "Audit events" });
  await expect(table.or(tab.getByText(/^Nothing|^No event|matches/)).first()).toBeVisible();
  const rows = await table.locator("tbody tr").count();
  await tab.close();
  return rows;
}

/** The number that a link tells, and the rows it leads to, are the same. */
async function expectCounted(page: Page, link: ReturnType<Page["getByRole"]>, count: number): Promise<void> {
  await expect(link).toContainText(String(count));
  expect(await rowsAt(page, (await link.getAttribute("href")) ?? "")).toBe(count);
}

/** The overview, once the server knows this browser's zone: signing in left that of another one. */
async function openInOwnZone(page: Page): Promise<void> {
  const known = () =>
    page.evaluate(() => {
      const own = `zone=${Intl.DateTimeFormat().resolvedOptions().timeZone}`;
      return decodeURIComponent(document.cookie).toLowerCase().includes(own.toLowerCase());
    });
  await expect.poll(known).toBe(true);
  await page.goto("/");
}

test("1. a new desk shows three steps, and the next one is primary", async ({ open, desk }) => {
  const page = await open("admin", "/");
  const steps = page.getByRole("main").getByRole("list").getByRole("listitem");
  await expect(steps).toHaveCount(3);
  await expect(steps.nth(0)).toContainText("done");
  await expect(page.locator("[aria-current=step]")).toContainText("Issue a token");
  await expect(page.getByRole("main").getByRole("link", { name: "Issue a token" })).toBeVisible();
  await expect(page.getByRole("main").getByRole("link", { name: "Add a key" })).toHaveCount(0);
  await expectAccessible(page, "overview of a new desk");
  const auditor = await open("auditor", "/");
  await expect(auditor.getByRole("main").getByRole("link", { name: "Issue a token" })).toHaveCount(0);
  await expect(auditor.getByRole("main").getByRole("link", { name: "Decode a token" })).toBeVisible();
  expect(ledger(desk.database)).toEqual([]);
});

test("2. every number leads to exactly what it counts", async ({ open, desk }) => {
  const page = await open("issuer", "/issue");
  await issue(page, { expiresIn: "2h", roles: ["rtc"], purpose: "soon over" });
  await issue(page, { expiresIn: "30m", roles: ["rtc"], purpose: "sooner" });
  await issue(page, { expiresIn: "2d", roles: ["rtc"], purpose: "in two days" });
  const admin = await open("admin", "/issue");
  await issue(admin, { expiresIn: "30d", roles: ["rtc"], purpose: "in a month" });
  await issue(admin, { expiresIn: "1h", roles: ["rtc"], purpose: "over" });
  changeBooks(desk.database, "UPDATE IssuedToken SET expiresAt = 1577836800000 WHERE purpose = 'over'");
  // VideoSDK does not know that mark, and accepts the token.
  change(desk.database, "UPDATE IssuedToken SET revokedAt = ? WHERE purpose = 'soon over'", Date.now());

  await admin.goto("/");
  const main = admin.getByRole("main");
  await expect(attention(admin)).toContainText("Nothing needs attention.");
  await expectCounted(admin, main.getByRole("link", { name: "4 tokens not expired" }), 4);
  await expectCounted(admin, main.getByRole("link", { name: "2 end within 24 h" }), 2);
  await expectCounted(admin, main.getByRole("link", { name: "5 issued today" }), 5);
  await expectCounted(admin, main.getByRole("link", { name: "5 tokens", exact: true }), 5);
  await expectCounted(admin, main.getByRole("link", { name: /^All 5$/ }), 5);
  const part = (name: string) => admin.getByRole("region", { name });
  await expectCounted(admin, part("Issued per day").getByRole("link", { name: /^Staging/ }), 5);
  await expectCounted(admin, part("Not expired, by key").getByRole("link", { name: /^Staging/ }), 4);
  await expectCounted(admin, part("Not expired, by person").getByRole("link", { name: people.issuer.name }), 3);
  await expectCounted(admin, part("Not expired, by person").getByRole("link", { name: people.admin.name }), 1);
  for (const [words, count] of [
    ["within 1 h", 1],
    ["1 to 24 h", 1],
    ["1 to 7 days", 1],
    ["later", 1],
  ] as const)
    await expectCounted(admin, part("When they end").getByRole("link", { name: words }), count);

  // Four keys that issued more, so that this desk's own is among the others.
  const busier = ["one", "two", "three", "four"];
  const quarter = Math.floor(Date.now() / 900_000);
  for (const key of busier)
    change(desk.database, "INSERT INTO IssuedPerQuarter (keyId, quarter, tokens) VALUES (?, ?, 6)", key, quarter);
  await admin.reload();
  await expectCounted(admin, part("Issued per day").getByRole("link", { name: /^others/ }), 5);
  const bars = part("Issued per day").locator("figure a[tabindex='-1']").filter({ hasText: "others" });
  expect(await rowsAt(admin, (await bars.getAttribute("href")) ?? "")).toBe(5);
  change(desk.database, "DELETE FROM IssuedPerQuarter WHERE keyId IN ('one', 'two', 'three', 'four')");
});

test("3. the chart is drawn without a script: each bar leads to its day, and a table tells the same by keyboard", async ({
  open,
}) => {
  const page = await open("admin", "/keys");
  await openInOwnZone(page);
  const chart = page.getByRole("region", { name: "Issued per day" });
  const bars = chart.locator("figure a[tabindex='-1']");
  await expect(bars).toHaveCount(1);
  const href = (await bars.getAttribute("href")) ?? "";
  expect(await rowsAt(page, href)).toBe(5);
  await expect(bars.locator("title")).toHaveText(/: 5 Staging$/);
  expect(await chart.locator("[style]").count()).toBe(0);
  await chart.getByText("As a table").click();
  const table = chart.getByRole("table", { name: "Tokens issued per day" });
  await expect(table.locator("tbody tr")).toHaveCount(1);
  await expect(table.locator("tbody td").first()).toHaveText("5");
  await table.getByRole("link").click();
  await expect(page).toHaveURL(/\/audit\?tokens=1&from=\d{4}-\d\d-\d\d&to=\d{4}-\d\d-\d\d$/);
});

test("4. days begin where the reader's do", async ({ open, desk }) => {
  // A quarter to midnight in UTC yesterday is today in Tokyo.
  const now = Date.now();
  const midnight = now - (now % 86_400_000);
  change(desk.database, `UPDATE IssuedPerQuarter SET quarter = ${midnight / 900_000 - 1}`);
  const told = async (timezoneId: string) => {
    const page = await open("admin", "/keys", { timezoneId });
    await openInOwnZone(page);
    return page.getByRole("main").getByRole("link", { name: /issued today$/ });
  };
  await expect(await told("UTC")).toHaveText("0 issued today");
  await expect(await told("Asia/Tokyo")).toHaveText(
    new Date().getUTCHours() < 15 ? "5 issued today" : "0 issued today",
  );
});

test("5. a latest token can be issued again from its row, by who may issue", async ({ open }) => {
  const page = await open("issuer", "/");
  const latest = page.getByRole("table", { name: "Latest tokens" });
  await expect(latest.locator("tbody tr")).toHaveCount(5);
  await expect(latest.locator("tbody tr").first()).toContainText("over");
  await latest.getByRole("link", { name: "Again No. 3" }).click();
  await expect(page).toHaveURL(/\/issue\?from=3$/);
  await expect(issueButton(page)).toBeEnabled();
  const auditor = await open("auditor", "/");
  await expect(auditor.getByRole("table", { name: "Latest tokens" }).locator("tbody tr")).toHaveCount(5);
  await expect(auditor.getByRole("link", { name: /^Again/ })).toHaveCount(0);
});

test("6. what needs attention comes first: a case in red, then what lives long, then what goes on although it is disabled here", async ({
  open,
  desk,
}) => {
  changeBooks(desk.database, "UPDATE IssuedToken SET expiresAt = 1577836800000");
  const page = await open("admin", "/issue");
  await issue(page, { expiresIn: "2h", roles: ["rtc"], purpose: "near" });
  await page.goto("/decode");
  const elsewhere = () => makeToken(claimsOf(desk.key.apiKey, { jti: crypto.randomUUID() }), desk.key.secret);
  await tokenField(page).fill(elsewhere());
  await expect(page.getByRole("region", { name: "Verdict" })).toContainText("not issued here");
  await page.goto("/");
  await expect(attention(page).getByRole("listitem")).toHaveCount(1);
  await expect(attention(page)).toContainText("Nobody has said whether something else signs with Staging.");
  // Who cannot answer is not asked to.
  const auditor = await open("auditor", "/");
  const looks = attention(auditor).getByRole("link", { name: "See the key" });
  await expect(looks).toHaveAttribute("href", /^\/keys\/.+#policy$/);
  await expect(attention(auditor).getByRole("link", { name: "Answer" })).toHaveCount(0);
  await attention(page).getByRole("link", { name: "Answer" }).click();
  await page.getByRole("button", { name: "No, only this desk" }).click();
  await expect(page.getByRole("button", { name: "No, only this desk" })).toHaveAttribute("aria-pressed", "true");

  await page.goto("/decode");
  await tokenField(page).fill(elsewhere());
  await expect(page.getByRole("region", { name: "Verdict" })).toContainText("not issued here");
  await page.goto("/issue");
  await issue(page, { expiresIn: "30d", roles: ["crawler"], purpose: "far" });
  change(desk.database, "UPDATE IssuedToken SET revokedAt = ? WHERE purpose = 'near'", Date.now());
  await openKey(page, "Staging");
  await page.getByRole("button", { name: "Disable… Staging" }).click();
  // The revoked one too.
  await expect(page.getByRole("dialog")).toContainText("The 2 active tokens of its current secret go on working");
  await page.getByRole("button", { name: "Disable key" }).click();
  await expect(page.getByRole("main").getByText("disabled", { exact: true })).toBeVisible();

  await page.goto("/");
  const rows = attention(page).getByRole("listitem");
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(0)).toContainText("A token was signed elsewhere with Staging.");
  await expect(rows.nth(1)).toContainText("A token may call the REST API for more than a week from now.");
  await expect(rows.nth(2)).toContainText("Staging is disabled here, but 2 of its tokens have not expired.");
  await expectAccessible(page, "overview with what needs attention");
  expect(
    await rowsAt(page, (await rows.nth(1).getByRole("link", { name: "A token" }).getAttribute("href")) ?? ""),
  ).toBe(1);
  await expectCounted(page, rows.nth(2).getByRole("link", { name: "2 of its tokens" }), 2);
  await expect(rows.nth(0).getByRole("link", { name: "A token" })).toHaveAttribute("href", "/cases/1");
  const paper = (await page.pdf({ format: "A4" })).toString("latin1");
  expect(paper.match(/\/Type\s*\/Page\b/g)?.length, "sheets of the overview").toBeLessThanOrEqual(2);
  expect(paper).not.toMatch(/\/MediaBox\s*\[0 0 84/);
  await rows.nth(0).getByRole("link", { name: "Open case 1" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Case 1");
});
