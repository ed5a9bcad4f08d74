/** The palette, opened by its keys. */
import { expect, type Locator, type Page } from "@playwright/test";

export const palette = (page: Page): Locator => page.getByRole("dialog", { name: "Find or go to" });

export async function openPalette(page: Page, words = ""): Promise<Locator> {
  // What is pressed before the page's script runs does nothing.
  await expect(async () => {
    await page.keyboard.press("Control+k");
    await expect(palette(page)).toBeVisible({ timeout: 2_000 });
  }).toPass();
  const box = palette(page).getByRole("combobox");
  await expect(box).toBeFocused();
  await box.fill(words);
  return palette(page);
}
