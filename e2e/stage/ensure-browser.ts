/** Sees to it that there is a Chromium: an installed one, the lightest where it may be added, otherwise Playwright's own download, otherwise the system's package. With `firefox` behind it, that there is a Firefox too, where the system has a package of it; with `nginx`, an nginx; with `languages`, what runs the backend code that is offered. */
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { findChromium, HEADLESS_SHELL } from "./chromium";
import { findProgram } from "./find-program";
import { findFirefox } from "./firefox";
import { findNginx } from "./nginx";

const run = (program: string, ...words: string[]) => spawnSync(program, words, { stdio: "inherit" }).status === 0;

const installPackage = (...names: string[]) => run("apt-get", "update") && run("apt-get", "install", "-y", ...names);

function install(): boolean {
  const playwright = createRequire(import.meta.url).resolve("@playwright/test/cli");
  if (run(process.execPath, playwright, "install", "--with-deps", "--no-shell", "chromium")) return true;
  // Where its download is not to be had, Debian and its children have a package.
  return installPackage("chromium");
}

// In a container, which root is a sign of, it costs seconds and saves minutes; where it is not to be had, any Chromium does.
if (
  process.getuid?.() === 0 &&
  !process.env.CHROMIUM_PATH &&
  findProgram(["apt-get"]) &&
  !findProgram([HEADLESS_SHELL])
)
  run("apt-get", "install", "-y", HEADLESS_SHELL);

if (!findChromium() && !install()) {
  console.error("There is no Chromium to test with. Install one, or name it in CHROMIUM_PATH.");
  process.exit(1);
}
console.log(`The stories are played in ${findChromium()}.`);

if (process.argv.includes("firefox")) {
  if (!findFirefox()) installPackage("firefox-esr");
  console.log(
    findFirefox() ? `And one in ${findFirefox()}.` : "There is no Firefox to test with: its story is left out.",
  );
}

if (process.argv.includes("nginx")) {
  if (!findNginx()) installPackage("nginx-light");
  console.log(findNginx() ? `One stands behind ${findNginx()}.` : "There is no nginx: its story is left out.");
}

if (process.argv.includes("languages")) {
  // With the libraries that the code names: a language without its own is none here.
  const missing = (
    [
      ["python3-jwt", "/usr/bin/python3", "-c", "import jwt"],
      ["php-cli", "php", "-v"],
      ["ruby-jwt", "ruby", "-e", 'require "jwt"'],
    ] as const
  ).filter(([, program, ...words]) => spawnSync(program, words, { stdio: "ignore" }).status !== 0);
  if (missing.length > 0 && !installPackage(...missing.map(([name]) => name)))
    console.log(`Backend code is not run for want of ${missing.map(([name]) => name).join(", ")}.`);
}
