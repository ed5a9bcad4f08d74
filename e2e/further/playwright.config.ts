/** What each page does besides what it is for (`npm run test:long`): played like the stories next to this folder. */
import { defineConfig } from "@playwright/test";
import stories from "../../playwright.config";

export default defineConfig(stories, {
  testDir: ".",
  testIgnore: [],
  outputDir: "../../test-results/further",
  globalSetup: "../stage/global-setup.ts",
});
