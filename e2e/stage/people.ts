/** The team of every desk in the stories, and how its members sign in. */
import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";

export type Role = "admin" | "issuer" | "auditor" | "support";
export type Person = { name: string; email: string; password: string };

// Who may what: written out, and not taken from lib/auth/roles.ts, since this is what that must say.
export const admins: Role[] = ["admin"];
export const issuers: Role[] = ["admin", "issuer"];
export const readers: Role[] = ["admin", "issuer", "auditor"];
export const exporters: Role[] = ["admin", "auditor"];
export const members: Role[] = ["admin", "issuer", "auditor", "support"];

export const people: Record<Role, Person> = {
  admin: { name: "Maya Lind", email: "maya@example.com", password: "copper lantern drifts upstream" },
  issuer: { name: "Ivo Petrov", email: "ivo@example.com", password: "seven quiet otters juggle plums" },
  auditor: { name: "Ada Okafor", email: "ada@example.com", password: "granite violin under thin snow" },
  support: { name: "Sam Whitfield", email: "sam@example.com", password: "marble kettle hums at dusk" },
};

/** Said here, because the desk of all stories is prepared outside a test, where the configuration's patience does not count. */
export const PATIENCE = { timeout: 30_000 };

/** There for whoever is signed in. */
export const accountButton = (page: Page) => page.getByRole("button", { name: /^Account of/ });

/** Opens the account menu and goes. */
export async function signOut(page: Page): Promise<void> {
  await openAccount(page);
  await page.getByRole("button", { name: "Sign out" }).click();
}

export async function openAccount(page: Page): Promise<void> {
  await accountButton(page).click();
  await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();
}

/** Fills the form of the page `/setup` and waits until the person is in. */
export async function createAdmin(page: Page, { name, email, password }: Person): Promise<void> {
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Create admin" }).click();
  await expect(accountButton(page)).toBeVisible(PATIENCE);
}

/** Fills the form of the page `/sign-in` and sends it. */
export async function tryToSignIn(page: Page, { email, password }: Pick<Person, "email" | "password">): Promise<void> {
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

export async function signIn(page: Page, person: Person): Promise<void> {
  await tryToSignIn(page, person);
  await expect(accountButton(page)).toBeVisible(PATIENCE);
}
