/** The audit log: everything newest first, filters that a link shares, pages that lose and repeat nothing, and a detail that knows all but the token. */
import { bodyRows, pills, shown } from "./stage/audit";
import { ledger } from "./stage/database";
import { expect, test } from "./stage/fixtures";
import { issue } from "./stage/issue-form";

test("filters stand in the URL, act at once, and the link shows the same to somebody else", async ({ open }) => {
  const issuing = await open("issuer", "/issue");
  await issue(issuing, { roomId: "2kyv-gzay-64pg", participantId: "lxvdplwt", purpose: "To be found" });
  await issue(issuing, { roomId: "aaaa-bbbb-cccc", participantId: "somebody" });
  // Where the browser of the stories stands; in UTC it is another day for a quarter of each.
  const dayIn = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Kolkata" });
  const [today, tomorrow] = [dayIn.format(Date.now()), dayIn.format(Date.now() + 86_400_000)];

  const page = await open("admin", "/audit");
  const menu = page.getByRole("region", { name: "Filter" });
  const filter = async (fill: () => Promise<unknown>) => {
    await page.goto("/audit");
    await expect(async () => {
      await page.getByRole("button", { name: "Filter" }).click();
      await expect(menu).toBeVisible({ timeout: 1_000 });
    }).toPass();
    await fill();
    await page.waitForURL(/\?/);
  };
  const typed = async (label: string, value: string) => {
    await menu.getByLabel(label).fill(value);
    await page.keyboard.press("Enter");
  };
  const findings: [fill: () => Promise<unknown>, url: RegExp, pill: string, rows: (text: string) => boolean][] = [
    [
      () => typed("Room", "2kyv-gzay-64pg"),
      /\?room=2kyv-gzay-64pg$/,
      "room 2kyv-gzay-64pg",
      (text) => text.includes("2kyv-gzay-64pg"),
    ],
    [
      () => typed("Participant", "lxvdplwt"),
      /\?participant=lxvdplwt$/,
      "participant lxvdplwt",
      (text) => text.includes("lxvdplwt"),
    ],
    [
      () => menu.getByLabel("What").selectOption("Signed in"),
      /\?action=auth\.signed_in$/,
      "Signed in",
      (text) => text.includes("Signed in"),
    ],
    [
      () => menu.getByLabel("Member").selectOption("Ivo Petrov"),
      /\?member=[\w-]{12}$/,
      "Ivo Petrov",
      (text) => text.includes("Ivo Petrov"),
    ],
    [
      () => menu.getByLabel("Key").selectOption("Staging"),
      /\?key=[\w-]{12}$/,
      "key Staging",
      (text) => text.includes("Staging"),
    ],
    [() => menu.getByLabel("From").fill(today), /\?from=\d{4}-\d\d-\d\d$/, "since", () => true],
  ];
  for (const [fill, url, pill, belongs] of findings) {
    await filter(fill);
    await expect(page).toHaveURL(url);
    // What acts leaves the focus where it was.
    await expect(menu.locator(":focus")).toHaveCount(1);
    await expect(pills(page)).toHaveCount(1);
    await expect(pills(page)).toHaveAccessibleName(new RegExp(`^Remove: ${pill}`));
    await expect(async () => {
      const texts = await bodyRows(page).allTextContents();
      expect(texts.length).toBeGreaterThan(0);
      expect(texts.filter((text) => !belongs(text))).toEqual([]);
    }).toPass();
  }
  await filter(() => menu.getByLabel("From").fill(tomorrow));
  await expect(page.getByText("Nothing matches")).toBeVisible();
  // One steps on from day to day.
  await expect(menu.getByLabel("From")).toBeFocused();
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "Show all events" }).click();
  await expect(page).toHaveURL(/\/audit$/);

  // Together they narrow; nonsense is left out rather than refused.
  await page.goto(`/audit?room=2kyv-gzay-64pg&action=token.issued&to=${today}&before=nonsense&colour=blue`);
  await expect(bodyRows(page)).toHaveCount(1);
  const found = await shown(page);
  const other = await open("auditor", new URL(page.url()).pathname + new URL(page.url()).search);
  await expect.poll(() => shown(other)).toEqual(found);
  await page.goto(`/audit?room=2kyv-gzay-64pg&participant=somebody`);
  await expect(page.getByText("Nothing matches")).toBeVisible();
});

test("a row opens everything known of a token, never the token", async ({ open, desk, watch }) => {
  watch.allow(/status of 404 .*\/audit\/\w+\)/, "events that do not exist are asked for");
  const issuing = await open("issuer", "/issue");
  const token = await issue(issuing, {
    permissions: ["ask_join"],
    participantId: "guest-7",
    expiresIn: "90",
    purpose: "Ninety seconds",
  });
  const row = ledger(desk.database).at(-1);
  const page = await open("auditor", "/");
  const details: string[] = [];
  page.on("request", (request) => {
    if (/\/audit\/\d+/.test(request.url())) details.push(request.url());
  });
  await page.goto("/audit");
  await page.waitForLoadState("networkidle");
  expect(details, "details fetched before a row is opened").toEqual([]);
  const first = bodyRows(page).filter({ hasText: "guest-7" });
  await first.getByRole("link").focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/audit\/\d+$/);
  await expect(page.getByRole("heading", { name: "Ivo Petrov issued a token" })).toBeVisible();
  const entry = page.getByRole("region", { name: "Ledger" });
  await expect(entry).toContainText(`No. ${row?.number}`);
  await expect(entry).toContainText("Ninety seconds");
  await expect(entry.getByTitle(row?.sha256 ?? "no hash")).toHaveText(row?.sha256 ?? "");
  await expect(entry.getByTitle(row?.jti ?? "no id")).toHaveText(row?.jti ?? "");
  await expect(entry).toContainText(/Active for\s*(1 min )?\d+ s\s*Until\s*\d\d:\d\d/);
  await expect(entry).toContainText("ask to join any room, as participant guest-7");
  for (const [name, value] of Object.entries(JSON.parse(row?.claims ?? "{}") as Record<string, unknown>))
    await expect(entry.locator(`[data-path="payload.${name}"]`)).toContainText(
      Array.isArray(value) ? String(value[0]) : String(value),
    );
  const event = page.getByRole("region", { name: "Event" });
  for (const text of ["127.0.0.1", "Chrome"]) await expect(event).toContainText(text);
  await page.getByText("As recorded").click();
  for (const text of ["HeadlessChrome", "token.issued", '"ok"'])
    await expect(page.getByRole("group").filter({ hasText: "As recorded" })).toContainText(text);
  const html = await page.content();
  for (const secret of [token, token.split(".")[2] ?? "", desk.key.secret]) expect(html).not.toContain(secret);

  for (const path of ["/audit/999999", "/audit/0", "/audit/abc", "/audit/9999999999"]) {
    const response = await page.goto(path);
    expect(response?.status()).toBe(404);
    await expect(page.getByText("There is no such event")).toBeVisible();
  }
});
