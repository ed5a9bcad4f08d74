/** What stands around every page: the zone, the account menu, the palette, the shortcuts, signing out elsewhere, and what one sees while something happens. */
import { expect, test } from "./stage/fixtures";

test("1. the server draws times in the reader's zone, which the browser keeps in a cookie; without one it says UTC", async ({
  open,
  desk,
}) => {
  const page = await open("issuer", "/audit");
  const cookie = async () => (await page.context().cookies()).find(({ name }) => name === "zone")?.value;
  const drawn = async (headers: Record<string, string>) =>
    /<time[\s\S]*?<\/time>/.exec(await (await fetch(`${desk.address}/audit`, { headers })).text())?.[0] ?? "";
  const session = desk.cookieOf("issuer").replace(/(; )?zone=[^;]*/, "");
  expect(await drawn({ cookie: session })).toContain(" UTC<");
  expect(await drawn({ cookie: `${session}; zone=Nowhere/There` })).toContain(" UTC<");
  expect(await drawn({ cookie: `${session}; zone=utc` })).toContain(" UTC<");
  expect(await drawn({ cookie: `${session}; zone=America/St_Johns` })).toMatch(/ GMT-[23]:30</);

  // The browser of the stories stands in Kolkata.
  await expect.poll(cookie).toMatch(/^Asia\/(Kolkata|Calcutta)$/);
  expect(await drawn({ cookie: `${session}; zone=${await cookie()}` })).toContain(" GMT+5:30<");
  await expect(page.locator("tbody time").first()).toContainText("GMT+5:30");
});
