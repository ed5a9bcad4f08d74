/** What one does while a batch is read, checked or under way, and where the focus is meanwhile: nothing typed is lost, nothing is led elsewhere. */
import type { Page } from "@playwright/test";
import { OTHERS_FIRST_MS, STAND_IN } from "@/components/ui/focus";
import { openPolicy } from "@/lib/keys/policy";
import { batch, check, guests, issueAll, participants, table } from "../stage/batch-form";
import { change, rows } from "../stage/database";
import { dropFiles } from "../stage/drop-files";
import { expect, test } from "../stage/fixtures";
import { hold, SCRIPTS } from "../stage/hold";

/** The next one that is sent. */
const holdBatch = (page: Page) => hold(page, "**/issue/batch/tokens", { times: 1 });

test("1. what is typed while a table is still being read is another text, and what is changed meanwhile holds for its rows", async ({
  open,
}) => {
  const rowsOf = (...names: string[]) =>
    `participantId,roomId\n${names.map((name) => `${name},2kyv-gzay-64pg`).join("\n")}`;
  /** What reads tables is fetched for the first one, here late. @param meanwhile until then */
  async function checkLate(meanwhile: (page: Page) => Promise<void>): Promise<Page> {
    const page = await open("admin", "/issue/batch");
    await page.waitForLoadState("networkidle");
    await participants(page).fill(rowsOf("ann"));
    const release = await hold(page, "**/_next/static/**");
    const [request] = await Promise.all([page.waitForRequest("**/_next/static/**"), check(page).click()]);
    await meanwhile(page);
    release();
    await (await request.response())?.finished();
    await page.waitForLoadState("networkidle");
    return page;
  }
  const typed = await checkLate((page) => participants(page).fill(rowsOf("bob", "cy")));
  await expect(participants(typed)).toHaveValue(rowsOf("bob", "cy"));
  await expect(table(typed)).toHaveCount(0);
  await check(typed).click();
  await expect(issueAll(typed)).toHaveText("Issue 2 tokens");

  const changed = await checkLate((page) => page.getByLabel("Expires in").fill("5h"));
  await expect(table(changed)).toContainText("5 h");
  // Also what is as it was at first.
  await changed.getByLabel("Expires in").fill("2h");
  await expect(table(changed)).toContainText("2 h");
});

test("2. rows that were checked for another lifetime are checked again for the one that the page began with", async ({
  open,
}) => {
  const page = await open("admin", "/issue/batch");
  // It stands there once the page runs.
  await expect(page.getByLabel("Expires in")).toHaveValue("2h");
  await page.getByLabel("Expires in").fill("5h");
  await participants(page).fill(guests(2));
  await check(page).click();
  await expect(table(page)).toContainText("5 h");
  await page.getByLabel("Expires in").fill("2h");
  await expect(table(page)).toContainText("2 h");
  await expect(table(page)).not.toContainText("5 h");
});

test("3. where what reads tables does not come, it is said, and tried again", async ({ open, watch }) => {
  const page = await open("admin", "/issue/batch");
  await page.waitForLoadState("networkidle");
  watch.allow(/ERR_FAILED|Failed to load chunk/, "the server, as if it could not be reached");
  await page.route("**/_next/static/**", (route) => route.abort());
  await participants(page).fill("participantId,roomId\nann,2kyv-gzay-64pg");
  await check(page).click();
  await expect(page.getByText("The server could not be reached for what reads tables.")).toBeVisible();
  await expect(participants(page)).toHaveValue("participantId,roomId\nann,2kyv-gzay-64pg");
  await page.unroute("**/_next/static/**");
  await check(page).click();
  await expect(issueAll(page)).toHaveText("Issue 1 token");
});

