/** The page `/issue` as a person uses it. */
import { expect, type Locator, type Page } from "@playwright/test";

export type Wish = {
  permissions?: ("allow_join" | "ask_join" | "allow_mod")[];
  roomId?: string;
  participantId?: string;
  roles?: ("rtc" | "crawler")[];
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

/** The field or group of this name, with its messages. */
export function messagesOf(page: Page, field: string): { error: Locator; warning: Locator } {
  return { error: page.locator(`#${field}-error`), warning: page.locator(`#${field}-warning`) };
}

/** Fills the form; what is not mentioned stays as it is. */
export async function compose(page: Page, wish: Wish): Promise<void> {
  await expect(issueButton(page)).toBeEnabled();
  const tick = async (names: readonly string[], wanted: readonly string[] | undefined) => {
    if (!wanted) return;
    for (const name of names) await page.getByRole("checkbox", { name, exact: true }).setChecked(wanted.includes(name));
  };
  await tick(["allow_join", "ask_join", "allow_mod"], wish.permissions);
  if (wish.roomId !== undefined) await page.getByLabel("Room ID").fill(wish.roomId);
  if (wish.participantId !== undefined) await page.getByLabel("Participant ID").fill(wish.participantId);
  await tick(["rtc", "crawler"], wish.roles);
  if (wish.expiresIn !== undefined) await page.getByLabel("Expires in").fill(wish.expiresIn);
  if (wish.purpose !== undefined) await page.getByLabel("Purpose").fill(wish.purpose);
}

/** Fills and sends the form. @returns the token that the page shows */
export async function issue(page: Page, wish: Wish = {}): Promise<string> {
  await compose(page, wish);
  const token = issuedToken(page).getByTestId("token");
  const last = (await token.count()) > 0 ? await token.textContent() : null;
  await issueButton(page).click();
  if (last) await expect(token).not.toHaveText(last);
  await expect(token).toBeVisible();
  return (await token.textContent()) ?? "";
}
