/** A key gets another secret, and a key that was never used goes: what it ends is told first, and what was typed stays. */
import { expectAccessible } from "../stage/accessible";
import { batch, check, guests, issueAll, participants, saved } from "../stage/batch-form";
import { events, rows } from "../stage/database";
import { paste, verdict } from "../stage/decoder";
import { expect, test } from "../stage/fixtures";
import { issue } from "../stage/issue-form";
import { people } from "../stage/people";
import { addKey, makeKeyPair, openKey } from "../stage/signing-keys";

test("1. before a secret is rotated stands whom it concerns; afterwards the new one signs, and what the old one signed is told as such", async ({
  open,
  desk,
}) => {
  const issuing = await open("issuer", "/issue");
  const token = await issue(issuing, { expiresIn: "2h", purpose: "the ward tablets" });
  const page = await open("admin", "/keys");
  await openKey(page, "Staging");
  // Disabling tells the same: here it ends nothing, and at the vendor it would.
  await page.getByRole("button", { name: "Disable…" }).first().click();
  const disabling = page.getByRole("dialog", { name: "Disable “Staging”?" });
  await expect(disabling.getByRole("figure", { name: "Active tokens over time" })).toContainText("now");
  for (const [by, what] of [
    ["By person", people.issuer.name],
    ["By purpose", "the ward tablets"],
  ] as const)
    await expect(disabling.locator("dl > div").filter({ hasText: by })).toContainText(`${what} 1`);
  await expect(disabling.getByRole("button", { name: "Save as CSV" })).toBeVisible();
  await expectAccessible(page, "a key that is about to be disabled");
  // What is asked stands in view, on a phone as well: the focus is there.
  const viewport = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 740 });
  await expect(disabling.getByRole("button", { name: "Cancel" })).toBeFocused();
  for (const name of ["Cancel", "Disable key"])
    await expect(disabling.getByRole("button", { name })).toBeInViewport({ ratio: 1 });
  if (viewport) await page.setViewportSize(viewport);
  await disabling.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("link", { name: "Rotate…" }).click();
  const section = page.getByRole("region", { name: "Rotate the secret" });
  await expect(section.getByRole("heading", { name: "Rotate the secret" })).toBeFocused();
  // On a phone: closed it is where it was opened, and a page that is loaded anew is where one left it.
  await page.setViewportSize({ width: 360, height: 480 });
  await section.getByRole("link", { name: "Close" }).press("Enter");
  const opener = page.getByRole("link", { name: "Rotate…" });
  await expect(opener).toBeFocused();
  await expect(opener).toBeInViewport({ ratio: 1 });
  await opener.press("Enter");
  await expect(section.getByRole("heading", { name: "Rotate the secret" })).toBeFocused();
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  await page.reload();
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1_000)));
  await expect(page.locator("main :focus")).toHaveCount(0);
  if (viewport) await page.setViewportSize(viewport);
  await expect(section).toContainText(
    /If you regenerate it now, \d+ active tokens? of one person stops? joining at once/,
  );
  await expect(section.getByRole("figure", { name: "Active tokens over time" })).toContainText("now");
  // The end of all is at its end: a step is as wide as it lasts.
  await expect(section.locator(".fall-chart .line")).toHaveAttribute("d", /H94L94 /);
  const table = section.getByRole("table", { name: "Who holds active tokens" });
  await expect(table.getByRole("row", { name: new RegExp(people.issuer.name) })).toContainText("the ward tablets");
  const download = page.waitForEvent("download");
  await section.getByRole("button", { name: "Save as CSV" }).click();
  expect((await download).suggestedFilename()).toBe("who to tell about Staging.csv");
  await expect(section.getByText("By room")).toBeVisible();
  await expect(section.getByText("By purpose")).toBeVisible();
  await expectAccessible(page, "a key whose secret is about to be rotated");

  const [field, rotate] = [section.getByLabel("New secret"), section.getByRole("button", { name: "Rotate" })];
  // It wakes up when there is something to rotate to.
  await expect(rotate).toBeDisabled();
  await field.fill("  ");
  await expect(rotate).toBeDisabled();
  await field.fill(desk.key.secret);
  await rotate.click();
  await expect(section).toContainText('This is the secret that "Staging" has. Regenerate it');
  await expect(field).toHaveValue(desk.key.secret);
  const { secret } = makeKeyPair("Staging");
  await field.fill(secret);
  await rotate.dblclick();
  await expect(section.getByRole("status").first()).toContainText("“Staging” signs with the new secret.");
  await expect(section.getByRole("heading", { name: "Rotate the secret" })).toBeFocused();
  await expect(page.getByRole("region", { name: "History" }).getByRole("listitem").first()).toContainText(
    "Secret rotated",
  );
  expect(events(desk.database, "key.rotated")).toHaveLength(1);
  expect(await page.content()).not.toContain(secret);

  await section.getByRole("link", { name: "Issue a token with it" }).click();
  await issue(page, { expiresIn: "1h", purpose: "with the new secret" });
  await issuing.goto("/decode");
  await paste(issuing, token);
  await expect(verdict(issuing)).toContainText("Bad signature");
  await expect(verdict(issuing)).toContainText(/Signed with a retired secret of “Staging”, retired \d\d:\d\d/);
  await expect(issuing.locator('[data-layer="Signature"]')).toContainText(
    /Signed with the secret retired on \w{3} \d+ \w{3} \d{4}, \d\d:\d\d/,
  );
  // Nothing calls it active: neither beside that, nor where the ledger tells of it.
  await expect(issuing.locator(".ticket-stub")).toContainText(/Would end in\s*1 h 5\d min/);
  await expect(issuing.locator(".ticket-stub")).not.toContainText("Active");
  await page.goto("/audit?tokens=1");
  const row = page.getByRole("row").filter({ hasText: "the ward tablets" });
  await expect(row).toContainText("not accepted by VideoSDK");
  await row.getByRole("link").first().click();
  const ledger = page.getByRole("region", { name: "Ledger" });
  await expect(ledger).toContainText("If its signature were right: whoever holds this token may join");
  await expect(ledger).toContainText(/Bad signature\s*Signed with a retired secret of “Staging”, retired/);
  await expect(ledger).toContainText("VideoSDK refuses it: 4002");
  await expect(ledger).toContainText("Would end in");
  await expect(page.getByRole("button", { name: "Revoke…" })).toHaveCount(0);
  await expectAccessible(page, "a token that its vendor refuses");
});

