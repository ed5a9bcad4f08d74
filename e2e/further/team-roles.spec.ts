/** Who may change a role, and that an admin is always left. */
import { expectAccessible } from "../stage/accessible";
import { change, rows } from "../stage/database";
import { cookieHeader } from "../stage/desk";
import { expect, test } from "../stage/fixtures";
import { openPalette } from "../stage/palette";
import { people, signIn } from "../stage/people";
import { catchAction, send } from "../stage/server-action";
import { memberRow as row } from "../stage/team";

test("nobody but an admin changes a role, and two at once leave an admin", async ({ open, desk, watch }) => {
  watch.allow(/404 \(Not Found\)/, "a member who is not there");
  const admin = await open("admin", "/team/nobody");
  await admin.getByRole("link", { name: "See the team" }).click();
  await expect(admin.getByRole("heading", { level: 1 })).toHaveText("Team");
  await expectAccessible(admin, "the team");
  const found = await openPalette(admin, people.support.email);
  // The members come a moment after the pages.
  await expect(found.getByRole("option", { selected: true })).toContainText(people.support.name);
  await admin.keyboard.press("Enter");
  await expect(admin.getByRole("heading", { level: 1 })).toHaveText(people.support.name);
  await admin.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link", { name: "Team" }).click();
  await admin.getByLabel(`Role of ${people.auditor.name}`).selectOption("admin");
  const action = await catchAction(admin, () => admin.getByRole("button", { name: "Change role" }).click());
  await expect(admin.getByText("Only one admin.")).toBeHidden();
  for (const role of ["issuer", "support"] as const)
    expect((await send(action, { cookie: desk.cookieOf(role) })).result?.error?.code).toBe("forbidden");
  expect((await send(action, { cookie: undefined })).result?.error?.code).toBe("unauthenticated");

  const admins = () =>
    rows<{ id: string; email: string }>(
      desk.database,
      "SELECT id, email FROM Member WHERE role = 'admin' AND disabledAt IS NULL",
    );
  expect(admins()).toHaveLength(2);

  // One's own role too: one is out, and comes back with the new one.
  await admin.reload();
  await row(admin, people.admin.name).getByRole("button", { name: "Disable" }).click();
  await expect(admin.getByRole("dialog")).toContainText(/You leave (nothing )?behind/);
  await admin.keyboard.press("Escape");
  await admin.getByLabel(`Role of ${people.admin.name}`).selectOption("issuer");
  await expect(admin.getByRole("dialog")).toContainText("Only another admin can give you the old ones back.");
  await admin.getByRole("button", { name: "Change role" }).click();
  await expect(admin).toHaveURL(/\/sign-in/);
  await signIn(admin, people.admin);
  await admin.goto("/team");
  await expect(admin.getByText("As issuer you do not see this")).toBeVisible();
  change(desk.database, "UPDATE Member SET role = 'admin' WHERE email = ?", people.admin.email);

  const cookie = cookieHeader(await admin.context().storageState());
  // Of a team that fills more than a page all can be found.
  for (let number = 1; number <= 60; number++)
    change(
      desk.database,
      "INSERT INTO Member (id, name, email, passwordHash, role, createdAt) VALUES (?, ?, ?, '', 'support', ?)",
      ...[`crowd-${number}`, `Crowd ${number}`, `crowd-${number}@example.com`, Date.now() + number],
    );
  await admin.goto("/team");
  const members = admin.getByRole("table", { name: "Members" }).getByRole("row");
  await expect(members).toHaveCount(51);
  const pages = admin.getByRole("navigation", { name: "Pages: Members" });
  await pages.getByRole("link", { name: "Next" }).click();
  await expect(admin).toHaveURL(/\/team\?page=2$/);
  await expect(row(admin, "Crowd 60")).toBeVisible();
  await expect(pages).toContainText(/^Members 51 to (\d+) of \1/);
  await admin.getByRole("searchbox").fill("crowd-59@");
  await admin.keyboard.press("Enter");
  await expect(admin).toHaveURL(/\/team\?q=crowd-59%40$/);
  await expect(members).toHaveCount(2);
  await expectAccessible(admin, "a member who was searched for");

  await Promise.all(admins().map(({ id }) => send(action, { cookie, body: [{ memberId: id, role: "issuer" }] })));
  expect(admins()).toHaveLength(1);
});
