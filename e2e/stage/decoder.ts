/** The page `/decode` as a person uses it, and what leaves the browser meanwhile. */
import { expect, type Locator, type Page, type Request } from "@playwright/test";
import { change } from "./database";

export function tokenField(page: Page): Locator {
  return page.getByLabel("Token", { exact: true });
}

/** Puts a text into the field as pasting does: at once, however long it is. */
export async function paste(page: Page, text: string): Promise<void> {
  await tokenField(page).evaluate((field: HTMLTextAreaElement, pasted) => {
    field.value = pasted;
    field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
  }, text);
}

/** What is said where a secret of this desk stands in the text; Next and the fields have empty alerts of their own. */
export function secretAlarm(page: Page): Locator {
  return page.getByRole("alert").filter({ hasText: /[Tt]he secret of “Staging”/ });
}

export function verdict(page: Page): Locator {
  return page.getByRole("region", { name: "Verdict" });
}

/** @param word the whole first line, and of one of ours its number too */
export async function expectVerdict(page: Page, word: string | RegExp, reason?: string | RegExp): Promise<void> {
  await expect(verdict(page).getByRole("heading")).toHaveText(word);
  if (reason) await expect(verdict(page)).toContainText(reason);
}

/** One layer of the ladder that says why. */
export function layer(page: Page, name: string): Locator {
  return page
    .getByRole("region", { name: "Why" })
    .getByRole("listitem")
    .filter({ hasText: new RegExp(`^${name}:`) });
}

/** What stands folded under the verdict, unfolded. */
export async function unfold(page: Page, name: "Abilities" | "Header"): Promise<Locator> {
  const fold = page.getByRole("region", { name });
  if (!(await fold.isVisible())) await page.locator("summary").filter({ hasText: name }).click();
  return fold;
}

/** What the page says once it knows nobody but this desk signs with its keys, or that something else does. */
export function saySignsElsewhere(database: string, answer: "yes" | "no" | null): void {
  change(database, "UPDATE SigningKey SET signsElsewhere = ?", answer);
}

/** What judges a token has been fetched, and whatever comes with it. */
export async function isLoaded(page: Page): Promise<void> {
  await expect(page.getByLabel("Choose a file")).toBeAttached();
  await page.waitForLoadState("networkidle");
}

/** What a text with several tokens needs comes once the page has been quiet for a while. */
export async function isLoadedWhole(page: Page): Promise<void> {
  await isLoaded(page);
  await page.waitForFunction(() => {
    const scripts = performance.getEntriesByType("resource").filter(({ name }) => name.endsWith(".js"));
    return performance.now() - Math.max(...scripts.map(({ startTime, duration }) => startTime + duration)) > 6_000;
  });
}

/** Everything that the page asks of any server from now on, but for the desk's own files, whose names say nothing of a token; the page has come to rest before. */
export async function listen(page: Page): Promise<Request[]> {
  await isLoaded(page);
  const requests: Request[] = [];
  page.on("request", (request) => {
    const { origin, pathname, search } = new URL(request.url());
    const file = pathname === "/icon.svg" || /^\/_next\/static\/[\w./~-]+$/.test(pathname);
    // Asked by every open page, of its session alone: it bears nothing.
    const asked = pathname === "/api/session" && request.postData() === null;
    const here = search === "" && origin === new URL(page.url()).origin && request.method() === "GET";
    const own = here && (file || asked);
    if (!own) requests.push(request);
  });
  return requests;
}

/** For a reader: `POST /decode`. */
export function named(requests: readonly Request[]): string[] {
  return requests.map((request) => `${request.method()} ${new URL(request.url()).pathname}`);
}
