/** The page for the first admin: only with the code, only while there is no member, only with a password that is hard to guess. */
import { expectAccessible } from "./stage/accessible";
import { databaseIn, events, rows } from "./stage/database";
import { expect, test } from "./stage/fixtures";
import { accountButton, people } from "./stage/people";
import { catchAction, send } from "./stage/server-action";

test("the setup link creates one admin, once", async ({ folder, start, visit }) => {
  const server = await start(folder);
  const link = (await server.line(/^Create the first admin at /)).replace(/^.* /, "");
  // As with every link that is handed on, it is said where it does not open.
  await server.line(/^Only this machine can open it\. PUBLIC_URL says where others reach the desk\.$/);
  const members = () => rows(databaseIn(folder), "SELECT email, role FROM Member");

  for (const wrong of [
    "/setup",
    "/setup?code=",
    "/setup?code=AAAAAAAAAAAAAAAAAAAAAA",
    `/setup?code=${link.slice(-22, -1)}`,
  ]) {
    const page = await visit(server.address + wrong);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("This setup link does not open");
    await expect(page.getByLabel("Password")).toBeHidden();
    await page.context().close();
  }
  const early = await visit(`${server.address}/sign-in`);
  await expect(early.getByText("Nobody can sign in yet")).toBeVisible();
  await expect(early.getByRole("heading", { level: 1 })).toHaveText("Sign in");
  await expect(early).toHaveTitle("Sign in · Claimcheck");

  const page = await visit(link);
  await expect(page).toHaveURL(`${server.address}/setup`);
  // A reload keeps the form, and its code out of the address.
  const reloaded = page.waitForRequest((request) => request.isNavigationRequest());
  await page.reload();
  expect((await reloaded).url()).toBe(`${server.address}/setup`);
  await expect(page.getByLabel("Password")).toBeVisible();
  await expect(page).toHaveURL(`${server.address}/setup`);
  const { name, email, password } = people.admin;
  const create = page.getByRole("button", { name: "Create admin" });
  const error = page.locator("#password-error");
  await create.click();
  await expect(page.getByLabel("Name")).toBeFocused();
  await expect(page.locator("#name-error")).toHaveText(/Enter your name/);
  await expect(page.locator("#email-error")).toHaveText(/Enter an email address/);
  await expect(error).toHaveText("Use at least 12 characters.");
  await expectAccessible(page, "setup with errors");
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill("password1234");
  await create.click();
  await expect(error).toHaveText(/on a list of common passwords/);
  await page.getByLabel("Password").fill(`${email}1`);
  await create.click();
  await expect(error).toHaveText(/This is easy to guess/);
  await expect(page.getByLabel("Name")).toHaveValue(name);
  await expect(page.getByLabel("Password")).toHaveValue(`${email}1`);
  expect(members()).toEqual([]);

  await page.getByLabel("Password").fill(password);
  const action = await catchAction(page, () => create.click());
  await expect(accountButton(page)).toBeVisible();
  expect(members()).toEqual([{ email, role: "admin" }]);
  expect(events(databaseIn(folder)).map((event) => event.action)).toEqual([
    "auth.setup_failed",
    "team.admin_created",
    "auth.signed_in",
  ]);

  // The page is gone, and so is the action behind it, also for those who kept the request.
  const late = await visit(link);
  await expect(late).toHaveURL(/\/sign-in$/);
  const [form] = action.arguments as [Record<string, string>];
  const again = await send(action, { body: [{ ...form, email: "eve@example.com" }] });
  expect(again.result?.error?.message).toBe("Setup is done: a member exists. Sign in instead.");
  expect(members()).toHaveLength(1);
});
