/** Hands on the audit log: its search box, its rows, and what is in force. */
import type { Page } from "@playwright/test";

export const table = (page: Page) => page.getByRole("table", { name: "Audit events" });
export const bodyRows = (page: Page) => table(page).locator("tbody tr");
export const searchBox = (page: Page) => page.getByRole("searchbox", { name: "Search the audit log" });
export const pills = (page: Page) => page.getByRole("search").getByRole("link", { name: /^Remove: / });

/** The events that the rows open, from the top. */
export async function shown(page: Page): Promise<number[]> {
  const addresses = await bodyRows(page).evaluateAll((rows) => rows.map((row) => row.getAttribute("data-href") ?? ""));
  return addresses.map((address) => Number(address.replace("/audit/", "")));
}
