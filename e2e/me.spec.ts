/** One's own account: what an open tab says once its session has ended; one's name, password, sessions and tokens; and the ways back in. */
import type { Page } from "@playwright/test";
import { change, rows } from "./stage/database";
import { expect, test } from "./stage/fixtures";
import { compose } from "./stage/issue-form";
import { people, type Role } from "./stage/people";

const MINUTE_MS = 60_000;
const bar = (page: Page) => page.locator(".signed-out-bar");

/** The sessions of a member. */
const setSessions = (file: string, role: Role, column: "lastSeenAt" | "endedAt" | "expiresAt", value: number | null) =>
  change(
    file,
    `UPDATE Session SET ${column} = ? WHERE memberId = (SELECT id FROM Member WHERE email = ?)`,
    value,
    people[role].email,
  );

test("1. a tab shows within ten seconds that its session has ended, however it did, and loses nothing typed", async ({
  open,
  desk,
}) => {
  const page = await open("issuer", "/issue");
  await page.clock.install();
  await page.goto("/issue");
  await compose(page, { purpose: "typed before the end" });
  const set = (column: Parameters<typeof setSessions>[2], value: number | null) =>
    setSessions(desk.database, "issuer", column, value);
  const seen = () =>
    rows<{ lastSeenAt: number }>(
      desk.database,
      "SELECT max(lastSeenAt) AS lastSeenAt FROM Session WHERE memberId = (SELECT id FROM Member WHERE email = ?)",
      people.issuer.email,
    )[0]?.lastSeenAt ?? 0;
  const { expiresAt = 0 } =
    rows<{ expiresAt: number }>(desk.database, "SELECT max(expiresAt) AS expiresAt FROM Session")[0] ?? {};
  const disable = (at: number | null) =>
    change(desk.database, "UPDATE Member SET disabledAt = ? WHERE email = ?", at, people.issuer.email);
  const ways: [how: string, end: () => void, undo: () => void][] = [
    ["idle", () => set("lastSeenAt", Date.now() - 121 * MINUTE_MS), () => set("lastSeenAt", Date.now())],
    ["absolute", () => set("expiresAt", Date.now()), () => set("expiresAt", expiresAt)],
    ["disabled", () => disable(Date.now()), () => disable(null)],
    ["ended elsewhere", () => set("endedAt", Date.now()), () => set("endedAt", null)],
  ];
  for (const [how, end, undo] of ways) {
    end();
    await page.clock.runFor(10_000);
    await expect(bar(page), how).toContainText("Your session has ended. What stands here is kept");
    await expect(page.getByLabel("Purpose")).toHaveValue("typed before the end");
    // Somebody signs in in another browser window, and comes back to this one.
    undo();
    const refreshed = page.waitForResponse((response) => response.request().headers().rsc === "1");
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await expect(bar(page), how).toHaveCount(0);
    await refreshed;
  }

  // Asking is nothing done; going on is.
  const long = Date.now() - 118 * MINUTE_MS;
  set("lastSeenAt", long);
  await page.clock.runFor(10_000);
  await expect(bar(page)).toContainText("This session ends within 3 minutes, since nothing was done in it for long.");
  expect(seen()).toBe(long);
  await page.getByRole("button", { name: "Stay signed in" }).click();
  await expect(bar(page)).toHaveCount(0);
  await expect.poll(seen).toBeGreaterThan(long);
  set("expiresAt", Date.now() + 2 * MINUTE_MS);
  await page.clock.runFor(10_000);
  await expect(bar(page)).toContainText("This session ends within 3 minutes, however busy it is.");
  set("expiresAt", expiresAt);
  await expect(page.getByLabel("Purpose")).toHaveValue("typed before the end");
});