test("4. what is typed while a batch is under way is not led into the cell that is refused", async ({
  open,
  desk,
  watch,
}) => {
  const page = await open("admin", "/issue/batch");
  await participants(page).fill(guests(2));
  await check(page).click();
  await expect(issueAll(page)).toBeEnabled();
  const policy = { ...openPolicy, maxTtlSeconds: 3_600 };
  change(desk.database, "UPDATE SigningKey SET policy = ?", JSON.stringify(policy));
  watch.allow(/422 \(Unprocessable/, "rows that are not allowed any more");
  const release = await holdBatch(page);
  const readAnew = await hold(page, (url) => url.searchParams.has("_rsc"));
  await issueAll(page).press("Enter");
  const purpose = page.getByLabel("Purpose", { exact: true });
  await purpose.fill("The wa");
  release();
  await expect(page.getByRole("alert").filter({ hasText: "2 rows need another look" })).toBeVisible();
  await page.keyboard.type("rd");
  await expect(purpose).toHaveValue("The ward");
  await expect(purpose).toBeFocused();
  // What is sent next is another batch, which may be right: what was refused before stays marked, and stops nothing.
  const cell = page.getByLabel("Expires in, row 1");
  await expect(table(page).getByText("The ward").first()).toBeVisible();
  await expect(cell).toHaveAttribute("data-tone", "warn");
  await issueAll(page).click();
  await expect(cell).toHaveAttribute("aria-invalid", "true");
  await expect(issueAll(page)).toBeDisabled();
  readAnew();
  await expect(page.getByRole("list", { name: "Limits of this key" })).toHaveText("up to 1 h");
  await cell.fill("30m");
  await expect(page.getByLabel("Expires in, row 2")).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("Expires in", { exact: true }).fill("40m");
  await expect(table(page).getByText("40 min")).toBeVisible();
  await expect(table(page).getByText("30 min", { exact: true })).toBeVisible();
  await expect(issueAll(page)).toBeEnabled();
  change(desk.database, "UPDATE SigningKey SET policy = ?", JSON.stringify(openPolicy));
});

test("5. where the focus stood in for what had gone before its place was there, it goes on to that place", async ({
  open,
}) => {
  const page = await open("issuer", "/");
  // As on a machine that is busy: each task of React's is a turn of its own, and the keeper comes first.
  await page.addInitScript((keeperMs) => {
    const now = performance.now.bind(performance);
    performance.now = () => 20 * now();
    const later = window.setTimeout;
    window.setTimeout = ((run: () => void, ms?: number) => (ms === keeperMs ? run() : later(run, ms))) as never;
  }, OTHERS_FIRST_MS);
  await page.goto("/issue/batch");
  await participants(page).fill(guests(10));
  // What reads tables is fetched first, so that the rows are drawn in no turn of the press.
  await page.route("**/_next/static/**", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    await route.continue();
  });
  await check(page).press("Enter");
  await expect(page.getByRole("region", { name: "Rows" })).toBeFocused();
  await page.getByRole("button", { name: "Edit" }).press("Enter");
  await expect(participants(page)).toBeFocused();
  // Whoever goes there by themselves later has it for good.
  await expect(page.locator(`[${STAND_IN}]`)).toHaveCount(0);
});

