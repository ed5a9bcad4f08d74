/** Finds an installed Firefox and drives it over WebDriver BiDi, as it is: Playwright's is a patched one. */
import { type Browser, launch } from "puppeteer-core";
import { findProgram } from "./find-program";

const NAMES = ["firefox-esr", "firefox"];

/** @returns the path of an executable; undefined when there is none */
export function findFirefox(): string | undefined {
  return process.env.FIREFOX_PATH || findProgram(NAMES);
}

export function launchFirefox(executablePath: string): Promise<Browser> {
  return launch({
    browser: "firefox",
    executablePath,
    extraPrefsFirefox: {
      // Nothing but the desk is asked for anything.
      "network.captive-portal-service.enabled": false,
      "network.connectivity-service.enabled": false,
    },
    env: { ...process.env, TZ: "Asia/Kolkata" },
  });
}
