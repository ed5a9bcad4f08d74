/** Signing in, failing to, and being out at once: after a sign-out in another tab, or when disabled. */
import type { Page } from "@playwright/test";
import { change, events } from "./stage/database";
import { expect, test } from "./stage/fixtures";
import { compose, issueButton } from "./stage/issue-form";
import { people, signIn, signOut, tryToSignIn } from "./stage/people";
import { catchAction, send } from "./stage/server-action";

const isOut = (page: Page) => expect(page).toHaveURL(/\/sign-in(\?next=[^&]*)?$/);

test("a wrong password and an unknown email get the same answer, and nothing typed is lost", async ({ open, desk }) => {
  const page = await open("nobody", "/sign-in");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.locator("#email-error")).toHaveText(/Enter an email address/);
  await expect(page.locator("#password-error")).toHaveText("Enter your password.");
  await expect(page.getByLabel("Email")).toBeFocused();

  const alert = page.getByRole("alert").filter({ hasText: "Email or password" });
  const texts: (string | null)[] = [];
  for (const email of [people.admin.email, "nobody@example.com"]) {
    await tryToSignIn(page, { email, password: "not the right password" });
    await expect(alert).toBeVisible();
    texts.push(await alert.textContent());
    await expect(page.getByLabel("Email")).toHaveValue(email);
    await expect(page.getByLabel("Password")).toHaveValue("not the right password");
    await page.reload();
  }
  await page.context().close();
  expect(texts[0]).toContain("Email or password is wrong.");
  expect(texts[1]).toBe(texts[0]);
  // The first was recorded at once, the second waits for the end of its minute, or for the server's.
  const recorded = () => events(desk.database, "auth.sign_in_failed");
  expect(recorded()).toHaveLength(1);
  await desk.server.stop();
  await desk.start();
  const failures = recorded();
  expect(failures.map(({ outcome, detail, actorName }) => [outcome, detail, actorName])).toEqual(
    [people.admin.email, "nobody@example.com"].map((email) => [
      "failed",
      JSON.stringify({ email, reason: "wrong email or password" }),
      "A visitor",
    ]),
  );
});

test("what the server said of the last try goes once a field is wrong", async ({ open }) => {
  const page = await open("nobody", "/sign-in");
  await tryToSignIn(page, { email: "nobody@example.com", password: "not the right password" });
  const alert = page.getByRole("alert").filter({ hasText: "Email or password" });
  await expect(alert).toBeVisible();
  await tryToSignIn(page, { email: "nobody", password: "not the right password" });
  await expect(page.locator("#email-error")).toBeVisible();
  await expect(alert).toBeHidden();
});

test("nothing is said to have failed on the way in or out", async ({ open }) => {
  const page = await open("nobody", "/sign-in");
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    new MutationObserver(() => {
      for (const alert of document.querySelectorAll("[role=alert]"))
        if (alert.textContent) said.push(alert.textContent);
    }).observe(document, { childList: true, subtree: true, characterData: true });
  });
  await signIn(page, people.issuer);
  await signOut(page);
  await isOut(page);
  expect(await page.evaluate(() => (window as unknown as { said: string[] }).said)).toEqual([]);
});

test("successes, failures and sign-outs stand in the audit log", async ({ open, desk }) => {
  // Failures from one address are one event a minute, and those of the stories before are of this minute.
  await desk.server.stop();
  await desk.start();
  const page = await open("nobody", "/sign-in");
  await tryToSignIn(page, { email: people.auditor.email, password: "not the right password" });
  await expect(page.getByText("Email or password is wrong.")).toBeVisible();
  await signIn(page, people.auditor);
  await signOut(page);
  await isOut(page);
  await signIn(page, people.auditor);
  await page.getByRole("link", { name: "Audit" }).click();
  const rows = page.getByRole("table").getByRole("row");
  const who = people.auditor.name;
  await expect(rows.nth(1)).toContainText(`${who}Signed in`);
  await expect(rows.nth(2)).toContainText(`${who}Signed out`);
  await expect(rows.nth(3)).toContainText(`${who}Signed in`);
  await expect(rows.nth(4)).toContainText(people.auditor.email);
  await expect(rows.nth(4)).toContainText(/wrong email or password/i);
  await expect(rows.nth(4)).toContainText("127.0.0.1");
});

