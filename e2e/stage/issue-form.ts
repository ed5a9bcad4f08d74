/** The page `/issue` as a person uses it. */
import { expect, type Locator, type Page } from "@playwright/test";

export type Wish = {
  permissions?: ("allow_join" | "ask_join" | "allow_mod")[];
  roomId?: string;
  participantId?: string;
  /** None: good for both the meeting and the REST API. */
  roles?: [] | ["rtc"] | ["crawler"];
  expiresIn?: string;
  purpose?: string;
};

export function issueButton(page: Page): Locator {
  return page.getByRole("button", { name: "Issue token" });
}

export function issuedToken(page: Page): Locator {
  return page.getByRole("region", { name: "Issued token" });
}

/** What will be signed, as the page shows it. */
export function preview(page: Page): Locator {
  return page.getByRole("region", { name: "Preview" });
}

export function permission(page: Page, name: "allow_join" | "ask_join" | "allow_mod"): Locator {
  return page.getByRole("checkbox", { name });
}

/** What the token is good for. */
export function goodFor(page: Page, [role]: NonNullable<Wish["roles"]>): Locator {
  const words = role === "rtc" ? "Meeting only" : role === "crawler" ? "REST API only" : "Both";
  return page.getByRole("group", { name: "Good for" }).getByRole("radio", { name: words });
}

/** The field or group of this name, with its messages. */
export function messagesOf(page: Page, field: string): { error: Locator; warning: Locator } {
  return { error: page.locator(`#${field}-error`), warning: page.locator(`#${field}-warning`) };
}

/** Takes the token along, so that nobody asks when the page is left. */
async function copyToken(page: Page): Promise<void> {
  await issuedToken(page).getByRole("button", { name: "Copy token" }).click();
  await expect(issuedToken(page).getByText(/^Copied \d\d:\d\d/)).toBeVisible();
}

/** From the ticket back to the form, as it was left. */
export async function unfold(page: Page): Promise<void> {
  await page.getByRole("button", { name: "New form" }).click();
  const dialog = page.getByRole("dialog", { name: /was not copied/ });
  await expect(issueButton(page).or(dialog)).toBeVisible();
  if (await dialog.isVisible()) await dialog.getByRole("button", { name: "Leave", exact: true }).click();
}

/** Fills the form; what is not mentioned stays as it is. */
export async function compose(page: Page, wish: Wish): Promise<void> {
  await expect(issueButton(page).or(issuedToken(page))).toBeVisible();
  if (await issuedToken(page).isVisible()) await unfold(page);
  await expect(issueButton(page)).toBeEnabled();
  if (wish.permissions)
    for (const name of ["allow_join", "ask_join", "allow_mod"] as const)
      await permission(page, name).setChecked(wish.permissions.includes(name));
  if (wish.roomId !== undefined) await page.getByLabel("Room ID").fill(wish.roomId);
  if (wish.participantId !== undefined) await page.getByLabel("Participant ID").fill(wish.participantId);
  if (wish.roles) await goodFor(page, wish.roles).check();
  if (wish.expiresIn !== undefined) await page.getByLabel("Expires in").fill(wish.expiresIn);
  if (wish.purpose !== undefined) await page.getByLabel("Purpose").fill(wish.purpose);
}

/** Fills and sends the form, and copies the token. @returns the token that the page shows */
export async function issue(page: Page, wish: Wish = {}): Promise<string> {
  await compose(page, wish);
  await issueButton(page).click();
  const token = issuedToken(page).getByTestId("token");
  await expect(token).toBeVisible();
  await copyToken(page);
  return (await token.textContent()) ?? "";
}

/** Presses the button: the server does its work, and what it answers gets lost. */
export async function issueAndLoseAnswer(page: Page): Promise<void> {
  await page.route("**/issue", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    await route.fetch();
    await route.abort();
  });
  await issueButton(page).click();
  await expect(page.getByRole("alert").filter({ hasText: "could not be reached" })).toBeVisible();
  await page.unroute("**/issue");
}
