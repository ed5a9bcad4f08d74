/** Takes the picture that the README shows: `npx tsx e2e/stage/screenshot.ts`. */
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { launchOptions } from "./chromium";
import { saySignsElsewhere } from "./decoder";
import { Desk } from "./desk";
import { claimsOf, makeToken } from "./make-token";
import { PreparedDesk } from "./prepared-desk";

const browser = await chromium.launch(launchOptions());
const prepared = new PreparedDesk(await PreparedDesk.make());
const desk = new Desk(prepared, { LOG_LEVEL: "silent" });
try {
  await desk.open();
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    colorScheme: "light",
    storageState: desk.sessions.admin,
  });
  saySignsElsewhere(desk.database, "yes");
  const page = await context.newPage();
  await page.goto(`${desk.address}/decode`);
  const claims = claimsOf(desk.key.apiKey, {
    permissions: ["ask_join", "allow_mod"],
    version: 2,
    roomId: "2kyv-gzay-64pg",
  });
  await page.getByLabel("Token", { exact: true }).fill(`Authorization: Bearer ${makeToken(claims, desk.key.secret)}`);
  await page.getByRole("heading", { name: "Breaks VideoSDK's rules" }).waitFor();
  await page.getByRole("button", { name: "Repair…" }).waitFor();
  await page.mouse.click(640, 790);
  await page.screenshot({ path: join(import.meta.dirname, "../screenshot.png") });
} finally {
  await browser.close();
  await desk.close();
  prepared.remove();
}
