/** Takes the picture that the README shows: `npx tsx e2e/screenshot.ts`. */
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { findChromium, launchArguments } from "./chromium";
import { Desk, type Session } from "./desk";
import { claimsOf, makeToken } from "./make-token";

const browser = await chromium.launch({ executablePath: findChromium(), args: launchArguments });
const desk = new Desk({ LOG_LEVEL: "silent" });
try {
  const visit = async (url: string, session?: Session) => {
    const viewport = { width: 1280, height: 800 };
    const context = await browser.newContext({
      viewport,
      colorScheme: "light",
      ...(session ? { storageState: session } : {}),
    });
    const page = await context.newPage();
    await page.goto(url);
    return page;
  };
  await desk.open(visit);
  const page = await visit(`${desk.address}/decode`, await desk.sessionOf("admin", visit));
  const claims = claimsOf(desk.key.apiKey, {
    permissions: ["ask_join", "allow_mod"],
    version: 2,
    roomId: "2kyv-gzay-64pg",
  });
  await page.getByLabel("Token", { exact: true }).fill(`Authorization: Bearer ${makeToken(claims, desk.key.secret)}`);
  await page.getByRole("heading", { name: "Breaks VideoSDK's rules" }).waitFor();
  await page.locator('[data-layer="Ledger"]').getByText("somebody else").waitFor();
  await page.screenshot({ path: join(import.meta.dirname, "screenshot.png") });
} finally {
  await desk.close();
  await browser.close();
}
