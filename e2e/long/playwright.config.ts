/** Stories that take minutes (`npm run test:long`): played like the others, one at a time. */
import { defineConfig } from "@playwright/test";
import stories from "../../playwright.config";
import { memoryFolder } from "../stage/memory-folder";

// A million rows, and whole checkouts, belong on the disk.
if (process.env.TMPDIR === memoryFolder()) delete process.env.TMPDIR;

export default defineConfig(stories, {
  testDir: ".",
  testIgnore: [],
  outputDir: "../../test-results/long",
  globalSetup: "../stage/global-setup.ts",
  workers: 1,
  timeout: 20 * 60_000,
  // A click that finds nothing says so at once, instead of after all of that.
  use: { ...stories.use, actionTimeout: 30_000 },
});
