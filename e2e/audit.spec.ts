/** The audit log: everything newest first, filters that a link shares, pages that lose and repeat nothing, and a detail that knows all but the token. */
import type { Page } from "@playwright/test";
import { events, ledger } from "./stage/database";
import { expect, test } from "./stage/fixtures";
import { compose, issue, issueButton, issuedToken } from "./stage/issue-form";
import { tryToSignIn } from "./stage/people";
import { catchAction, send } from "./stage/server-action";

const table = (page: Page) => page.getByRole("table", { name: "Audit events" });
const bodyRows = (page: Page) => table(page).locator("tbody tr");

/** Issues tokens as many as that by the action, and one by the form. */
async function issueMany(page: Page, cookie: string, count: number): Promise<void> {
  await compose(page, { roomId: "room-of-many", purpose: "One of many" });
  const action = await catchAction(page, () => issueButton(page).click());
  await expect(issuedToken(page)).toBeVisible();
  const [form] = action.arguments as [Record<string, unknown>];
  const one = () => send(action, { cookie, body: [{ ...form, jti: crypto.randomUUID() }] });
  const answers = await Promise.all(Array.from({ length: count - 1 }, one));
  expect(answers.filter(({ result }) => !result?.ok)).toEqual([]);
}

test("pages lead through more than a hundred events, each once, also while new ones come", async ({ open, desk }) => {
  const issuing = await open("issuer", "/issue");
  const cookie = desk.cookieOf("issuer");
  await issueMany(issuing, cookie, 120);
  const page = await open("auditor", "/audit");
  const expected = events(desk.database)
    .map(({ sequence }) => sequence)
    .reverse();
  expect(expected.length).toBeGreaterThan(120);
  const seen: number[] = [];
  for (;;) {
    await expect(bodyRows(page).first()).toBeVisible();
    const numbers = await bodyRows(page).locator("td:first-child").allTextContents();
    seen.push(...numbers.map((text) => Number(text.replaceAll(",", ""))));
    const older = page.getByRole("link", { name: "Older" });
    if ((await older.count()) === 0) break;
    if (seen.length === numbers.length) await issue(issuing);
    await older.click();
    await page.waitForURL((url) => url.searchParams.get("before") === String(seen.at(-1)));
    await expect(bodyRows(page).first().locator("td").first()).not.toHaveText(numbers[0] ?? "");
  }
  expect(seen).toEqual(expected);
  await page.getByRole("link", { name: "Newest" }).click();
  await expect(page).toHaveURL(/\/audit$/);
  await expect(bodyRows(page).first()).toContainText("issued a token");
});

