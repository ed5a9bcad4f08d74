/** How the stories are played: in Chromium, against the production build, three files at a time, since each waits most of the while. */
import { defineConfig } from "@playwright/test";
import { launchOptions } from "./e2e/stage/chromium";
import { memoryFolder } from "./e2e/stage/memory-folder";

// For every folder that a story makes, and every process that it starts.
process.env.TMPDIR ??= memoryFolder();

export default defineConfig({
  testDir: "e2e",
  testIgnore: ["further/**", "long/**", "server/**"],
  outputDir: "test-results",
  globalSetup: "./e2e/stage/global-setup.ts",
  workers: 3,
  // A busy machine may miss a moment: told as flaky. What must never fail once (kills, issuing once) says so in its file.
  retries: 1,
  forbidOnly: true,
  reporter: "list",
  timeout: 120_000,
  expect: { timeout: 15_000 },
  use: {
    locale: "en-GB",
    // Half an hour off, so that a time rendered in the wrong zone is seen at once.
    timezoneId: "Asia/Kolkata",
    contextOptions: { reducedMotion: "reduce" },
    viewport: { width: 1280, height: 900 },
    screenshot: "only-on-failure",
    launchOptions: launchOptions(),
  },
});
