/** A network on which some of the answers are late. */
import type { Page } from "@playwright/test";

/** What makes a page run. */
export const SCRIPTS = /\/_next\/static\/.*\.js/;

/** Holds back what the page asks for at `url`. @param only as many `times`, or what is sent by this `method` @returns lets it come */
export async function hold(
  page: Page,
  url: Parameters<Page["route"]>[0],
  { times, method }: { times?: number; method?: "POST" } = {},
): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(
    url,
    async (route) => {
      if (!method || route.request().method() === method) await released;
      await route.continue();
    },
    times ? { times } : {},
  );
  return release;
}
