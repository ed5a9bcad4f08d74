/** The team: invited by a link, joined elsewhere, and no page to whoever is no admin. */
import { expectAccessible } from "./stage/accessible";
import { events } from "./stage/database";
import { expect, test } from "./stage/fixtures";
import { openPalette } from "./stage/palette";
import { people } from "./stage/people";
import { invite, joinTeam as join, invitationLink as link, memberRow as row, tryToInvite } from "./stage/team";

const newcomer = { name: "Noor Haddad", email: "noor@example.com", password: "violet tram beneath the harbour" };

test("1. whom an admin invites joins by the link, once, in a browser of their own", async ({ open, visit, desk }) => {
  const admin = await open("admin", "/");
  // What is pressed before the page's script runs does nothing.
  await expect(async () => {
    for (const key of ["g", "t"]) await admin.keyboard.press(key);
    await expect(admin).toHaveURL(/\/team$/, { timeout: 3_000 });
  }).toPass();
  await expect(admin.getByRole("heading", { level: 1 })).toHaveText("Team");
  await expect(admin.getByText("Only one admin.")).toBeVisible();
  await expect(admin.getByLabel(`Role of ${people.admin.name}`)).toBeHidden();
  await expect(row(admin, people.admin.name).getByRole("button", { name: "Disable" })).toBeDisabled();
  await expect(row(admin, people.admin.name).getByRole("button", { name: "Disable" })).toHaveAccessibleDescription(
    "the only admin",
  );
  // What it says stands beside the button, and makes no row taller than another.
  const [only, other] = [
    await row(admin, people.admin.name).boundingBox(),
    await row(admin, people.issuer.name).boundingBox(),
  ];
  expect(only?.height).toBe(other?.height);

  await tryToInvite(admin, people.issuer.email.toUpperCase());
  await expect(admin.locator("#invite-email-error")).toHaveText(
    `This is the email of ${people.issuer.name}, who is in the team already.`,
  );
  await expect(admin.getByLabel("Email", { exact: true })).toHaveValue(people.issuer.email.toUpperCase());
  // Nothing typed is lost.
  await admin.getByLabel("Role", { exact: true }).selectOption("auditor");
  await admin.reload();
  await expect(admin.getByLabel("Email", { exact: true })).toHaveValue(people.issuer.email.toUpperCase());
  await expect(admin.getByLabel("Role", { exact: true })).toHaveValue("auditor");
  await admin.getByLabel("Role", { exact: true }).selectOption("issuer");
  // What leaving the field has to say moves nothing away from under the pointer.
  await admin.getByLabel("Email", { exact: true }).fill("nonsense");
  await admin.getByRole("button", { name: "Cancel" }).click();
  await expect(admin.getByRole("button", { name: "Invite", exact: true })).toBeFocused();
  const first = await invite(admin, newcomer.email);
  expect(first).toMatch(/^http:\/\/localhost:\d+\/join\?code=[\w-]{32}$/);
  await expect(admin.getByText("Only this machine can open it.")).toBeVisible();
  await expect(admin.getByRole("button", { name: "Copy link" })).toBeFocused();
  await expectAccessible(admin, "a new invitation");

  // A newer link takes its place, and only that one opens: also the panel that has made the old one says so.
  await row(admin, newcomer.email).getByRole("button", { name: "New link" }).click();
  await admin.getByRole("button", { name: "Make new link" }).click();
  await expect(
    admin.getByText("This link opens no more. It was withdrawn, or a newer one took its place."),
  ).toHaveCount(1);
  expect(await admin.content()).not.toContain(first.split("=")[1]);
  await expect(link(admin)).toBeVisible();
  const second = (await link(admin).textContent()) ?? "";
  await expect(admin.getByRole("button", { name: "Copy link" })).toBeFocused();
  await admin.getByRole("dialog").getByRole("button", { name: "Done" }).click();
  expect(await admin.content()).not.toContain(second.split("=")[1]);
  await expect(admin.getByRole("button", { name: `New link… for ${newcomer.email}` })).toBeFocused();
  await admin.getByRole("button", { name: "Done" }).click();
  await expect(admin.getByText("This link opens no more.")).toBeHidden();
  const page = await visit(first);
  await expect(page.getByText("a newer link took its place")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This invitation does not open");
  await page.goto(`${new URL(second).origin}/join?code=wrong`);
  await expect(page.getByText("This invitation link is not right")).toBeVisible();
  await expect(page.getByRole("link", { name: "Sign in" })).toBeVisible();
  // The tab promises no more than the heading, and who is signed in has nothing to sign in for.
  await expect(page).toHaveTitle("Invitation · Claimcheck");
  for (const path of ["/join", "/reset"]) {
    const signedIn = await open("admin", `${path}?code=wrong`);
    await expect(signedIn.getByRole("link", { name: "Open the desk" })).toBeVisible();
    await expect(signedIn.getByRole("link", { name: "Sign in" })).toHaveCount(0);
  }

  await page.goto(second);
  await expect(page).toHaveURL(/\/join$/);
  await expect(page.getByText("You issue your team's VideoSDK access tokens here")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("definition").first()).toHaveText(newcomer.email);
  await expectAccessible(page, "joining");
  await page.getByLabel("Name").fill(newcomer.name);
  await page.getByLabel("Password").fill("password1234");
  await page.getByRole("button", { name: "Join" }).click();
  await expect(page.locator("#password-error")).toHaveText(/on a list of common passwords/);
  const visited = await page.evaluate(() => history.length);
  await join(page, newcomer);
  // Going back does not come to a link that has been used.
  expect(await page.evaluate(() => history.length)).toBe(visited);
  const late = await visit(second);
  await expect(late.getByText("This invitation has been used")).toBeVisible();
  await expect(late.getByRole("link", { name: "Sign in" })).toBeVisible();

  await admin.reload();
  await expect(row(admin, newcomer.name)).toContainText("now");
  await expect(admin.getByRole("heading", { name: "Invited" })).toBeHidden();
  expect(events(desk.database).map(({ action }) => action)).toEqual(
    expect.arrayContaining(["member.invited", "invitation.withdrawn", "member.joined"]),
  );
});

test("2. to whoever is no admin the team is no page, and no name on it", async ({ open }) => {
  const page = await open("support", "/team");
  await expect(page.getByText("As support you do not see this")).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Team" })).toHaveCount(0);
  await expect(page.getByText(people.admin.email)).toHaveCount(0);
  const palette = await openPalette(page, "e");
  await expect(palette.getByRole("option")).toHaveText(["Decode", /^Compare two tokens/, /^Me/]);
});
