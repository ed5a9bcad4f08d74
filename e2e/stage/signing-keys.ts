/** Signing keys as VideoSDK's dashboard would give them, made anew for each run, and how one is added. */
import { randomBytes, randomUUID } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import { PATIENCE } from "./people";

export type KeyPair = { label: string; apiKey: string; secret: string };

export function makeKeyPair(label: string): KeyPair {
  return { label, apiKey: randomUUID(), secret: randomBytes(32).toString("hex") };
}

/** Opens the form of the page `/keys`, which is open where there is no key yet. */
export async function openKeyForm(page: Page): Promise<void> {
  const save = page.getByRole("button", { name: "Save key" });
  const add = page.getByRole("button", { name: "Add key" });
  await expect(save.or(add).first()).toBeVisible(PATIENCE);
  // What is clicked before the page's script runs does nothing.
  await expect(async () => {
    if (!(await save.isVisible())) await add.click({ timeout: 1_000 });
    await expect(save).toBeVisible({ timeout: 1_000 });
  }).toPass(PATIENCE);
}

/** From the list to the key's own page. */
export async function openKey(page: Page, label: string): Promise<void> {
  await page.goto("/keys");
  await page.getByRole("table", { name: "Signing keys" }).getByRole("link", { name: label, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(label);
}

/** Fills the form of the page `/keys` and sends it. */
export async function tryToAddKey(
  page: Page,
  { label, apiKey, secret, maxLifetime = "" }: KeyPair & { maxLifetime?: string },
): Promise<void> {
  await openKeyForm(page);
  await page.getByLabel("Label", { exact: true }).fill(label);
  await page.getByLabel("API key", { exact: true }).fill(apiKey);
  await page.getByLabel("Secret", { exact: true }).fill(secret);
  await page.getByLabel("Max lifetime").fill(maxLifetime);
  await page.getByRole("button", { name: "Save key" }).click();
}

export async function addKey(page: Page, key: KeyPair & { maxLifetime?: string }): Promise<void> {
  await tryToAddKey(page, key);
  await expect(page.getByRole("status").filter({ hasText: `“${key.label}” is saved` })).toBeVisible(PATIENCE);
}
