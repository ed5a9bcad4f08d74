/** How much the decoder loads with an empty cache, by the browser's own count: bytes are the same on every machine. */
import { expect, test } from "../stage/fixtures";

const KB = 1_000;

test("the decoder's page names at most 145 kB of scripts, and loads at most 190 kB of them in all", async ({
  open,
}) => {
  const page = await open("issuer", "/decode");
  await page.waitForLoadState("networkidle");
  const html = await (await page.request.get("/decode")).text();
  const scripts = await page.evaluate(() =>
    (performance.getEntriesByType("resource") as PerformanceResourceTiming[])
      .filter(({ name }) => new URL(name).pathname.endsWith(".js"))
      .map(({ name, transferSize }) => ({ path: new URL(name).pathname, bytes: transferSize })),
  );
  const sum = (list: typeof scripts) => list.reduce((total, { bytes }) => total + bytes, 0);
  const named = sum(scripts.filter(({ path }) => html.includes(path)));
  console.log(`Scripts that the page names: ${named} bytes; all: ${sum(scripts)}.`);
  expect(scripts.length).toBeGreaterThan(5);
  expect(named).toBeGreaterThan(50 * KB);
  expect(named).toBeLessThan(145 * KB);
  expect(sum(scripts)).toBeLessThan(190 * KB);
});