test("6. what is sent is not changed while it is under way, and what is refused is told of what still stands so", async ({
  open,
  desk,
  watch,
}) => {
  const page = await open("admin", "/issue/batch");
  await participants(page).fill(guests(2));
  await check(page).click();
  await expect(issueAll(page)).toBeEnabled();
  const set = (policy: object) => change(desk.database, "UPDATE SigningKey SET policy = ?", JSON.stringify(policy));
  const hour = { ...openPolicy, maxTtlSeconds: 3_600 };
  set(hour);
  watch.allow(/422 \(Unprocessable/, "rows that are not allowed any more");
  const refusal = page.getByRole("alert").filter({ hasText: "2 rows need another look" });
  const edit = page.getByRole("button", { name: "Edit" });
  const cell = page.getByLabel("Expires in, row 1");
  let release = await holdBatch(page);
  await issueAll(page).press("Enter");
  await expect(edit.click({ timeout: 1_000 })).rejects.toThrow();
  await dropFiles(page, { "late.csv": "somebody-else" });
  const left = page.getByRole("alert").filter({ hasText: "The batch was under way, and the file was left." });
  await expect(left).toBeVisible();
  // What is inert is not announced.
  expect(await left.evaluate((said) => said.closest("[inert]"))).toBeNull();
  release();
  await expect(refusal).toBeVisible();
  await expect(cell).toBeFocused();
  // It is said once beside the button, and of each row in it.
  await expect(page.getByText("2 rows to fix")).toHaveCount(1);
  await expect(table(page).getByText("guest-2")).toBeVisible();
  // No row has a purpose, and the form has none for all of them.
  await expect(table(page).getByRole("columnheader", { name: "Purpose" })).toHaveCount(0);
  // In the form that holds for all of them one may go on: of the lifetime before nothing is said any more.
  await edit.click();
  await expect(refusal).toBeHidden();
  // Once it was refused the page knows the policy: it is read with the one of before.
  set(openPolicy);
  // A press before the page runs would be lost, however long that takes.
  const run = await hold(page, SCRIPTS);
  await page.reload({ waitUntil: "commit" });
  await expect(check(page)).toBeDisabled();
  run();
  await expect(participants(page)).toHaveValue(guests(2));
  await check(page).click();
  await expect(issueAll(page)).toBeEnabled();
  set(hour);
  release = await holdBatch(page);
  await issueAll(page).press("Enter");
  await page.getByLabel("Expires in", { exact: true }).fill("30m");
  await expect(table(page).getByText("30 min").first()).toBeVisible();
  release();
  await expect(refusal).toBeVisible();
  await expect(cell).toHaveCount(0);
  await expect(issueAll(page)).toBeEnabled();
  await issueAll(page).click();
  await expect(batch(page)).toHaveText(/^\d+$/);
  set(openPolicy);
});

test("7. a cell does not close under the hands of whoever is in it when the rows are checked again", async ({
  open,
}) => {
  const page = await open("admin", "/issue/batch");
  await participants(page).fill("ann b\nbob");
  await check(page).click();
  const cell = page.getByLabel("Participant ID, row 1");
  await cell.fill("ann");
  // At once, before the rows are checked anew.
  await cell.evaluate((box: HTMLInputElement) => document.addEventListener("input", () => box.focus(), { once: true }));
  await page.getByLabel("Expires in", { exact: true }).fill("3h");
  await expect(table(page).getByText("3 h").first()).toBeVisible();
  await page.keyboard.press("End");
  await page.keyboard.type("a");
  await expect(cell).toHaveValue("anna");
  await expect(cell).toBeFocused();
});

test("8. by keyboard on a phone nothing that has the focus lies under the bar, and one goes on beside what was mended", async ({
  open,
}) => {
  const page = await open("admin", "/issue/batch");
  await page.setViewportSize({ width: 360, height: 640 });
  await participants(page).fill(
    Array.from({ length: 12 }, (_, at) => `guest ${at % 3 ? "" : "x"}${at}`.replace(/ (?!x)/, "-")).join("\n"),
  );
  await participants(page).press("Control+Enter");
  const all = page.getByRole("group", { name: "All rows" });
  await page.getByRole("button", { name: "Use all 4 suggestions" }).press("Enter");
  await expect(issueAll(page)).toBeEnabled();
  await expect(all).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Undo" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(all).toBeFocused();
  await expect(page.getByRole("button", { name: "Use all 4 suggestions" })).toBeVisible();
  await page.evaluate(() => {
    window.scrollTo(0, 0);
    (document.activeElement as HTMLElement | null)?.blur();
  });
  await page.getByLabel("Signing key").focus();
  for (let step = 0; step < 24; step += 1) {
    const covered = await page.evaluate(() => {
      const has = document.activeElement;
      if (!has || has.closest(".batch-bar, nav")) return "";
      const { left, width, top, height } = has.getBoundingClientRect();
      const at = document.elementFromPoint(left + width / 2, top + height / 2);
      return at?.closest(".batch-bar, nav") ? has.outerHTML.slice(0, 200) : "";
    });
    expect(covered, `step ${step}`).toBe("");
    await page.keyboard.press("Tab");
  }
});

test("9. once issued, each token takes one line, whatever it is for", async ({ open }) => {
  const page = await open("admin", "/issue/batch");
  await participants(page).fill(
    "participantId,roomId,purpose\nann,telehealth-eu-central-1-waiting-room-7f3a2c91,Morning round\nnurse-station-01.ward-7b@st-elisabeth-hospital.example,2kyv-gzay-64pg,\ndr.amara.nwosu-lindqvist,2kyv-gzay-64pg,Replaced tablet on ward seven of the north wing",
  );
  await check(page).click();
  await issueAll(page).click();
  await expect(batch(page)).toHaveText(/^\d+$/);
  const heights = await page
    .getByRole("table", { name: "Tokens" })
    .locator("tbody tr")
    .evaluateAll((rows) => rows.map((row) => Math.round(row.getBoundingClientRect().height)));
  expect(heights).toEqual([heights[0], heights[0], heights[0]]);
});

test("10. where the key is refused the focus is on it, and where the last row was left out, on the row before", async ({
  open,
  desk,
  watch,
}) => {
  const page = await open("admin", "/issue/batch");
  await participants(page).fill("ann\nbob\nann");
  await check(page).click();
  await table(page).getByRole("button", { name: "Leave out" }).press("Enter");
  await expect(table(page).getByRole("row").last()).toBeFocused();
  await expect(table(page).getByRole("row").last()).toContainText("bob");
  watch.allow(/422 \(Unprocessable/, "a key that was disabled meanwhile");
  change(desk.database, "UPDATE SigningKey SET disabledAt = ?", Date.now());
  await issueAll(page).press("Enter");
  await expect(page.locator("#keyId-error")).toContainText("is disabled here");
  await expect(page.getByLabel("Signing key")).toBeFocused();
  // The reason stands as long as the key does, whatever else is typed.
  await page.getByLabel("Purpose", { exact: true }).fill("Ward");
  await expect(table(page).getByText("Ward").first()).toBeVisible();
  await expect(page.locator("#keyId-error")).toContainText("is disabled here");
  change(desk.database, "UPDATE SigningKey SET disabledAt = NULL");
  // What all rows lacked is given to all of them: then nothing is wrong any more.
  await page.getByLabel("Purpose", { exact: true }).fill("");
  change(desk.database, "UPDATE SigningKey SET policy = ?", JSON.stringify({ ...openPolicy, require: ["purpose"] }));
  await issueAll(page).click();
  const told = page.getByRole("alert").filter({ hasText: "2 rows need another look" });
  await expect(told).toBeVisible();
  await page.getByLabel("Purpose", { exact: true }).fill("Ward");
  await expect(issueAll(page)).toBeEnabled();
  await expect(told).toHaveCount(0);
  change(desk.database, "UPDATE SigningKey SET policy = ?", JSON.stringify(openPolicy));
});

test("10b. what a policy that was narrowed meanwhile allows stands beside the key once it has refused", async ({
  open,
  desk,
  watch,
}) => {
  const page = await open("issuer", "/issue/batch");
  await participants(page).fill("ann\nbob");
  await check(page).click();
  watch.allow(/422 \(Unprocessable/, "a policy that was narrowed meanwhile");
  const policy = { ...openPolicy, issuer: { maxTtlSeconds: 600 } };
  change(desk.database, "UPDATE SigningKey SET policy = ?", JSON.stringify(policy));
  await issueAll(page).click();
  await expect(table(page).getByText("allows at most 10 min")).toHaveCount(2);
  await expect(page.getByRole("list", { name: "Limits of this key" })).toHaveText("up to 10 min");
  const said = page.locator("#expiresIn-error");
  await expect(said).toContainText("allows at most 10 min");
  // Beneath both fields of its line: in the narrow one each of its words would take a line.
  expect((await said.boundingBox())?.height).toBeLessThan(50);
  // What a table that is pasted now would be offered.
  await expect(table(page).getByRole("button", { name: "Use 10 min" })).toHaveCount(2);
  await page.getByRole("button", { name: "Use all 2 suggestions" }).click();
  await expect(issueAll(page)).toBeEnabled();
  // What every row says itself is wrong in none of them, whatever the form says.
  await expect(said).toHaveText("");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(said).toContainText("allows at most 10 min");
  await page.getByLabel("Template", { exact: true }).selectOption({ label: "Participant (10 min)" });
  await issueAll(page).click();
  await expect(batch(page)).toBeVisible();
  change(desk.database, "UPDATE SigningKey SET policy = ?", JSON.stringify(openPolicy));
});

test("10c. a row that says itself how long it lives is offered what the narrowed policy allows, whatever the form says", async ({
  open,
  desk,
  watch,
}) => {
  const page = await open("issuer", "/issue/batch");
  await page.getByLabel("Expires in", { exact: true }).fill("5m");
  await participants(page).fill("participantId,expiresIn\nann,1h\nbob,");
  await check(page).click();
  watch.allow(/422 \(Unprocessable/, "a policy that was narrowed meanwhile");
  const policy = { ...openPolicy, issuer: { maxTtlSeconds: 600 } };
  change(desk.database, "UPDATE SigningKey SET policy = ?", JSON.stringify(policy));
  await issueAll(page).click();
  await table(page).getByRole("button", { name: "Use 10 min" }).click();
  await issueAll(page).click();
  await expect(batch(page)).toBeVisible();
  change(desk.database, "UPDATE SigningKey SET policy = ?", JSON.stringify(openPolicy));
});

test("10d. a chosen template that the key does not take any more is named whole in its field, and why stands below", async ({
  open,
  desk,
}) => {
  const set = (policy: object) =>
    change(desk.database, "UPDATE SigningKey SET policy = ?", JSON.stringify({ ...openPolicy, ...policy }));
  for (const width of [1280, 360]) {
    set({});
    const page = await open("issuer", "/issue/batch", { viewport: { width, height: 900 } });
    const template = page.getByLabel("Template", { exact: true });
    await template.selectOption("participant");
    await participants(page).fill("ann");
    set({ templates: ["guest"] });
    await page.reload();
    await expect(template).toHaveValue("participant");
    await expect(template.locator("option:checked")).toHaveText("Participant");
    await expect(page.locator("#template-error")).toContainText("takes Guest only");
    set({ permissions: ["ask_join"] });
    await page.reload();
    await expect(template.locator("option:checked")).toHaveText("Participant");
    await expect(page.locator("#template-help")).toHaveText("This key: Ask to join");
  }
  set({});
});

test("11. what was refused of what one has chosen otherwise since says so, and two cells that lack the same are told apart", async ({
  open,
  desk,
  watch,
}) => {
  const page = await open("admin", "/issue/batch");
  await participants(page).fill(guests(1));
  await check(page).click();
  watch.allow(/422 \(Unprocessable/, "a template that was hidden meanwhile, and what a policy asks for");
  change(
    desk.database,
    "INSERT INTO TemplateArrangement (profile, \"order\", hidden) VALUES ('videosdk', '[]', '[\"participant\"]')",
  );
  const template = page.getByLabel("Template", { exact: true });
  await template.selectOption("participant");
  await expect(issueAll(page)).toBeEnabled();
  const release = await holdBatch(page);
  await issueAll(page).press("Enter");
  await template.selectOption("moderator");
  release();
  await expect(page.getByRole("alert").filter({ hasText: "There is no such template any more" })).toContainText(
    "You have changed that since: press the button again.",
  );
  change(desk.database, "DELETE FROM TemplateArrangement");
  const policy = { ...openPolicy, require: ["room", "purpose"] };
  change(desk.database, "UPDATE SigningKey SET policy = ?", JSON.stringify(policy));
  await issueAll(page).click();
  await expect(table(page)).toContainText('Room: "Staging" asks for this. Fill it in.');
  await expect(table(page)).toContainText('Purpose: "Staging" asks for this. Fill it in.');
  await page.getByLabel("Purpose", { exact: true }).fill("Ward");
  await expect(table(page)).toContainText('"Staging" asks for this. Fill it in.');
  await expect(table(page)).not.toContainText("Room: ");
  change(desk.database, "UPDATE SigningKey SET policy = ?", JSON.stringify(openPolicy));
});

test("12. of a template that was changed meanwhile it is said until one is chosen, and is issued as it is by now", async ({
  open,
  desk,
  watch,
}) => {
  watch.allow(/422 \(Unprocessable/, "a template that was changed meanwhile");
  const admin = await open("admin", "/templates/new");
  await admin.getByLabel("Name").fill("Tablet");
  await admin.getByLabel("Note").fill("On the ward");
  await admin.getByRole("button", { name: "Save template" }).click();
  await expect(admin).toHaveURL(/\/templates$/);
  const page = await open("issuer", "/issue/batch");
  const template = page.getByLabel("Template", { exact: true });
  await template.selectOption({ label: "Tablet (2 h)" });
  await participants(page).fill("ann\nbob");
  await check(page).click();
  const fills = JSON.stringify({ given: { permissions: ["ask_join"], roles: ["rtc"] }, ttlSeconds: 3600 });
  change(desk.database, `UPDATE Template SET fills = '${fills}', version = 2`);
  await issueAll(page).click();
  const said = page.locator("#template-error");
  await expect(said).toContainText("This is not what the template fills in now.");
  // The page knows it by now.
  await expect(template.getByRole("option", { name: "Tablet (1 h)" })).toBeAttached();
  await expect(template).toHaveValue("");
  await expect(said).toContainText("Choose the template again, or issue it as it stands, from none");
  await expect(page.getByRole("alert").filter({ hasText: "Nothing was issued" })).toBeVisible();
  // What was chosen is not forgotten by a reload, either.
  await page.waitForTimeout(1_200);
  await page.reload();
  await expect(said).toContainText("This is not what the template fills in now.");
  await check(page).click();
  await template.selectOption({ label: "Tablet (1 h)" });
  await expect(said).toHaveText("");
  await issueAll(page).click();
  await expect(batch(page)).toBeVisible();
  const issued = rows(
    desk.database,
    "SELECT templateVersion, ttlSeconds FROM IssuedToken ORDER BY number DESC LIMIT 2",
  );
  expect(issued).toEqual([
    { templateVersion: 2, ttlSeconds: 3600 },
    { templateVersion: 2, ttlSeconds: 3600 },
  ]);
  await admin.reload();
  await admin.getByRole("button", { name: "Delete… Tablet" }).click();
  await admin.getByRole("button", { name: "Delete template" }).click();
});

test("12b. a template whose lifetime was changed while the policy was narrowed stays chosen: it is told at the lifetime, and rows that take what is allowed are of it", async ({
  open,
  desk,
  watch,
}) => {
  watch.allow(/422 \(Unprocessable/, "a template that was changed and a policy that was narrowed meanwhile");
  const admin = await open("admin", "/templates/new");
  await admin.getByLabel("Name").fill("Short");
  await admin.getByLabel("Note").fill("On the ward");
  await admin.getByRole("button", { name: "Save template" }).click();
  await expect(admin).toHaveURL(/\/templates$/);
  const page = await open("issuer", "/issue/batch");
  const template = page.getByLabel("Template", { exact: true });
  await template.selectOption({ label: "Short (2 h)" });
  await participants(page).fill("ann\nbob");
  await check(page).click();
  const fill = (fills: object) =>
    change(
      desk.database,
      `UPDATE Template SET fills = '${JSON.stringify(fills)}', version = version + 1 WHERE name = 'Short'`,
    );
  fill({ given: { permissions: ["allow_join"], roles: ["rtc"] }, ttlSeconds: 3600 });
  const policy = { ...openPolicy, issuer: { maxTtlSeconds: 600 } };
  change(desk.database, "UPDATE SigningKey SET policy = ?", JSON.stringify(policy));
  await issueAll(page).click();
  await expect(page.locator("#expiresIn-error")).toContainText("allows at most 10 min");
  await expect(template.locator("option:checked")).toHaveText("Short (10 min)");
  await page.getByRole("button", { name: "Use all 2 suggestions" }).click();
  await issueAll(page).click();
  await expect(batch(page)).toBeVisible();
  const issued = rows(desk.database, "SELECT templateName, ttlSeconds FROM IssuedToken ORDER BY number DESC LIMIT 2");
  expect(issued).toEqual([
    { templateName: "Short", ttlSeconds: 600 },
    { templateName: "Short", ttlSeconds: 600 },
  ]);

  // What it permits was changed, too: that is told at the template.
  await page.goto("/issue/batch");
  change(desk.database, "UPDATE SigningKey SET policy = ?", JSON.stringify(openPolicy));
  await page.reload();
  await template.selectOption({ label: "Short (1 h)" });
  await participants(page).fill("ann\nbob");
  await check(page).click();
  fill({ given: { permissions: ["ask_join"], roles: ["rtc"] }, ttlSeconds: 3600 });
  change(desk.database, "UPDATE SigningKey SET policy = ?", JSON.stringify(policy));
  await issueAll(page).click();
  await expect(page.locator("#template-error")).toContainText("This is not what the template fills in now.");
  await expect(page.locator("#expiresIn-error")).toContainText("allows at most 10 min");
  change(desk.database, "UPDATE SigningKey SET policy = ?", JSON.stringify(openPolicy));
  await admin.reload();
  await admin.getByRole("button", { name: "Delete… Short" }).click();
  await admin.getByRole("button", { name: "Delete template" }).click();
});
