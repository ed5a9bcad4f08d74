/** Stories of the server itself (`npm run test:long`): what is sent past the pages, what stops its start, its files, the disk, its addresses, its end. */
import { defineConfig } from "@playwright/test";
import stories from "../../playwright.config";

export default defineConfig(stories, {
  testDir: ".",
  testIgnore: [],
  outputDir: "../../test-results/server",
  globalSetup: "../stage/global-setup.ts",
});
