/** Finds a Chromium to play the stories in: the one that is named, one that the system has, or Playwright's own. */
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";
import { findProgram } from "./find-program";

/** Debian's package of the part that draws and runs pages: without windows it does the same in two thirds of the time. */
export const HEADLESS_SHELL = "chromium-headless-shell";

const NAMES = [HEADLESS_SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Without what would ask the network on its own. */
const launchArguments = [
  // Chromium's sandbox does not start as root, which is what a container usually is.
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // A later list replaces Playwright's, so what matters of that one is repeated.
  `--disable-features=${[
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "PaintHolding",
    "DestroyProfileOnBrowserClose",
    "MediaRouter",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
    // Each window of a whole Chromium starts two more renderers, for the suggestions below its address bar.
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
  ].join(",")}`,
];

/** @returns the path of an executable; undefined when there is none */
export function findChromium(): string | undefined {
  const named = process.env.CHROMIUM_PATH;
  if (named) return named;
  const installed = findProgram(NAMES);
  if (installed) return installed;
  const own = chromium.executablePath();
  return existsSync(own) ? own : undefined;
}

/** How it is started. */
export function launchOptions() {
  const executablePath = findChromium();
  return { ...(executablePath === undefined ? {} : { executablePath }), args: launchArguments };
}
