/** The audit log page by page. */
import type { Page } from "@playwright/test";
import { bodyRows, shown } from "../stage/audit";
import { events } from "../stage/database";
import { expect, test } from "../stage/fixtures";
import { compose, issue, issueButton, issuedToken } from "../stage/issue-form";
import { catchAction, send } from "../stage/server-action";

/** Issues tokens as many as that by the action, and one by the form. */
async function issueMany(page: Page, cookie: string, count: number): Promise<void> {
  await compose(page, { roomId: "room-of-many", purpose: "One of many" });
  const action = await catchAction(page, () => issueButton(page).click());
  await expect(issuedToken(page)).toBeVisible();
  const [form] = action.arguments as [Record<string, unknown>];
  const one = () => send(action, { cookie, body: [{ ...form, jti: crypto.randomUUID() }] });
  const answers = await Promise.all(Array.from({ length: count - 1 }, one));
  expect(answers.filter(({ result }) => !result?.ok)).toEqual([]);
}

test("pages lead through more than a hundred events both ways, each once, also while new ones come", async ({
  open,
  desk,
}) => {
  const issuing = await open("issuer", "/issue");
  const cookie = desk.cookieOf("issuer");
  await issueMany(issuing, cookie, 120);
  const page = await open("auditor", "/audit");
  const expected = events(desk.database)
    .map(({ sequence }) => sequence)
    .reverse();
  expect(expected.length).toBeGreaterThan(120);
  const seen: number[] = [];
  const pages: number[][] = [];
  for (;;) {
    await expect(bodyRows(page).first()).toBeVisible();
    const numbers = await shown(page);
    seen.push(...numbers);
    pages.push(numbers);
    const older = page.getByRole("link", { name: "Older" });
    if ((await older.count()) === 0) break;
    if (pages.length === 1) await issue(issuing);
    await older.click();
    await page.waitForURL((url) => url.searchParams.get("before") === String(seen.at(-1)));
    await expect.poll(async () => (await shown(page))[0]).not.toBe(numbers[0]);
  }
  expect(seen).toEqual(expected);
  await page.getByRole("link", { name: "Newer" }).click();
  await expect.poll(() => shown(page)).toEqual(pages.at(-2));
  await page.getByRole("link", { name: "Newest" }).click();
  await expect(page).toHaveURL(/\/audit$/);
  await expect(bodyRows(page).first()).toContainText("issued a token");
});

test("whoever goes backwards through a long table by keyboard finds nothing that has the focus under its head", async ({
  open,
  desk,
}) => {
  const issuing = await open("issuer", "/issue");
  await issueMany(issuing, desk.cookieOf("issuer"), 30);
  const page = await open("auditor", "/audit");
  await bodyRows(page).last().getByRole("link").first().focus();
  const seen: number[] = [];
  for (;;) {
    await page.keyboard.press("Shift+Tab");
    const above = await page.evaluate(() => {
      const focused = document.activeElement;
      const head = focused?.closest("tbody") && focused.closest("table")?.querySelector("th");
      return focused && head ? focused.getBoundingClientRect().top - head.getBoundingClientRect().bottom : undefined;
    });
    if (above === undefined) break;
    seen.push(above);
  }
  expect(seen.length).toBeGreaterThan(20);
  expect(Math.min(...seen)).toBeGreaterThanOrEqual(-1);
});
