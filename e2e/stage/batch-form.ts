/** The batch form as a story sees it. */
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";

export const participants = (page: Page) => page.getByRole("textbox", { name: "Participants" });
export const check = (page: Page) => page.getByRole("button", { name: "Check" });
export const issueAll = (page: Page) => page.getByRole("button", { name: /^Issue [\d,]+ tokens?$/ });
export const batch = (page: Page) => page.getByTestId("batch");
export const table = (page: Page) => page.getByRole("table", { name: "Rows" });
export const guests = (count: number) => Array.from({ length: count }, (_, index) => `guest-${index + 1}`).join("\n");

/** @returns the file that a button saves */
export async function saved(page: Page, button: string) {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: button, exact: true }).click(),
  ]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
}