test("signing out in one tab ends the other tabs at once, and leaves what they show", async ({ open }) => {
  const first = await open("nobody", "/sign-in");
  await signIn(first, people.issuer);
  const second = await first.context().newPage();
  await second.goto("/issue");
  await compose(second, { purpose: "typed before the sign-out" });
  // A tab that the news does not reach: a page from before, in a browser that has slept.
  const asleep = await first.context().newPage();
  await asleep.addInitScript(() => {
    Object.assign(window, {
      BroadcastChannel: class extends EventTarget {
        postMessage() {}
        close() {}
      },
    });
  });
  await asleep.goto("/issue");
  await compose(asleep, { purpose: "typed before the sign-out" });

  await signOut(first);
  await isOut(first);
  await expect(second.getByText("You signed out in another tab.")).toBeVisible();
  await expect(second.getByLabel("Purpose")).toHaveValue("typed before the sign-out");
  await issueButton(second).click();
  await expect(second.getByRole("alert").filter({ hasText: "You are signed out" })).toBeVisible();

  await issueButton(asleep).click();
  await expect(asleep.getByRole("alert").filter({ hasText: "You are signed out" })).toBeVisible();
  await expect(asleep.getByLabel("Purpose")).toHaveValue("typed before the sign-out");
  await asleep.getByRole("link", { name: "Keys" }).click();
  await isOut(asleep);
});

test("a cookie that was copied is worth nothing after the sign-out", async ({ open, visit, desk }) => {
  const page = await open("nobody", "/sign-in");
  await signIn(page, people.issuer);
  const stolen = await page.context().storageState();
  const thief = await visit(`${desk.address}/audit`, stolen);
  await expect(thief.getByRole("heading", { name: "Audit" })).toBeVisible();
  await signOut(page);
  await isOut(page);
  await thief.reload();
  await isOut(thief);
});

test("a member who is disabled is out at once, and cannot come back", async ({ open, desk }) => {
  const page = await open("nobody", "/sign-in");
  await signIn(page, people.issuer);
  await page.goto("/issue");
  await compose(page, { purpose: "still here" });
  const set = (at: number | null) =>
    change(desk.database, "UPDATE Member SET disabledAt = ? WHERE email = ?", at, people.issuer.email);
  set(Date.now());
  try {
    await issueButton(page).click();
    await expect(page.getByRole("alert").filter({ hasText: "You are signed out" })).toBeVisible();
    await page.goto("/audit");
    await isOut(page);
    await tryToSignIn(page, people.issuer);
    await expect(page.getByText("Email or password is wrong.")).toBeVisible();
    expect(events(desk.database, "auth.sign_in_failed").at(-1)?.detail).toContain("member is disabled");
  } finally {
    set(null);
  }
});

test("a link that was opened while signed out is where one is after signing in", async ({ open, desk }) => {
  const path = "/audit?action=token.issued";
  const page = await open("nobody", path);
  await expect(page).toHaveURL(`${desk.address}/sign-in?next=${encodeURIComponent(path)}`);
  await signIn(page, people.auditor);
  await expect(page).toHaveURL(desk.address + path);
  await page.goto(`/sign-in?next=${encodeURIComponent("/keys")}`);
  await expect(page).toHaveURL(`${desk.address}/keys`);
});

test("signing in again ends the session that this browser had", async ({ open, desk }) => {
  const page = await open("issuer", "/keys");
  const old = (await page.context().cookies()).find(({ name }) => name === "claimcheck");
  const other = await open("nobody", "/sign-in");
  const action = await catchAction(other, () => tryToSignIn(other, { email: "a@example.com", password: "a guess" }));
  const cookie = `claimcheck=${old?.value}`;
  const { email, password } = people.auditor;
  const answer = await send(action, { cookie, body: ["/", { email, password }] });
  expect(answer.headers.get("x-action-redirect")).toMatch(/^\/;/);
  await page.reload();
  await isOut(page);
  // It was somebody else's: the log says whose.
  expect(events(desk.database, "session.ended").map(({ detail }) => detail)).toEqual([
    JSON.stringify({ email: people.issuer.email, reason: "signed in anew" }),
  ]);
});