test("filters stand in the URL, and the link shows the same to somebody else", async ({ open, desk }) => {
  const issuing = await open("issuer", "/issue");
  const token = await issue(issuing, { roomId: "2kyv-gzay-64pg", participantId: "lxvdplwt", purpose: "To be found" });
  await issue(issuing, { roomId: "aaaa-bbbb-cccc", participantId: "somebody" });
  const row = ledger(desk.database).find(({ purpose }) => purpose === "To be found");
  const { jti } = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as { jti: string };
  expect(row?.jti).toBe(jti);
  const today = new Date().toISOString().slice(0, 10);
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);

  const page = await open("admin", "/audit");
  const filter = async (fill: () => Promise<unknown>) => {
    await page.goto("/audit");
    await page.getByText("Filters", { exact: true }).click();
    await fill();
    await page.getByRole("button", { name: "Filter" }).click();
    await page.waitForURL(/\?/);
  };
  const only = "No. ";
  const findings: [fill: () => Promise<unknown>, url: RegExp, rows: (text: string) => boolean][] = [
    [
      () => page.getByLabel("Room").fill("2kyv-gzay-64pg"),
      /\?room=2kyv-gzay-64pg$/,
      (text) => text.includes("room 2kyv-gzay-64pg"),
    ],
    [
      () => page.getByLabel("Participant").fill("lxvdplwt"),
      /\?participant=lxvdplwt$/,
      (text) => text.includes("as lxvdplwt"),
    ],
    [
      () => page.getByLabel("Token id or number").fill(jti),
      new RegExp(`\\?token=${jti}$`),
      (text) => text.includes(`${only}${row?.number}`),
    ],
    [
      () => page.getByLabel("Token id or number").fill(String(row?.number)),
      /\?token=\d+$/,
      (text) => text.includes(`${only}${row?.number}`),
    ],
    [
      () => page.getByLabel("Action").selectOption("signed in"),
      /\?action=auth\.signed_in$/,
      (text) => text.includes("signed in"),
    ],
    [
      () => page.getByLabel("Member").selectOption("Ivo Petrov"),
      /\?member=[\w-]{12}$/,
      (text) => text.includes("Ivo Petrov"),
    ],
    [
      () => page.getByLabel("Key", { exact: true }).selectOption("Staging"),
      /\?key=[\w-]{12}$/,
      (text) => text.includes("Staging"),
    ],
    [() => page.getByLabel("From (UTC)").fill(today), /\?from=\d{4}-\d\d-\d\d$/, () => true],
  ];
  for (const [fill, url, belongs] of findings) {
    await filter(fill);
    await expect(page).toHaveURL(url);
    await expect(page.getByText("Filters, in force")).toBeVisible();
    await expect(async () => {
      const texts = await bodyRows(page).allTextContents();
      expect(texts.length).toBeGreaterThan(0);
      expect(texts.filter((text) => !belongs(text))).toEqual([]);
    }).toPass();
  }
  await filter(() => page.getByLabel("From (UTC)").fill(tomorrow));
  await expect(page.getByText("Nothing matches")).toBeVisible();
  await page.getByRole("link", { name: "Show all events" }).click();
  await expect(page).toHaveURL(/\/audit$/);

  // Together they narrow; nonsense is left out rather than refused.
  await page.goto(`/audit?room=2kyv-gzay-64pg&action=token.issued&to=${today}&before=nonsense&colour=blue`);
  await expect(bodyRows(page)).toHaveCount(1);
  const shared = await bodyRows(page).allTextContents();
  const other = await open("auditor", new URL(page.url()).pathname + new URL(page.url()).search);
  await expect(bodyRows(other)).toHaveText(shared);
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
  const first = bodyRows(page).filter({ hasText: "as guest-7" });
  await first.getByRole("link").focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/audit\/\d+$/);
  await expect(page.getByRole("heading", { name: "Ivo Petrov issued a token" })).toBeVisible();
  const entry = page.getByRole("region", { name: "Ledger" });
  await expect(entry).toContainText(`No. ${row?.number}`);
  await expect(entry).toContainText("Ninety seconds");
  await expect(entry).toContainText(row?.sha256 ?? "no hash");
  await expect(entry).toContainText(row?.jti ?? "no id");
  await expect(entry).toContainText(/Alive until .*\(in \d+ (min|s)\b/);
  await expect(entry).toContainText("ask to join any room, as participant guest-7");
  for (const [name, value] of Object.entries(JSON.parse(row?.claims ?? "{}") as Record<string, unknown>))
    await expect(entry.locator(`[data-path="payload.${name}"]`)).toContainText(
      Array.isArray(value) ? String(value[0]) : String(value),
    );
  const event = page.getByRole("region", { name: "Event" });
  for (const text of ["127.0.0.1", "HeadlessChrome", "dashboard", "token.issued", "ok"])
    await expect(event).toContainText(text);
  const html = await page.content();
  for (const secret of [token, token.split(".")[2] ?? "", desk.key.secret]) expect(html).not.toContain(secret);

  for (const path of ["/audit/999999", "/audit/0", "/audit/abc", "/audit/9999999999"]) {
    const response = await page.goto(path);
    expect(response?.status()).toBe(404);
    await expect(page.getByText("There is no such event")).toBeVisible();
  }
});

test("an event says what it holds in words, and whose act it was where nobody was signed in", async ({
  open,
  desk,
}) => {
  const door = await open("nobody", "/sign-in");
  await tryToSignIn(door, { email: "stranger@example.com", password: "a guess" });
  await expect(door.getByText("Email or password is wrong.")).toBeVisible();
  const page = await open("admin", `/audit/${events(desk.database, "auth.sign_in_failed").at(-1)?.sequence}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("A visitor failed to sign in");
  const detail = (term: string) => page.locator("dl > div").filter({ has: page.locator("dt", { hasText: term }) });
  await expect(detail("Who")).toContainText("A visitor, not signed in");
  await expect(detail("Reason")).toContainText("wrong email or password");
  await expect(detail("Email")).toContainText("stranger@example.com");
});
