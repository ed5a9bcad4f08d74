/** How much the decoder loads with an empty cache, by the browser's own count: bytes are the same on every machine. */
import type { Page } from "@playwright/test";
import { isLoaded, isLoadedWhole } from "../stage/decoder";
import { expect, test } from "../stage/fixtures";

const KB = 1_000;

type Script = { path: string; bytes: number };

/** What has come so far, on the wire. */
function scriptsOf(page: Page): Promise<Script[]> {
  return page.evaluate(() =>
    (performance.getEntriesByType("resource") as PerformanceResourceTiming[])
      .filter(({ name }) => new URL(name).pathname.endsWith(".js"))
      .map(({ name, transferSize }) => ({ path: new URL(name).pathname, bytes: transferSize })),
  );
}

const sum = (scripts: readonly Script[]) => scripts.reduce((total, { bytes }) => total + bytes, 0);

test("the decoder's page names at most 145 kB of scripts, loads at most 190 kB of them until it is ready, and 205 kB in all once it has been quiet", async ({
  open,
}) => {
  const page = await open("issuer", "/decode");
  await isLoaded(page);
  const html = await (await page.request.get("/decode")).text();
  const ready = await scriptsOf(page);
  const named = sum(ready.filter(({ path }) => html.includes(path)));
  // What lists many tokens comes when nothing else does, so that it is there without the network, too.
  await isLoadedWhole(page);
  const all = await scriptsOf(page);
  console.log(`Scripts that the page names: ${named} bytes; until it is ready: ${sum(ready)}; all: ${sum(all)}.`);
  expect(ready.length).toBeGreaterThan(5);
  expect(named).toBeGreaterThan(50 * KB);
  expect(named).toBeLessThan(145 * KB);
  expect(sum(ready)).toBeLessThan(190 * KB);
  expect(all.length).toBeGreaterThan(ready.length);
  expect(sum(all)).toBeLessThan(205 * KB);
});
