/** What every page owes everybody: nothing for axe to find and nothing that scrolls sideways, in either theme, on a desk's screen and on a phone's. */
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const looks = [
  { name: "light, 1280 px", colorScheme: "light", viewport: { width: 1280, height: 900 } },
  { name: "dark, 360 px", colorScheme: "dark", viewport: { width: 360, height: 740 } },
] as const;

async function axeFinds(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .options({ resultTypes: ["violations"] })
    // Without it, each run opens a window of its own to gather the findings of frames, of which there are none.
    .setLegacyMode()
    .analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
}

/** @param state what the page shows, for the message */
export async function expectAccessible(page: Page, state: string): Promise<void> {
  for (const { name, colorScheme, viewport } of looks) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(viewport);
    // Asked again for a while: just after a change of theme Chromium may still tell an inherited colour of the other one.
    await expect.poll(() => axeFinds(page), `axe on ${state}, ${name}`).toEqual([]);
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(sideways, `sideways scrolling on ${state}, ${name}`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize(looks[0].viewport);
}