test("1b. on a phone a room stays on one line in whom a rotation concerns", async ({ open }) => {
  await issue(await open("issuer", "/issue"), { expiresIn: "2h", purpose: "The ward", roomId: "2kyv-gzay-64pg" });
  const page = await open("admin", "/keys");
  await page.setViewportSize({ width: 360, height: 740 });
  await openKey(page, "Staging");
  await page.getByRole("link", { name: "Rotate…" }).click();
  const room = page.getByRole("table", { name: "Who holds active tokens" }).getByText("2kyv-gzay-64pg");
  const lines = await room.evaluate((element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
  });
  expect(lines).toBe(1);
});

test("1c. beside a rotation that is done, as its lost answer says, nothing is to be regenerated first but for the next one", async ({
  open,
  watch,
}) => {
  watch.allow(/ERR_FAILED|ERR_CONNECTION/, "the answer is lost on the way");
  const page = await open("admin", "/keys");
  await addKey(page, makeKeyPair("Lost answer"));
  await openKey(page, "Lost answer");
  await page.getByRole("link", { name: "Rotate…" }).click();
  const section = page.getByRole("region", { name: "Rotate the secret" });
  const first = "dashboard first, then paste the new one here at once";
  await expect(section).toContainText(`Regenerate it in VideoSDK's ${first}`);
  await section.getByLabel("New secret").fill(makeKeyPair("").secret);
  await page.route("**/keys/**", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    await route.fetch();
    await route.abort();
  });
  await section.getByRole("button", { name: "Rotate" }).click();
  await expect(section.getByRole("alert").filter({ hasText: "press Rotate again" })).toBeVisible();
  await page.unroute("**/keys/**");
  await section.getByRole("button", { name: "Rotate" }).click();
  await expect(section).toContainText('"Lost answer" was rotated to this secret');
  await expect(section).toContainText(
    /Its last rotation was .+\. To rotate it once more, regenerate it again in VideoSDK's/,
  );
  await expect(section).not.toContainText("Regenerate it in");
});

