/** Many tokens at once: pasted, checked row by row, issued all or none, saved from this tab, asked about before it is left, and found again as one batch. */
import { openPolicy } from "@/lib/keys/policy";
import { expectAccessible } from "./stage/accessible";
import { batch, check, guests, issueAll, participants, saved, table } from "./stage/batch-form";
import { change, events, rows } from "./stage/database";
import { paste, verdict } from "./stage/decoder";
import { expect, test } from "./stage/fixtures";

test("1. ten tokens for a class take four clicks and a paste, and are a batch with a page of its own", async ({
  open,
  desk,
}) => {
  const page = await open("issuer", "/issue");
  await page.getByRole("link", { name: "Several at once" }).click();
  await participants(page).fill(`participantId,purpose\n${guests(10).replaceAll("\n", ",The class\n")},The class`);
  await check(page).click();
  await expect(issueAll(page)).toHaveText("Issue 10 tokens");
  // The field has folded, and the focus goes on with what it was read as.
  await expect(page.getByRole("region", { name: "Rows" })).toBeFocused();
  await expectAccessible(page, "rows that are right");
  await issueAll(page).click();
  await expect(batch(page)).toHaveText(/^\d+$/);
  const number = Number(await batch(page).textContent());
  // What all of them have in common is said once.
  await expect(page.getByRole("region", { name: "Issued batch" })).toContainText(
    /10 tokens, No\.\s.*, in any room, good until .*Purpose: The class/,
  );
  await expect(page.getByRole("table", { name: "Tokens" }).getByRole("columnheader")).toHaveText([
    "No.",
    "Participant",
    "Token",
  ]);
  await expectAccessible(page, "a batch that was issued");
  // Leaving asks first.
  await page.getByRole("link", { name: "The batch's page" }).click();
  const dialog = page.getByRole("dialog", { name: /was not saved/ });
  await expect(dialog).toBeVisible();
  await dialog.getByRole("button", { name: "Stay" }).click();
  const csv = await saved(page, "Save as CSV");
  expect(csv.name).toBe(`batch-${number}.csv`);
  const lines = csv.text.trimEnd().split("\n");
  expect(lines).toHaveLength(11);
  expect(lines[1]).toMatch(/"guest-1",.*"The class","eyJ/);
  const json = (await saved(page, "Save as JSON lines")).text.trimEnd().split("\n");
  const [first, second] = json.map((line) => JSON.parse(line));
  expect(first).toMatchObject({ participantId: "guest-1", purpose: "The class" });
  expect(lines[1]).toContain(first.token);
  expect((await saved(page, "Save as .env")).text).toContain(`TOKEN_GUEST_2=${second.token}\n`);

  expect(rows(desk.database, "SELECT number FROM IssuedToken WHERE batchNumber = ?", number)).toHaveLength(10);
  expect(events(desk.database, "batch.issued")).toHaveLength(1);
  await page.getByRole("link", { name: "The batch's page" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Batch ${number}`);
  await expect(page.getByRole("main")).toContainText("all active");
  await expectAccessible(page, "a batch's page");
  await page.getByRole("row").nth(1).getByRole("link").click();
  await expect(page.getByRole("main").getByRole("link", { name: /^Batch/ })).toBeVisible();
  await page.goto("/decode");
  await paste(page, first.token);
  await expect(verdict(page)).toContainText("issued here as No.");
});

test("2. what is wrong stands in its cell before anything happens, and is mended there; what was typed stays", async ({
  open,
  desk,
}) => {
  const before = rows(desk.database, "SELECT number FROM IssuedToken").length;
  const page = await open("admin", "/issue/batch");
  await check(page).click();
  await expect(page.getByText("Paste the participants")).toBeVisible();
  await expect(participants(page)).toBeFocused();
  // A pattern without its number, and too many of them: each at its own field.
  await page.getByLabel("called").fill("nurse");
  await page.getByRole("button", { name: "Write them" }).click();
  await expect(page.getByLabel("called")).toBeFocused();
  await page.getByLabel("called").fill("nurse-{n}");
  await page.getByLabel("Or how many").fill("20000");
  await page.getByRole("button", { name: "Write them" }).click();
  await expect(page.getByLabel("Or how many")).toBeFocused();
  // A heading that is not known is asked about; a row for nobody is left out, when one says so.
  await participants(page).fill("user,seat\nann,12");
  await participants(page).press("Control+Enter");
  await expect(page.getByText("“user” and “seat” are not known.")).toBeVisible();
  // A name with a comma is nobody in a room of the other name: it is asked what is meant.
  await participants(page).fill("Smith, John\nDoe, Jane");
  // The second click of a double click does not answer that.
  await check(page).dblclick();
  await expect(page.getByText("“John” does not look like a Room ID.")).toBeVisible();
  await expectAccessible(page, "rows that could be meant otherwise");
  await page.getByRole("button", { name: "Each line is one participant" }).click();
  await expect(page.getByLabel("Participant ID, row 1")).toHaveValue("Smith, John");
  // Where the field folds and unfolds, the focus is not lost.
  await expect(page.getByLabel("Participant ID, row 1")).toBeFocused();
  await page.getByRole("button", { name: "Edit" }).click();
  await expect(participants(page)).toBeFocused();
  await participants(page).fill(
    "participantId,roomId\nguest 1,2kyv-gzay-64pg\n,2kyv-gzay-64pg\nguest-2,2kyv-gzay-64pg",
  );
  await participants(page).press("Control+Enter");
  await expect(page.getByText("1 is right", { exact: true })).toBeVisible();
  await expect(page.getByText("Nobody stands here, so anybody could join with this token.")).toBeVisible();
  // Or is for anyone, when one says so.
  await page.getByRole("button", { name: "Make it for anyone" }).click();
  await expect(page.getByText("Nobody stands here")).toBeHidden();
  await expect(table(page).getByText("anyone")).toBeVisible();
  await page.getByRole("button", { name: "Edit" }).click();
  await participants(page).press("Control+Enter");
  await page.getByRole("button", { name: "Use all 2 suggestions" }).click();
  await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
  await expect(issueAll(page)).toHaveText("Issue 2 tokens");
  await expect(issueAll(page)).toBeEnabled();
  await page.getByRole("button", { name: "Edit" }).click();
  await participants(page).fill(
    "Participant ID;room;Expires in\nguest 1;2kyv-gzay-64pg;\nguest-2;2kyv-gzay-64pg;soon\nguest-3;2KYV-GZAY-64PG;1h\nguest-3;2kyv-gzay-64pg;120\nguest-3;2kyv-gzay-64pg;",
  );
  await participants(page).press("Control+Enter");
  // What a bare number counts is seen before anything is issued.
  await expect(table(page).getByText("2 min", { exact: true })).toBeVisible();
  await expect(page.getByText("2 rows to fix", { exact: true }).first()).toBeVisible();
  await expect(issueAll(page)).toBeDisabled();
  await expect(page.getByText("Row 4 is for the same participant and room.")).toBeVisible();
  await expectAccessible(page, "rows that are wrong");
  const cell = page.getByLabel("Participant ID, row 1");
  await expect(cell).toHaveAttribute("aria-invalid", "true");
  await cell.fill("guest-1");
  await expect(cell).not.toHaveAttribute("aria-invalid", "true");
  await page.getByRole("button", { name: "Use 2h" }).click();
  await expect(issueAll(page)).toBeEnabled();
  await page.getByRole("button", { name: "Leave out" }).click();
  await expect(issueAll(page)).toHaveText("Issue 4 tokens");
  await page.getByRole("button", { name: "Use 2kyv-gzay-64pg" }).click();
  await page.getByLabel("Purpose", { exact: true }).fill("The ward");
  await expect(table(page).getByText("The ward").first()).toBeVisible();
  // Over a reload.
  await page.waitForFunction(() => Object.values(sessionStorage).some((text) => text.includes("The ward")));
  await page.reload();
  await expect(participants(page)).toHaveValue(
    /^participantId,roomId,expiresIn\nguest-1,2kyv-gzay-64pg,\nguest-2,2kyv-gzay-64pg,2h\nguest-3,2kyv-gzay-64pg,1h\n/,
  );
  await expect(page.getByLabel("Purpose", { exact: true })).toHaveValue("The ward");
  expect(rows(desk.database, "SELECT number FROM IssuedToken")).toHaveLength(before);
});

test("2a. what was typed right before a reload is there, too", async ({ open }) => {
  const page = await open("issuer", "/issue/batch");
  await expect(participants(page)).toBeFocused();
  await page.keyboard.type("ann\nbob\ncy", { delay: 40 });
  await page.reload();
  await expect(participants(page)).toHaveValue("ann\nbob\ncy");
});

test("2b. a long list is there over a reload, too", async ({ open }) => {
  const page = await open("issuer", "/issue/batch");
  const school = `participantId,roomId\n${guests(3_000).replaceAll("\n", ",2kyv-gzay-64pg\n")}`;
  const file = { name: "school.csv", mimeType: "text/csv", buffer: Buffer.from(school) };
  await page.locator('input[type="file"]').setInputFiles(file);
  await expect(participants(page)).toHaveValue(school);
  await page.waitForFunction(() => Object.values(sessionStorage).some((text) => text.includes("guest-3000")));
  await page.reload();
  await expect(participants(page)).toHaveValue(school);
});

test("2c. the rooms are counted once all rows are right, and a row for any room is not left out of them", async ({
  open,
}) => {
  const page = await open("admin", "/issue/batch");
  await participants(page).fill("participantId,roomId\nann,room-one-1\nbob,room-two-2\ncy,\ndora d,room-two-2");
  await check(page).click();
  const bar = page.locator(".batch-bar");
  await expect(bar).toContainText("4 tokens with Staging. Then");
  await page.getByLabel("Participant ID, row 4").fill("dora");
  await expect(bar).toContainText("4 tokens with Staging, in 2 rooms, 1 of them in any room. Then");
});

test("2d. the keyboard goes on with what is to be done: behind a remedy that went with its fault, and behind a refusal", async ({
  open,
  desk,
  watch,
}) => {
  const page = await open("admin", "/issue/batch");
  const set = (policy: object) => change(desk.database, "UPDATE SigningKey SET policy = ?", JSON.stringify(policy));
  const rowsOf = table(page).locator("tbody tr");
  const press = (name: string) => page.getByRole("button", { name, exact: true }).press("Enter");
  await participants(page).fill("participantId\nann b\nbob\nbob\ncy\ndora d\neve e");
  await participants(page).press("Control+Enter");
  await press("Use ann-b");
  await expect(rowsOf.nth(0)).toBeFocused();
  await press("Leave out");
  // What came in its place.
  await expect(rowsOf.nth(2)).toContainText("cy");
  await expect(rowsOf.nth(2)).toBeFocused();
  const near = page.getByRole("group", { name: "All rows" });
  await press("Use all 2 suggestions");
  await expect(near).toBeFocused();
  await press("Undo");
  await expect(near).toBeFocused();
  await press("Use all 2 suggestions");
  // What the form allowed when it was opened is not allowed any more.
  set({ ...openPolicy, maxTtlSeconds: 3_600 });
  watch.allow(/422 \(Unprocessable/, "rows that are not allowed any more");
  await issueAll(page).press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "5 rows need another look" })).toBeVisible();
  await expect(page.getByLabel("Expires in, row 1")).toBeFocused();
  set(openPolicy);
  // At the end of the list there is nothing more to turn to, and the focus stays.
  await page.getByRole("button", { name: "Edit" }).click();
  await participants(page).fill(guests(60));
  await participants(page).press("Control+Enter");
  const next = page.getByRole("button", { name: "Next" });
  await next.press("Enter");
  await expect(page.getByText("Rows 51 to 60 of 60")).toBeVisible();
  await expect(next).toBeFocused();
  await next.press("Enter");
  await expect(page.getByText("Rows 51 to 60 of 60")).toBeVisible();
});

test("3. all of a batch is revoked at once, by who issued it", async ({ open, desk }) => {
  const page = await open("issuer", "/issue/batch");
  await participants(page).fill(guests(3));
  await check(page).click();
  await issueAll(page).click();
  await saved(page, "Save as CSV");
  await page.getByRole("link", { name: "The batch's page" }).click();
  await page.getByRole("button", { name: "Revoke tokens…" }).click();
  const dialog = page.getByRole("dialog", { name: /^Revoke all unexpired tokens of Batch/ });
  await dialog.getByLabel("Reason").fill("The list was public.");
  await dialog.getByRole("button", { name: "Revoke 3 tokens" }).click();
  await expect(page.getByRole("main")).toContainText(
    /all active, all marked as revoked here; VideoSDK accepts the last of them until/,
  );
  await expect(page.getByRole("main").getByRole("link", { name: "See the key Staging" })).toBeVisible();
  const admin = await open("admin", new URL(page.url()).pathname);
  await admin.getByRole("link", { name: "Rotate the secret of Staging…" }).click();
  await expect(admin).toHaveURL(/\/keys\/[^/]+\?rotate=1#rotate$/);
  expect(events(desk.database, "batch.revoked")).toHaveLength(1);
  const auditor = await open("auditor", "/audit?action=batch.revoked");
  await expect(auditor.getByRole("main")).toContainText("The list was public.");
  const support = await open("support", "/batches/1");
  await expect(support.getByRole("main")).toContainText("you do not see this");
});

test("4. of a batch of one all is said of one", async ({ open }) => {
  const page = await open("issuer", "/issue/batch");
  await participants(page).fill("ann");
  await check(page).click();
  await issueAll(page).click();
  const issued = page.getByRole("region", { name: "Issued batch" });
  await expect(issued).toContainText("Not saved yet. It is in this tab only");
  await expect(issued).toContainText("says later how it is, and revokes it.");
  await page.getByRole("link", { name: "The batch's page" }).click();
  const dialog = page.getByRole("dialog", { name: /was not saved/ });
  await expect(dialog).toContainText("Its token is in this tab only.");
  await dialog.getByRole("button", { name: "Leave", exact: true }).click();
  await expect(page.getByRole("main")).toContainText(/Stateactive; VideoSDK accepts it until/);
});
