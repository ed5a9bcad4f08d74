/** One's own account: what an open tab says once its session has ended; one's name, password, sessions and tokens; and the ways back in. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expectAccessible } from "../stage/accessible";
import { change, events, rows } from "../stage/database";
import { expect, test } from "../stage/fixtures";
import { compose, issue } from "../stage/issue-form";
import { accountButton, openAccount, people, type Role, signIn, tryToSignIn } from "../stage/people";
import { ROOT, TSX } from "../stage/server";
import { holdAction } from "../stage/server-action";

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
  watch,
}) => {
  const page = await open("issuer", "/issue");
  await page.clock.install();
  await page.goto("/issue");
  await compose(page, { purpose: "typed before the end" });
  // What asks comes later than the page: here it fails to, as while the server is started anew, and is asked for again.
  watch.allow(/ERR_FAILED .*\/chunks\//, "code that does not come");
  await page.route("**/_next/static/chunks/**", (route) => route.abort());
  let failures = 0;
  page.on("requestfailed", () => {
    failures += 1;
  });
  // Next tries a few times by itself before it gives up.
  await expect(async () => {
    await page.clock.runFor(5_000);
    expect(failures).toBeGreaterThan(10);
  }).toPass();
  await page.unrouteAll();
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

  // Also over an open dialog, beside which nothing can be seen on a phone, or pressed anywhere.
  await page.setViewportSize({ width: 360, height: 740 });
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog")).toBeVisible();
  set("endedAt", Date.now());
  await page.clock.runFor(10_000);
  await page.getByRole("link", { name: "Sign in in a new tab" }).click({ trial: true });
  await expect(page.getByRole("dialog").getByRole("alert")).toContainText("Your session has ended.");
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "Sign in in a new tab" }).click({ trial: true });
  set("endedAt", null);
  const shownAnew = page.waitForResponse((response) => response.request().headers().rsc === "1");
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await expect(bar(page)).toHaveCount(0);
  await shownAnew;

  // Asking is nothing done; going on is.
  const long = Date.now() - 118 * MINUTE_MS;
  set("lastSeenAt", long);
  await page.clock.runFor(10_000);
  await expect(bar(page)).toContainText("This session ends within 3 minutes, since nothing was done in it for long.");
  expect(seen()).toBe(long);
  await page.getByLabel("Purpose").focus();
  await page.getByRole("button", { name: "Stay signed in" }).click();
  await expect(bar(page)).toHaveCount(0);
  await expect(page.getByLabel("Purpose")).toBeFocused();
  await expect.poll(seen).toBeGreaterThan(long);
  set("expiresAt", Date.now() + 2 * MINUTE_MS);
  await page.clock.runFor(10_000);
  await expect(bar(page)).toContainText("This session ends within 3 minutes, however busy it is.");
  set("expiresAt", expiresAt);
  await expect(page.getByLabel("Purpose")).toHaveValue("typed before the end");
});

const own = (page: Page) => page.getByRole("main");

test("2. one changes one's name and password, and ends one's other sessions, in every role", async ({ open, desk }) => {
  const { email, password } = people.support;
  const next = "seven marble kites asleep";
  const other = await open("nobody", "/sign-in", {
    userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
  });
  await signIn(other, people.support);
  const page = await open("nobody", "/sign-in");
  await signIn(page, people.support);
  const cookie = async () => (await page.context().cookies()).find(({ name }) => name === "claimcheck")?.value;
  await openAccount(page);
  await page.getByRole("link", { name: /^Me/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Me");
  await expect(own(page)).not.toContainText("Issued by you");
  const sessions = page.getByRole("table", { name: "Your sessions" });
  await expect(sessions.getByRole("row").nth(1)).toContainText("this one");
  await expect(sessions).toContainText("127.0.0.1");
  await expectAccessible(page, "me");

  await page.getByLabel("Name", { exact: true }).fill("Sam Okoro");
  await page.getByRole("button", { name: "Save name" }).press("Enter");
  await expect(page.getByText("Saved.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Save name" })).toBeFocused();
  await expect(page.locator(".account-button")).toContainText("Sam Okoro");
  expect(events(desk.database, "member.changed").at(-1)?.detail).toBe(
    '{"changed":{"name":["Sam Whitfield","Sam Okoro"]}}',
  );

  await sessions
    .getByRole("row")
    .filter({ hasText: "Firefox 145 on Linux" })
    .getByRole("button", { name: "End" })
    .click();
  // Which one, where several are of one device.
  await expect(page.getByRole("dialog")).toContainText("It began at 127.0.0.1, ");
  await page.getByRole("button", { name: "End session" }).click();
  await expect(sessions).not.toContainText("Firefox 145");
  // Its row is gone: the keyboard goes on with the one in its place, or, if it was the last, at the heading above.
  await expect(own(page).locator("tr:focus, h2:focus")).toHaveCount(1);
  await expect(page.getByTestId("announced")).toHaveText("The session in Firefox 145 on Linux has ended.");
  await other.goto("/decode");
  await expect(other).toHaveURL(/\/sign-in/);
  await signIn(other, people.support);

  const before = await cookie();
  await page.getByLabel("Current password").fill("a wrong guess");
  await page.getByLabel("New password").fill(next);
  // An answer that comes while one types into another field takes that field away from nobody.
  const release = await holdAction(page);
  await page.getByRole("button", { name: "Change password" }).click();
  const name = page.getByLabel("Name", { exact: true });
  const named = await name.inputValue();
  await name.press("End");
  await page.keyboard.type(" the ");
  release();
  await expect(page.getByText("This is not your password.")).toBeVisible();
  await page.keyboard.type("2nd");
  await expect(name).toHaveValue(`${named} the 2nd`);
  await name.fill(named);
  // To whoever waits for it, the field that is to be mended.
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByLabel("Current password")).toBeFocused();
  await expect(page.getByLabel("New password")).toHaveValue(next);
  await page.getByLabel("Current password").fill(password);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(own(page)).toContainText(/Your password is changed\. (\d+ other sessions|1 other session) ended\./);
  await expect(sessions.getByRole("row")).toHaveCount(2);
  expect(await cookie()).not.toBe(before);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Me");
  await other.goto("/decode");
  await tryToSignIn(other, people.support);
  await expect(other.getByText("Email or password is wrong.")).toBeVisible();
  await tryToSignIn(other, { email, password: next });
  await expect(accountButton(other)).toBeVisible();

  const issuer = await open("issuer", "/issue");
  await issuer.goto("/me");
  // Of none there is nothing to see.
  await expect(own(issuer)).toContainText("0 tokens, of which 0 not expired.");
  await expect(own(issuer).getByRole("link", { name: /^0/ })).toHaveCount(0);
  await issuer.goto("/issue");
  await issue(issuer);
  await issuer.goto("/me");
  await own(issuer)
    .getByRole("link", { name: /not expired$/ })
    .click();
  await expect(issuer).toHaveURL(/\/audit\?tokens=1&active=1&member=me$/);
});

test("2b. of many sessions the first few stand, and name and password below them; the others are one click away", async ({
  open,
  desk,
}) => {
  const [member] = rows<{ id: string }>(desk.database, "SELECT id FROM Member WHERE email = ?", people.auditor.email);
  for (let index = 1; index <= 11; index++)
    change(
      desk.database,
      `INSERT INTO Session (id, memberId, createdAt, expiresAt, lastSeenAt, address, userAgent)
       SELECT 'many ' || ?, memberId, createdAt, expiresAt, lastSeenAt - ? * ${MINUTE_MS}, address, ''
       FROM Session WHERE memberId = ? AND endedAt IS NULL AND id NOT LIKE 'many %' LIMIT 1`,
      ...[index, index, member?.id ?? ""],
    );
  const page = await open("auditor", "/me");
  const sessions = page.getByRole("table", { name: "Your sessions" }).locator("tbody tr");
  await expect(sessions).toHaveCount(4);
  await sessions.nth(1).getByRole("button", { name: "End" }).click();
  await expect(page.getByRole("heading", { name: "End the session in a program without a name?" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "Show all 12" }).click();
  await expect(sessions).toHaveCount(12);
  await page.getByRole("button", { name: "End all others…" }).click();
  await page.getByRole("button", { name: "End 11 sessions" }).click();
  await expect(sessions).toHaveCount(1);
});

test("3. a reset link, from an admin or the server's shell, opens once and signs in with a new password; the last one alone", async ({
  open,
  desk,
}) => {
  const { email, name } = people.auditor;
  const admin = await open("admin", "/team");
  await admin
    .getByRole("link", { name: new RegExp(name) })
    .first()
    .click();
  await admin.getByRole("button", { name: "Reset link" }).click();
  await admin.getByRole("button", { name: "Make reset link" }).click();
  await expect(admin.getByTestId("reset-link")).toContainText("/reset?code=");
  await expectAccessible(admin, "a reset link that was made");
  const first = new URL(String(await admin.getByTestId("reset-link").textContent()));

  const tab = await open("auditor", "/keys");
  const { status, stdout } = spawnSync(
    process.execPath,
    ["--import", TSX, join(ROOT, "prisma/member.ts"), "reset", email],
    {
      cwd: desk.folder,
      // Next's types ask for NODE_ENV, which a process may do without.
      env: { PATH: process.env.PATH, TSX_TSCONFIG_PATH: join(ROOT, "tsconfig.json") } as unknown as NodeJS.ProcessEnv,
      encoding: "utf8",
    },
  );
  expect(status).toBe(0);
  const path = /\/reset\?code=[\w-]+/.exec(stdout)?.[0] ?? "";
  const page = await open("nobody", path);
  await expect(own(page)).toContainText(`For ${name}.`);
  await expect(page).toHaveURL(/\/reset$/);
  await page.reload();
  await expect(own(page)).toContainText(`For ${name}.`);
  await expect(page).toHaveURL(/\/reset$/);
  await expectAccessible(page, "a reset link");
  await page.getByLabel("New password").fill("Ada Okafor 2026");
  await page.getByRole("button", { name: "Set password and sign in" }).click();
  await expect(page.getByText(/easy to guess/)).toBeVisible();
  const late = await open("nobody", path);
  await late.getByLabel("New password").fill("violet moons over thin granite");
  await page.getByLabel("New password").fill("granite kites under thin moons");
  await page.getByRole("button", { name: "Set password and sign in" }).click();
  await expect(accountButton(page)).toBeVisible();
  // Who comes late with the same link is told, and told again, whatever they do.
  await late.getByRole("button", { name: "Set password and sign in" }).click();
  for (let times = 1; times <= 2; times++) {
    await expect(own(late)).toContainText("This reset link has been used: the new password is set.");
    await expect(late.getByRole("link", { name: "Sign in" })).toBeVisible();
    await late.reload();
  }
  await tab.reload();
  await expect(tab).toHaveURL(/\/sign-in/);
  const again = await open("nobody", first.pathname + first.search);
  await expect(own(again)).toContainText(
    "another took its place, or whoever made it may not any more. Ask an admin of this desk for a new one, or whoever runs the server.",
  );
  // Whoever remembers the password after all.
  await expect(again.getByRole("link", { name: "Sign in" })).toHaveAttribute("href", "/sign-in");
  await again.goto("/reset?code=wrong");
  await expect(own(again)).toContainText("Ask an admin of this desk for a new one, or whoever runs the server.");
  await expect(again.getByRole("link", { name: "Sign in" })).toBeVisible();
  await again.goto(path);
  await expect(own(again)).toContainText("This reset link has been used");
  await expectAccessible(again, "a reset link that was used");
  const used = events(desk.database, "member.password_changed").at(-1);
  expect(events(desk.database, "member.reset").map(({ actorName }) => actorName)).toEqual([
    people.admin.name,
    "Claimcheck itself",
  ]);
  expect([used?.actorName, used?.detail]).toEqual([name, '{"by":"a reset link"}']);
});
