/** Sees to it that there is a Chromium: an installed one, otherwise Playwright's own download, otherwise the system's package. */
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { findChromium } from "./chromium";

const run = (program: string, ...words: string[]) => spawnSync(program, words, { stdio: "inherit" }).status === 0;

function install(): boolean {
  const playwright = createRequire(import.meta.url).resolve("@playwright/test/cli");
  if (run(process.execPath, playwright, "install", "--with-deps", "--no-shell", "chromium")) return true;
  // Where its download is not to be had, Debian and its children have a package.
  return run("apt-get", "update") && run("apt-get", "install", "-y", "chromium");
}

if (!findChromium() && !install()) {
  console.error("There is no Chromium to test with. Install one, or name it in CHROMIUM_PATH.");
  process.exit(1);
}
console.log(`The stories are played in ${findChromium()}.`);
