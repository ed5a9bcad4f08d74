/** Signing keys as VideoSDK's dashboard would give them, made anew for each run, and how one is added. */
import { randomBytes, randomUUID } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import { PATIENCE } from "./people";

export type KeyPair = { label: string; apiKey: string; secret: string };

export function makeKeyPair(label: string): KeyPair {
  return { label, apiKey: randomUUID(), secret: randomBytes(32).toString("hex") };
}

/** Fills the form of the page `/keys` and sends it. */
export async function tryToAddKey(
  page: Page,
  { label, apiKey, secret, maxLifetime = "" }: KeyPair & { maxLifetime?: string },
): Promise<void> {
  await page.getByLabel("Label").fill(label);
  await page.getByLabel("API key", { exact: true }).fill(apiKey);
  await page.getByLabel("Secret", { exact: true }).fill(secret);
  await page.getByLabel("Max lifetime").fill(maxLifetime);
  await page.getByRole("button", { name: "Save key" }).click();
}

export async function addKey(page: Page, key: KeyPair & { maxLifetime?: string }): Promise<void> {
  await tryToAddKey(page, key);
  await expect(page.getByRole("status").filter({ hasText: `“${key.label}” is saved` })).toBeVisible(PATIENCE);
}
