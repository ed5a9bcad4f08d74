/** Measures the decoder as a person meets it: first load with an empty cache, paste to painted verdict, and how long a large paste holds the page up. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "@playwright/test";
import { findChromium, launchArguments } from "../e2e/chromium";
import { Desk, type Session } from "../e2e/desk";
import { median } from "./median";
import { tokenOf } from "./samples";

const ROUNDS = 7;

export async function measureBrowser(): Promise<[string, string][]> {
  const browser = await chromium.launch({ executablePath: findChromium(), args: launchArguments });
  const desk = new Desk({ LOG_LEVEL: "silent" });
  try {
    const visit = async (url: string, session?: Session) => {
      const context = await browser.newContext({
        ...(session ? { storageState: session } : {}),
        viewport: { width: 1280, height: 800 },
      });
      const page = await context.newPage();
      await page.goto(url);
      return page;
    };
    await desk.open(visit);
    const session = await desk.sessionOf("admin", visit);
    const open = () => visit(`${desk.address}/decode`, session);
    const load = await firstLoad(browser, session, `${desk.address}/decode`);
    return [
      [
        "JavaScript until the field can be typed in",
        `${load.first.toLocaleString("en-US")} bytes on the wire, gzipped`,
      ],
      ["JavaScript with the decoder, loaded after it", `${load.all.toLocaleString("en-US")} bytes`],
      ["Time until the input can be typed in", `${load.typable.toFixed(0)} ms (median of ${ROUNDS})`],
      [
        "Paste to painted verdict, typical token",
        `${(await repeat(open, await tokenOf(0), (result) => result.painted)).toFixed(1)} ms (median of ${ROUNDS})`,
      ],
      ...(await large(open)),
    ];
  } finally {
    await desk.close();
    await browser.close();
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

async function firstLoad(browser: Browser, session: Session, url: string) {
  const typable: number[] = [];
  let first = 0;
  let all = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const context = await browser.newContext({ storageState: session });
    const page = await context.newPage();
    const network = await context.newCDPSession(page);
    await network.send("Network.enable");
    const scripts = new Set<string>();
    let bytes = 0;
    network.on("Network.responseReceived", ({ requestId, response }) => {
      if (/\.js($|\?)/.test(response.url)) scripts.add(requestId);
    });
    network.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      if (scripts.has(requestId)) bytes += encodedDataLength;
    });
    const start = performance.now();
    await page.goto(url, { waitUntil: "commit" });
    const field = page.getByLabel("Token", { exact: true });
    await field.pressSequentially("e");
    typable.push(performance.now() - start);
    if ((await field.inputValue()) !== "e") throw new Error("What was typed early is lost.");
    // The page works once React answers: the button that clears appears.
    await page.getByRole("button", { name: "Clear" }).waitFor();
    first = await page.evaluate(() =>
      performance
        .getEntriesByType("resource")
        .filter(
          (entry) => entry.name.includes(".js") && (entry as PerformanceResourceTiming).initiatorType === "script",
        )
        .reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).transferSize, 0),
    );
    await page.waitForLoadState("networkidle");
    all = bytes;
    await context.close();
  }
  return { typable: median(typable), first, all };
}
