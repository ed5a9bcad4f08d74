/** A network on which some of the answers are late. */
import type { Page } from "@playwright/test";

/** What makes a page run. */
export const SCRIPTS = /\/_next\/static\/.*\.js(\?|$)/;

/** Holds back what the page asks for at `url`. @param only as many `times`, or what is sent by this `method` @returns lets it come */
export async function hold(
  page: Page,
  url: Parameters<Page["route"]>[0],
  { times = Number.POSITIVE_INFINITY, method }: { times?: number; method?: "POST" } = {},
): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let left = times;
  await page.route(url, async (route) => {
    if (left === 0 || (method && route.request().method() !== method)) return route.fallback();
    left -= 1;
    await released;
    await route.continue();
  });
  return release;
}
