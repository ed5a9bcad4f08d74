/** The team as an admin and those who are invited use it. */
import { expect, type Page } from "@playwright/test";
import { accountButton, PATIENCE, type Person } from "./people";

export const memberRow = (page: Page, text: string) => page.getByRole("row").filter({ hasText: text });
export const invitationLink = (page: Page) => page.getByTestId("invitation-link");

/** Fills the panel of the page `/team` and sends it. */
export async function tryToInvite(page: Page, email: string, role = "issuer"): Promise<void> {
  const invite = page.getByRole("button", { name: "Invite", exact: true });
  const field = page.getByLabel("Email", { exact: true });
  await expect(async () => {
    if (!(await field.isVisible())) await invite.click({ timeout: 1_000 });
    await expect(field).toBeVisible({ timeout: 1_000 });
  }).toPass(PATIENCE);
  await field.fill(email);
  await page.getByLabel("Role", { exact: true }).selectOption(role);
  await page.getByRole("button", { name: "Create invitation" }).click();
}

/** @returns the link */
export async function invite(page: Page, email: string, role?: string): Promise<string> {
  await tryToInvite(page, email, role);
  await expect(invitationLink(page)).toBeVisible();
  return (await invitationLink(page).textContent()) ?? "";
}

/** Fills the form of an invitation that is open, and waits until the person is in. */
export async function joinTeam(page: Page, { name, password }: Omit<Person, "email">): Promise<void> {
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Join" }).click();
  await expect(accountButton(page)).toBeVisible();
}

export async function changeRole(page: Page, name: string, role: string): Promise<void> {
  await page.getByLabel(`Role of ${name}`).selectOption(role);
  await page.getByRole("dialog").getByRole("button", { name: "Change role" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(page.getByLabel(`Role of ${name}`)).toHaveValue(role);
}
