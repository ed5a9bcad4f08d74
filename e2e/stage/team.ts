/** Inviting as an admin does. */
import { expect, type Page } from "@playwright/test";
import { PATIENCE } from "./people";

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
