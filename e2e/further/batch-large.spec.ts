/** A batch of ten thousand, from a file and a pattern, while others work. */
import { batch, check, guests, issueAll, participants, saved, table } from "../stage/batch-form";
import { dropFiles } from "../stage/drop-files";
import { expect, test } from "../stage/fixtures";
import { form, sceneOf } from "../stage/members";
import { actionNamed, send } from "../stage/server-action";

test("a file is dropped, a pattern written out; ten thousand are issued, and pages and others' tokens do not wait", async ({
  open,
  desk,
  watch,
}) => {
  const page = await open("issuer", "/issue/batch");
  const table = Buffer.from("\ufeffparticipantId\tpurpose\nJürgen\tDruck", "utf16le");
  // What is dropped before the page runs is the browser's.
  await page.waitForLoadState("networkidle");
  // Two at once are none: which of them was meant?
  await dropFiles(page, { "class.csv": table, "other.csv": "guest-1" });
  await expect(page.getByRole("alert").filter({ hasText: "Those are several files." })).toBeVisible();
  await expect(participants(page)).toHaveValue("");
  await dropFiles(page, { "class.csv": table });
  await expect(participants(page)).toHaveValue(/Jürgen\tDruck/);
  // What is no list of participants is refused at once, and what is there stays.
  for (const [name, buffer, says] of [
    ["film.csv", Buffer.alloc(6 * 1024 * 1024, "x"), "“film.csv” has 6 MB; at most 2 MB are read here."],
    [
      "picture.csv",
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x00, 0xff]),
      "“picture.csv” could not be read as text. A folder or a picture can't be",
    ],
    ["class.xlsx", Buffer.from("PK\u0003\u0004\0"), "“class.xlsx” could not be read as text. Save it as CSV"],
    // Pictures in it make it long; pieces of it would be read no better.
    ["logo.xlsx", Buffer.alloc(3 * 1024 * 1024), "“logo.xlsx” could not be read as text. Save it as CSV"],
  ] as const) {
    await page.locator('input[type="file"]').setInputFiles({ name, mimeType: "text/csv", buffer });
    await expect(page.getByRole("alert").filter({ hasText: says })).toBeVisible({ timeout: 3_000 });
    await expect(participants(page)).toHaveValue(/Jürgen\tDruck/);
  }
  await page.getByLabel("Or how many").fill("10000");
  await page.getByLabel("called").fill("fan-{n}");
  await page.getByRole("button", { name: "Write them" }).click();
  // What was pasted is not lost by it, nor by another try.
  await page.getByLabel("called").fill("guest-{n}");
  await page.getByRole("button", { name: "Write them" }).click();
  await page.getByRole("button", { name: "Put it back" }).click();
  await expect(participants(page)).toHaveValue(/Jürgen\tDruck/);
  await expect(participants(page)).toBeFocused();
  await page.getByLabel("called").fill("fan-{n}");
  await page.getByRole("button", { name: "Write them" }).click();
  await check(page).click();
  await expect(issueAll(page)).toHaveText("Issue 10,000 tokens", { timeout: 30_000 });
  // What goes wrong is told where one looks, and not below the last row.
  watch.allow(/ERR_FAILED/, "a request that is broken off");
  await page.route("**/issue/batch/tokens", (route) => route.abort(), { times: 1 });
  await issueAll(page).click();
  await expect(page.getByRole("alert").filter({ hasText: "could not be reached" })).toBeInViewport();
  const cookie = desk.cookieOf("admin");
  const timeOf = async (work: () => Promise<unknown>) => {
    const start = performance.now();
    await work();
    return performance.now() - start;
  };
  const scene = await sceneOf(desk, "admin");
  const look = () => timeOf(async () => (await fetch(`${desk.address}/keys`, { headers: { cookie } })).text());
  const issueOne = () =>
    timeOf(async () => {
      const { result } = await send(actionNamed(desk, "issueTokenAction", "/issue"), { cookie, body: [form(scene)] });
      expect(result?.ok).toBe(true);
    });
  const idle = { page: await look(), token: await issueOne() };
  const busy: { page: number[]; token: number[] } = { page: [], token: [] };
  await issueAll(page).click();
  while (!(await batch(page).isVisible())) {
    busy.page.push(await look());
    busy.token.push(await issueOne());
  }
  const told = JSON.stringify({ idle, page: Math.max(...busy.page), token: Math.max(...busy.token) });
  test.info().annotations.push({ type: "milliseconds", description: told });
  // Not by the clock, since the machine may have more to do than this: some of each came through while it ran.
  expect(busy.page.length, told).toBeGreaterThanOrEqual(3);
  await expect(page.getByText("Tokens 1 to 50 of 10,000")).toBeVisible();
  const lines = (await saved(page, "Save as .env")).text.split("\n").filter((line) => line.startsWith("TOKEN_"));
  expect(new Set(lines).size).toBe(10_000);
});

test("a file with a spreadsheet's empty rows is there at once, and of one that is no Unicode it is said, also once it is read and after a reload", async ({
  open,
}) => {
  const page = await open("issuer", "/issue/batch");
  await page.waitForLoadState("networkidle");
  await dropFiles(page, { "class.csv": `participantId,roomId\r\nann,\r\n${",\r\n".repeat(650_000)}` });
  await expect(participants(page)).toHaveValue("participantId,roomId\nann,\n");
  const guess = page.getByText("The file is not Unicode, and was read as Windows-1252.");
  await expect(guess).toHaveCount(0);
  await dropFiles(page, { "class.csv": Buffer.from("participantId;purpose\nJürgen;Führung\nann b;", "latin1") });
  await expect(participants(page)).toHaveValue(/Jürgen;Führung/);
  await expect(guess).toBeVisible();
  await check(page).click();
  await page.getByLabel("Participant ID, row 2").fill("ann");
  await expect(issueAll(page)).toHaveText("Issue 2 tokens");
  await expect(guess).toBeVisible();
  await page.reload();
  await expect(participants(page)).toHaveValue(/Jürgen,Führung/);
  await expect(guess).toBeVisible();
  await dropFiles(page, { "class.csv": "participantId\nanother" });
  await expect(guess).toHaveCount(0);
  await page.getByRole("button", { name: "Put it back" }).click();
  await expect(guess).toBeVisible();
  await participants(page).fill("Jürgen");
  await expect(guess).toHaveCount(0);
});

for (const [width, height] of [
  [1280, 800],
  [360, 740],
] as const)
  test(`of two hundred rows those to fix stand alone at first, below how many they are, with the focus in the first: at ${width} pixels`, async ({
    open,
  }) => {
    const page = await open("issuer", "/issue/batch", { viewport: { width, height } });
    const lines = guests(200).split("\n");
    lines[57] = "guest 58";
    lines[120] = "x".repeat(200);
    lines[130] = "guest-3";
    await participants(page).fill(lines.join("\n"));
    await check(page).click();
    const first = page.getByLabel("Participant ID, row 58");
    await expect(first).toBeFocused();
    await expect(first).toBeInViewport();
    await expect(page.getByText("2 rows to fix").first()).toBeInViewport({ ratio: 1 });
    await expect(table(page).getByRole("row")).toHaveCount(1 + 3);
    // What is mended stays, and all of them are one press away.
    await first.fill("guest-58");
    await page.getByLabel("Participant ID, row 121").fill("guest-121");
    await expect(issueAll(page)).toBeEnabled();
    await expect(table(page).getByRole("row")).toHaveCount(1 + 3);
    await page.getByRole("checkbox", { name: "Only these 3" }).uncheck();
    await expect(page.getByText("Rows 1 to 50 of 200")).toBeVisible();
  });
