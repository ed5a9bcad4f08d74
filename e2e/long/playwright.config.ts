/** Stories that take minutes (`npm run test:long`): played like the others, one at a time. */
import { defineConfig } from "@playwright/test";
import stories from "../../playwright.config";

export default defineConfig(stories, {
  testDir: ".",
  testIgnore: [],
  outputDir: "../../test-results/long",
  globalSetup: "../stage/global-setup.ts",
  workers: 1,
  timeout: 20 * 60_000,
});