test("1d. beside what a rotation would end stands of how many active tokens that is: those of an earlier secret are told apart", async ({
  open,
}) => {
  const issuing = await open("issuer", "/issue");
  await issue(issuing, { expiresIn: "2h", purpose: "before its rotation" });
  await issuing.goto("/issue/batch");
  await participants(issuing).fill(guests(2));
  await check(issuing).click();
  await issueAll(issuing).click();
  const number = await batch(issuing).textContent();
  await saved(issuing, "Save as CSV");
  const page = await open("admin", "/keys");
  await openKey(page, "Staging");
  await page.getByRole("link", { name: "Rotate…" }).click();
  const section = page.getByRole("region", { name: "Rotate the secret" });
  await section.getByLabel("New secret").fill(makeKeyPair("Staging").secret);
  await section.getByRole("button", { name: "Rotate" }).click();
  await expect(section.getByRole("status").first()).toContainText("“Staging” signs with the new secret.");
  const holders = page.getByRole("region", { name: "Not expired, by person or program" });
  await expect(holders.getByRole("link", { name: /^All [1-9]/ })).toBeVisible();
  await expect(holders).toContainText("An earlier secret signed all of them: VideoSDK refuses them.");
  await page.goto(`/batches/${number}`);
  await expect(page.getByRole("main")).toContainText("none expired; VideoSDK refuses them, since the secret");
  await expect(page.getByRole("cell", { name: "not accepted by VideoSDK" })).toHaveCount(2);
});

test("2. whoever is no admin rotates nothing, and the address alone opens nothing", async ({ open }) => {
  const page = await open("issuer", "/keys");
  await openKey(page, "Staging");
  await expect(page.getByRole("link", { name: "Rotate…" })).toHaveCount(0);
  await page.goto(`${page.url()}?rotate=1`);
  await expect(page.getByRole("region", { name: "Policy" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Rotate the secret" })).toHaveCount(0);
});

test("2b. whoever leaves an open rotation for another key is at its title, and not at what rotates that one", async ({
  open,
}) => {
  const page = await open("admin", "/keys");
  await addKey(page, makeKeyPair("Night ward"));
  await openKey(page, "Staging");
  await page.getByRole("link", { name: "Rotate…" }).press("Enter");
  await expect(page.getByRole("heading", { name: "Rotate the secret" })).toBeFocused();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("night ward");
  await expect(page.getByRole("option", { selected: true })).toContainText("Night ward");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Night ward");
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
});

test("3. a key with which nothing was issued is removed, after a question; one that was used cannot be", async ({
  open,
  desk,
  watch,
}) => {
  const page = await open("admin", "/issue");
  await issue(page, { expiresIn: "1h", purpose: "so that it was used" });
  await page.goto("/keys");
  await addKey(page, makeKeyPair("Typed wrong"));
  await openKey(page, "Staging");
  await expect(page.getByRole("button", { name: "Remove…" })).toHaveCount(0);
  await openKey(page, "Typed wrong");
  await page.getByRole("button", { name: "Remove…" }).click();
  const dialog = page.getByRole("dialog", { name: "Remove “Typed wrong”?" });
  const address = page.url();
  await expect(dialog).toContainText("This can't be undone");
  await dialog.getByRole("button", { name: "Remove key" }).click();
  await expect(page).toHaveURL(/\/keys$/);
  await expect(page.getByRole("table", { name: "Signing keys" })).not.toContainText("Typed wrong");
  expect(rows(desk.database, "SELECT id FROM SigningKey WHERE label = 'Typed wrong'")).toEqual([]);
  const [removed] = events(desk.database, "key.removed");
  watch.allow(/404 \(Not Found\)/, "the page of the key that was removed");
  await page.goto(address);
  await expect(page.getByRole("main")).toContainText("It may have been removed: the audit log says so.");
  await page.getByRole("link", { name: "Look into the audit log" }).click();
  await expect(page.getByRole("main").locator("tbody tr").first()).toContainText("Typed wrong");
  await page.goto(`/audit/${removed?.sequence}`);
  await expect(page.getByRole("region", { name: "Event" })).toContainText("Typed wrong");
  await expect(page.getByRole("link", { name: "Typed wrong" })).toHaveCount(0);
});
