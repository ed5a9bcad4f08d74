/** Has Playwright download its Chromium when there is none on this machine. */
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { findChromium } from "./chromium";

const found = findChromium();
if (found) {
  console.log(`The stories are played in ${found}.`);
} else {
  const cli = createRequire(import.meta.url).resolve("@playwright/test/cli");
  const { status } = spawnSync(process.execPath, [cli, "install", "--with-deps", "--no-shell", "chromium"], {
    stdio: "inherit",
  });
  process.exit(status ?? 1);
}
