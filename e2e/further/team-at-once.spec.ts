/** Another role, and no access at all, act in the same second in every tab. */
import { expectAccessible } from "../stage/accessible";
import { change, events, rows } from "../stage/database";
import { cookieHeader } from "../stage/desk";
import { expect, test } from "../stage/fixtures";
import { compose, issue, issueButton } from "../stage/issue-form";
import { signIn } from "../stage/people";
import { catchAction, holdAction } from "../stage/server-action";
import { changeRole, invite, joinTeam as join, invitationLink as link, memberRow as row } from "../stage/team";

test("another role acts at once, and whoever is disabled is out in the same second, in every tab", async ({
  open,
  visit,
  desk,
}) => {
  const admin = await open("admin", "/team");
  const member = { name: "Ines Moreau", email: "ines@example.com", password: "violet tram beneath the harbour" };
  const page = await visit(await invite(admin, member.email));
  await join(page, member);
  await page.goto("/issue");
  await issue(page);
  await compose(page, { purpose: "typed before" });
  await admin.getByRole("button", { name: "Done" }).click();
  await admin.reload();
  await changeRole(admin, member.name, "admin");
  await issueButton(page).click();
  await expect(page.getByRole("alert").filter({ hasText: "You are signed out" })).toBeVisible();
  await expect(page.getByLabel("Purpose")).toHaveValue("typed before");

  await page.goto("/sign-in");
  await signIn(page, member);
  await page.goto("/team");
  await invite(page, "friend@example.com");
  const other = await page.context().newPage();
  await other.goto("/issue");
  await compose(other, {});
  change(desk.database, "UPDATE SecretVersion SET enteredById = (SELECT id FROM Member WHERE email = ?)", member.email);

  // All of it is newer than the page.
  await row(admin, member.name).getByRole("button", { name: "Disable" }).click();
  const dialog = admin.getByRole("dialog");
  for (const text of [`The secret of “${desk.key.label}”`, "1 active token of theirs", "friend@example.com"])
    await expect(dialog).toContainText(text);
  await expectAccessible(admin, "what a leaver leaves");
  await dialog.getByLabel("Note").fill("Left the company.");
  const cookie = cookieHeader(await page.context().storageState());
  const answers = async () =>
    Promise.all(
      ["/", "/issue", "/team"].map(
        async (path) => (await fetch(desk.address + path, { redirect: "manual", headers: { cookie } })).status,
      ),
    );
  expect(await answers()).toEqual([200, 200, 200]);
  await catchAction(admin, () => dialog.getByRole("button", { name: "Disable member" }).click());
  expect(await answers()).toEqual([307, 307, 307]);
  await issueButton(other).click();
  await expect(other.getByRole("alert").filter({ hasText: "You are signed out" })).toBeVisible();
  await page.reload();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.getByLabel("Email").fill(member.email);
  await page.getByLabel("Password").fill(member.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("Email or password is wrong.")).toBeVisible();

  await expect(row(admin, member.name)).toContainText("disabled");
  await expect(row(admin, "friend@example.com")).toBeHidden();
  await invite(admin, "nobody.yet@example.com");
  const tab = await admin.context().newPage();
  await tab.goto("/team");
  await row(tab, "nobody.yet@example.com").getByRole("button", { name: "Withdraw" }).click();
  await tab.getByRole("button", { name: "Withdraw invitation" }).click();
  await expect(tab.getByRole("heading", { level: 1 })).toBeFocused();
  await expect(tab.getByTestId("announced")).toHaveText("The invitation of nobody.yet@example.com is withdrawn.");
  // Nobody sends on from the first tab what opens no more.
  await expect(admin.getByText("This link opens no more.")).toBeVisible();
  await expect(link(admin)).toBeHidden();
  await admin.getByRole("button", { name: "Done" }).click();
  await row(admin, member.name).getByRole("link", { name: member.name }).first().click();
  await expect(admin).toHaveTitle(new RegExp(member.name));
  await expect(admin.getByRole("region", { name: "What was done to them" })).toContainText("Left the company.");
  await expect(admin.getByRole("region", { name: "What they did" })).toContainText(
    /Issued a token: .+, No\.\s\d+\d\d:\d\d · .+ · .+/,
  );
  await expect(admin.getByRole("region", { name: "Secrets that they entered" })).toContainText(desk.key.label);
  await expectAccessible(admin, "a member's page");
  await admin.getByRole("button", { name: `Enable… ${member.name}` }).click();
  await admin.getByRole("button", { name: "Enable member" }).click();
  await expect(admin.getByLabel(`Role of ${member.name}`)).toHaveValue("admin");
  // A key on the closed list opens it, rather than asking for the neighbouring role.
  const role = admin.getByLabel(`Role of ${member.name}`);
  await role.press("ArrowDown");
  await expect(admin.locator("select:open")).toHaveCount(1);
  await expect(admin.getByRole("dialog")).toBeHidden();
  await admin.keyboard.press("Escape");
  await admin.getByRole("button", { name: "Reset link" }).click();
  await admin.getByRole("button", { name: "Make reset link" }).click();
  await admin.getByRole("dialog").getByRole("button", { name: "Done" }).click();
  await role.focus();
  await role.selectOption("auditor");
  await expect(admin.getByRole("dialog")).toContainText(
    "The reset link that was made for them still opens: whoever uses it is signed in as auditor.",
  );
  await admin.getByRole("button", { name: "Cancel" }).click();
  await expect(role).toBeFocused();
  const { id: another } = rows<{ id: string }>(desk.database, "SELECT id FROM Member WHERE role = 'support'")[0] ?? {};
  change(desk.database, "UPDATE ResetLink SET createdById = memberId, memberId = ? WHERE usedAt IS NULL", another);
  await role.selectOption("support");
  await expect(admin.getByRole("dialog")).toContainText("The reset link that they made for others opens no more.");
  change(desk.database, "DELETE FROM ResetLink WHERE memberId = ?", another);
  await admin.getByRole("button", { name: "Cancel" }).click();
  // While it is being done it is not put away, neither by Esc nor beside it.
  await role.selectOption("issuer");
  const confirm = admin.getByRole("dialog").getByRole("button", { name: "Change role" });
  await expect(confirm).toBeEnabled();
  const release = await holdAction(admin);
  await confirm.click();
  for (const _ of [1, 2]) await admin.keyboard.press("Escape");
  await admin.mouse.click(5, 5);
  await expect(confirm).toBeVisible();
  release();
  await expect(confirm).toBeHidden();
  await expect(role).toHaveValue("issuer");
  await expect(role).toBeFocused();
  await expect(admin.getByTestId("announced")).toHaveText(`${member.name} is issuer now.`);
  const disabled = events(desk.database, "member.disabled").at(-1);
  await admin.goto(`/audit/${disabled?.sequence}`);
  await admin.getByRole("region", { name: "Event" }).getByRole("link", { name: member.name }).click();
  await expect(admin.getByRole("heading", { level: 1 })).toHaveText(member.name);
  expect(events(desk.database, "member.changed").at(-1)?.detail).toBe(
    JSON.stringify({ changed: { role: ["admin", "issuer"] }, email: member.email }),
  );
});
