/** The main way through the desk in a Firefox as people have it: sign in, issue, copy, paste, decode. */
import type { Page } from "puppeteer-core";
import { findFirefox, launchFirefox } from "../stage/firefox";
import { expect, test } from "../stage/fixtures";
import { people } from "../stage/people";

const firefox = findFirefox();

async function click(page: Page, role: "button" | "link", name: string): Promise<void> {
  await page.locator(`::-p-aria([name="${name}"][role="${role}"])`).click();
}

test("in Firefox one signs in, issues a token, copies it, pastes it and reads that it is valid", async ({ desk }) => {
  test.skip(firefox === undefined, "There is no Firefox here: install one (firefox-esr), or name it in FIREFOX_PATH.");
  const browser = await launchFirefox(firefox ?? "");
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(30_000);
    await page.setViewport({ width: 1280, height: 900 });
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") errors.push(message.text());
    });

    await page.goto(`${desk.address}/sign-in`);
    await page.locator("#email").fill(people.issuer.email);
    await page.locator("#password").fill(people.issuer.password);
    await click(page, "button", "Sign in");
    await page.waitForSelector(".account-button");
    await expect
      .poll(async () => (await browser.cookies()).find(({ name }) => name === "zone")?.value)
      .toMatch(/^Asia\/(Kolkata|Calcutta)$/);

    await page.goto(`${desk.address}/issue`);
    await page.waitForSelector("button[type=submit]:not([disabled])");
    await page.locator("#purpose").fill("issued in Firefox");
    await click(page, "button", "Issue token");
    const token = await page
      .$eval("[data-testid=token]", (shown) => shown.textContent ?? "")
      .catch(async () => {
        await page.waitForSelector("[data-testid=token]");
        return page.$eval("[data-testid=token]", (shown) => shown.textContent ?? "");
      });
    expect(token).toMatch(/^ey[\w-]+\.ey[\w-]+\.[\w-]{43}$/);
    await click(page, "button", "Copy token");
    await page.waitForSelector("::-p-text(Copied )");

    await page.goto(`${desk.address}/decode`);
    const field = await page.waitForSelector("textarea");
    await field?.focus();
    await page.keyboard.down("Control");
    await page.keyboard.press("KeyV");
    await page.keyboard.up("Control");
    await expect.poll(() => page.$eval("textarea", (box) => box.value)).toContain(token.slice(0, 60));
    await page.waitForSelector("::-p-text(Valid, and issued here as No.\u00a01)");
    await page.waitForSelector("::-p-text(issued in Firefox)");

    // What only other engines have known for long: popover, dialog, light-dark().
    await page.locator(".account-button").click();
    await page.waitForSelector("#account-menu:popover-open");
    await page.keyboard.press("Escape");
    await page.keyboard.down("Control");
    await page.keyboard.press("KeyK");
    await page.keyboard.up("Control");
    await page.waitForSelector("dialog[open] input[role=combobox]");
    expect(errors).toEqual([]);
  } finally {
    await browser.close();
  }
});
