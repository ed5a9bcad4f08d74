/** Measures the decoder as a person meets it: first load with an empty cache, paste to painted verdict, and how long a large paste holds the page up. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "@playwright/test";
import { launchOptions } from "../e2e/stage/chromium";
import { isLoaded, isLoadedWhole } from "../e2e/stage/decoder";
import { Desk } from "../e2e/stage/desk";
import { PreparedDesk, type Session } from "../e2e/stage/prepared-desk";
import { median } from "./median";
import { tokenOf } from "./samples";

const ROUNDS = 7;

export async function measureBrowser(): Promise<[string, string][]> {
  const browser = await chromium.launch(launchOptions());
  const prepared = new PreparedDesk(await PreparedDesk.make());
  const desk = new Desk(prepared, { LOG_LEVEL: "silent" });
  try {
    await desk.open();
    const url = `${desk.address}/decode`;
    const open = async () => {
      const viewport = { width: 1280, height: 800 };
      const context = await browser.newContext({ viewport, storageState: desk.sessions.admin });
      const page = await context.newPage();
      await page.goto(url);
      return page;
    };
    const load = await firstLoad(browser, desk.sessions.admin, url);
    return [
      ["JavaScript that the HTML asks for", `${load.first.toLocaleString("en-US")} bytes on the wire, packed`],
      ["JavaScript with the decoder, loaded after that", `${load.ready.toLocaleString("en-US")} bytes`],
      ["JavaScript in all, once the page has been quiet", `${load.all.toLocaleString("en-US")} bytes`],
      ["Time until the input can be typed in", `${load.typable.toFixed(0)} ms (median of ${ROUNDS})`],
      [
        "Paste to painted verdict, typical token",
        `${(await repeat(open, await tokenOf(0), (result) => result.painted)).toFixed(1)} ms (median of ${ROUNDS})`,
      ],
      ...(await large(open)),
    ];
  } finally {
    await browser.close();
    await desk.close();
    prepared.remove();
  }
}

async function large(open: () => Promise<Page>): Promise<[string, string][]> {
  const token = await tokenOf(1_000_000);
  const results: Pasted[] = [];
  for (let round = 0; round < ROUNDS; round += 1) results.push(await paste(await open(), token));
  return [
    [
      "1 MB payload, longest main-thread block",
      `${median(results.map((result) => result.longestBlock)).toFixed(0)} ms (median of ${ROUNDS})`,
    ],
    [
      "1 MB payload, paste to whole answer",
      `${median(results.map((result) => result.painted)).toFixed(0)} ms (median of ${ROUNDS})`,
    ],
  ];
}

type Pasted = { painted: number; longestBlock: number };

async function repeat(open: () => Promise<Page>, token: string, pick: (result: Pasted) => number): Promise<number> {
  const page = await open();
  await page.waitForLoadState("networkidle");
  const values: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    values.push(pick(await paste(page, token)));
    await page.getByRole("button", { name: "Clear" }).click();
  }
  await page.context().close();
  return median(values);
}

async function paste(page: Page, text: string): Promise<Pasted> {
  await page.waitForLoadState("networkidle");
  const probe = readFileSync(join(import.meta.dirname, "paste-probe.js"), "utf8").replace(/;\s*$/, "");
  return page.evaluate(`(${probe})(${JSON.stringify(text)})`);
}

type Script = { path: string; bytes: number };

/** What has come so far, on the wire. */
function scriptsOf(page: Page): Promise<Script[]> {
  return page.evaluate(() =>
    // The entries of this type are of that class.
    (performance.getEntriesByType("resource") as PerformanceResourceTiming[])
      .filter((entry) => /\.js($|\?)/.test(entry.name))
      .map((entry) => ({ path: new URL(entry.name).pathname, bytes: entry.transferSize })),
  );
}

/** With an empty cache: the scripts that the server's HTML names, those until the decoder is ready, all that come by themselves, and when the field is there to be typed in. */
async function firstLoad(browser: Browser, session: Session, url: string) {
  const typable: number[] = [];
  let first = 0;
  let ready = 0;
  let all = 0;
  const sum = (list: readonly Script[]) => list.reduce((total, { bytes }) => total + bytes, 0);
  for (let round = 0; round < ROUNDS; round += 1) {
    const context = await browser.newContext({ storageState: session });
    const page = await context.newPage();
    await page.addInitScript(() => {
      // The field is in the HTML and takes focus by itself: from then on, what is typed is kept.
      document.addEventListener("focusin", () => performance.mark("typable"), { once: true });
    });
    const response = await page.goto(url);
    const html = (await response?.text()) ?? "";
    await isLoaded(page);
    const scripts = await scriptsOf(page);
    const { marked, painted } = await page.evaluate(() => ({
      marked: performance.getEntriesByName("typable")[0]?.startTime ?? Number.NaN,
      painted: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN,
    }));
    typable.push(Math.max(marked, painted));
    first = sum(scripts.filter(({ path }) => html.includes(path)));
    ready = sum(scripts);
    // It takes seconds, and is the same each time.
    if (round === ROUNDS - 1) {
      await isLoadedWhole(page);
      all = sum(await scriptsOf(page));
    }
    await context.close();
  }
  return { typable: median(typable), first, ready, all };
}
