/** Many tokens in one text: listed by danger and in the decoder's words, looked up by hash, and checked when the person says so. */
import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { expectAccessible } from "../stage/accessible";
import { change, events } from "../stage/database";
import { expectVerdict, saySignsElsewhere, tokenField } from "../stage/decoder";
import { expect, test } from "../stage/fixtures";
import { issue } from "../stage/issue-form";
import { claimsOf, makeToken } from "../stage/make-token";

const now = () => Math.floor(Date.now() / 1000);
const MODERATOR = { permissions: ["allow_join", "allow_mod"] };
const ELSEWHERE = "Signed with your secret, not issued here";

async function read(page: Page, tokens: readonly string[], name = "app.log"): Promise<void> {
  const log = tokens.map((token, index) => `12:${index} GET /join?token=${token} 200`).join("\n");
  await page
    .getByLabel("Choose a file")
    .setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(`${log}\n`) });
  await expect(rowsOf(page).first()).toBeVisible();
}
const rowsOf = (page: Page) => page.getByRole("table", { name: "Tokens found" }).locator("tbody tr");
const chip = (page: Page, name: RegExp) => page.getByRole("group", { name: "Show" }).getByRole("button", { name });
/** The columns: what it is, key, may, room, ends, line. */
const cell = (page: Page, column: number) =>
  rowsOf(page)
    .locator(`td:nth-child(${column})`)
    .evaluateAll((cells) => cells.map(({ textContent }) => textContent.replace(/\s+/g, " ").trim()));
const started = (page: Page) => page.getByText(/signatures? checked here/);

test("1 the dangerous stand first, whatever the order in the text; each says whose key it bears, in words", async ({
  open,
  desk,
}) => {
  const ours = await issue(await open("issuer", "/issue"), { roles: ["rtc"], purpose: "in the log" });
  const page = await open("auditor", "/decode");
  const meeting = { version: 2, roles: ["rtc"] };
  const sign = (claims: object, secret = desk.key.secret) =>
    makeToken(claimsOf(desk.key.apiKey, claims as Record<string, unknown>), secret);
  await read(page, [
    sign({ ...meeting, iat: 1_700_000_000, exp: 1_700_003_600, ...MODERATOR }),
    ours,
    makeToken(claimsOf(randomUUID(), meeting), "x".repeat(32)),
    sign({ ...meeting, exp: now() + 60 }),
    sign({ ...MODERATOR, exp: now() + 90 }),
    sign({ ...meeting, ...MODERATOR }),
    sign({ roomId: "rest-too", exp: now() + 9_000 }),
  ]);
  await expect(page.getByText("1 of them is in this ledger.")).toBeVisible();
  expect(await cell(page, 6)).toEqual(["5", "7", "6", "3", "4", "2", "1"].map((line) => expect.stringMatching(line)));
  const [first, , , foreign, , issued, over] = await cell(page, 1);
  expect(first).toMatch(/^Signature not checked\s+your key, not in the ledger$/);
  expect(foreign).toMatch(/no key of yours$/);
  expect(issued).toMatch(/^Valid\s+No\.\s\d+\s+Ivo Petrov, in the log$/);
  expect(over).toMatch(/^Expired/);
  expect(await cell(page, 3)).toEqual([
    "moderate, REST API",
    "join, REST API",
    "moderate",
    "join",
    "join",
    "join",
    "moderate",
  ]);
  expect((await cell(page, 2)).filter((label) => label === "Staging")).toHaveLength(6);
  await expect(page.getByRole("region", { name: "Tokens in app.log" })).not.toContainText(/not ours|alive/i);

  const counts = [/^All 7$/, /^Active 6$/, /^Moderators 3$/, /^REST API 2$/, /^Issued here 1$/];
  for (const name of [...counts, /^Your key, not in the ledger 5$/, /^No key of yours 1$/])
    await expect(chip(page, name)).toBeVisible();
  await chip(page, /^Moderators/).click();
  await expect(rowsOf(page)).toHaveCount(3);
});

test("2 signatures are checked only when asked for, with how many; the list then says what the decoder says, and leads to the case", async ({
  open,
  desk,
}) => {
  saySignsElsewhere(desk.database, "no");
  const ours = await issue(await open("issuer", "/issue"), { purpose: "to be altered" });
  const claims = JSON.parse(Buffer.from(ours.split(".")[1] ?? "", "base64url").toString());
  const page = await open("auditor", "/decode");
  const sent: string[] = [];
  page.on("request", (request) => sent.push(request.postData() ?? ""));
  const stolen = makeToken(claimsOf(desk.key.apiKey, MODERATOR), desk.key.secret);
  const altered = makeToken({ ...claims, exp: claims.exp + 86_400 }, desk.key.secret);
  const madeUp = makeToken(claimsOf(desk.key.apiKey), "made up, and long enough for HS256");
  const foreign = makeToken(claimsOf(randomUUID()), "x".repeat(32));
  await read(page, [foreign, madeUp, ours, altered, stolen]);
  await expect(page.getByText("3 tokens bear a key of yours and are not in the ledger.")).toBeVisible();
  for (const token of [foreign, madeUp, ours, altered, stolen]) expect(sent.join("\n")).not.toContain(token);
  await expect(page.getByText("is sent only their SHA-256, never a token or the text.")).toBeVisible();

  await page.getByRole("button", { name: "Check 3 signatures" }).click();
  await expect(started(page)).toHaveText("3 signatures checked here: 2 by a secret of yours, and not issued here.");
  for (const token of [madeUp, altered, stolen]) expect(sent.join("\n")).toContain(token);
  for (const token of [foreign, ours]) expect(sent.join("\n")).not.toContain(token);
  await expect(page.getByText("only their SHA-256, but for the 3 whose signatures you had checked.")).toBeVisible();
  await expect(page.getByText("never a token")).toHaveCount(0);
  const states = await cell(page, 1);
  expect(states.slice(0, 2)).toEqual([
    expect.stringMatching(/^Signed with your secret, not issued here\s+Case\s\d+$/),
    expect.stringMatching(/^Altered after issuing\s+Case\s\d+$/),
  ]);
  expect(states.filter((state) => state.startsWith("Bad signature"))).toHaveLength(1);
  for (const row of [0, 1]) {
    const link = rowsOf(page).nth(row).getByRole("link", { name: /Case/ });
    const cut = await link.evaluate(
      (each) => each.getBoundingClientRect().right - (each.closest("td")?.getBoundingClientRect().right ?? 0),
    );
    expect(cut).toBeLessThan(0);
  }
  expect(events(desk.database, "token.signed_elsewhere")).toHaveLength(2);
  await expect(page.getByText(/cases? nobody has acknowledged/).first()).toBeAttached();

  // What was checked stays checked on the way back from one of them.
  await rowsOf(page).nth(0).getByRole("button", { name: "Open" }).click();
  await expectVerdict(page, ELSEWHERE);
  await page.getByRole("button", { name: "Back to the list" }).click();
  await expect(started(page)).toBeVisible();
  await rowsOf(page).nth(0).getByRole("link", { name: /Case/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Case\s\d/);
});

test("3 they are amber while the key has not said, and nothing but a note when it says yes; never green", async ({
  open,
  desk,
}) => {
  const page = await open("issuer", "/decode");
  const made = () => makeToken(claimsOf(desk.key.apiKey, { exp: now() + 9_000 }), desk.key.secret);
  for (const [says, tone] of [
    [null, "text-warn"],
    ["yes", "text-soft"],
  ] as const) {
    saySignsElsewhere(desk.database, says);
    await page.goto("/decode");
    const over = makeToken(claimsOf(desk.key.apiKey, { iat: now() - 7_200, exp: now() - 3_600 }), desk.key.secret);
    await read(page, [made(), over]);
    await page.getByRole("button", { name: "Check 2 signatures" }).click();
    // The expired too: whoever made it has the secret.
    await expect(started(page)).toHaveText("2 signatures checked here: 2 by a secret of yours, and not issued here.");
    const badge = rowsOf(page).nth(0).getByText(ELSEWHERE);
    await expect(badge).toHaveClass(new RegExp(tone));
    await expect(rowsOf(page).getByText("Valid")).toHaveCount(0);
  }
});

test("4 no more are checked in a minute than the server allows a person; it says when it goes on, stops when told to, and keeps what it has", async ({
  open,
  desk,
}) => {
  test.setTimeout(120_000);
  const page = await open("admin", "/decode");
  const tokens = Array.from({ length: 95 }, () =>
    makeToken(claimsOf(desk.key.apiKey), "made up, and long enough for it"),
  );
  await read(page, tokens);
  await expect(page.getByText("It takes about 2 minutes, the most dangerous first.")).toBeVisible();
  await page.getByRole("button", { name: "Check 95 signatures" }).click();
  await expect(page.getByRole("progressbar", { name: "Signatures checked" })).toBeVisible();
  await expect(page.getByText("This desk checks 90 a minute.")).toBeVisible({ timeout: 60_000 });
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(started(page)).toHaveText("90 signatures checked here: none is by a secret of yours.");
  await expect(page.getByRole("button", { name: "Check 5 signatures" })).toBeVisible();
  expect(events(desk.database, "limit.reached")).toEqual([]);
  // The decoder itself still answers.
  await tokenField(page).fill(tokens[94] ?? "");
  await expectVerdict(page, "Bad signature");
});

test("5 when the server cannot be asked, it says so, keeps what it has, and goes on when asked again", async ({
  open,
  desk,
  watch,
}) => {
  const page = await open("auditor", "/decode");
  saySignsElsewhere(desk.database, "yes");
  await read(
    page,
    [1, 2].map(() => makeToken(claimsOf(desk.key.apiKey), desk.key.secret)),
  );
  const check = page.getByRole("button", { name: "Check 2 signatures" });
  await expect(check).toBeVisible();
  watch.allow(/ERR_INTERNET_DISCONNECTED/, "the network is off");
  await page.context().setOffline(true);
  await check.click();
  await expect(page.getByRole("alert").filter({ hasText: "Not all signatures were checked." })).toContainText(
    "The server could not be reached. 0 of 2 were",
  );
  await page.context().setOffline(false);
  await check.click();
  await expect(started(page)).toBeVisible();
});

test("6 one line a row at 1280 px, cards at 360 px; by keyboard from row to row and into the decoder; usable by everybody", async ({
  open,
  desk,
}) => {
  saySignsElsewhere(desk.database, "no");
  change(desk.database, "UPDATE SigningKey SET label = ?", "x".repeat(60));
  const page = await open("auditor", "/decode");
  const long = { version: 2, roomId: "r".repeat(128), participantId: "p".repeat(128) };
  await read(page, [
    makeToken(claimsOf(desk.key.apiKey, { ...long, exp: undefined }), desk.key.secret),
    makeToken(claimsOf(desk.key.apiKey, { roomId: "غرفة 日本 🎥", version: 2 }), desk.key.secret),
    makeToken(claimsOf(randomUUID()), "x".repeat(32)),
  ]);
  await page.setViewportSize({ width: 360, height: 740 });
  const question = page.getByText("Did your secret sign them?");
  expect((await question.boundingBox())?.width).toBeGreaterThan(250);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole("button", { name: "Check 2 signatures" }).click();
  await expect(started(page)).toBeVisible();
  const heights = () => rowsOf(page).evaluateAll((all) => all.map((row) => row.getBoundingClientRect().height));
  for (const height of await heights()) expect(height).toBeLessThan(45);
  await expectAccessible(page, "a list of checked tokens");
  await page.setViewportSize({ width: 360, height: 740 });
  for (const cells of await rowsOf(page).evaluateAll((all) =>
    all.map((row) => [...row.children].map((each) => each.scrollWidth - each.clientWidth)),
  ))
    expect(Math.max(...cells)).toBeLessThanOrEqual(1);
  await page.setViewportSize({ width: 1280, height: 800 });

  await page.getByRole("region", { name: "Tokens found" }).focus();
  await page.keyboard.press("j");
  const opened = rowsOf(page).getByRole("button", { name: "Open" });
  await expect(opened.nth(0)).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await expect(opened.nth(1)).toBeFocused();
  await page.keyboard.press("Enter");
  await expectVerdict(page, ELSEWHERE);
  change(desk.database, "UPDATE SigningKey SET label = ?", "Staging");
});

test("7 what cannot be seen in a file's name, or would turn our words, is written out", async ({ open }) => {
  const page = await open("support", "/decode");
  const file = page.locator("input[type=file]").first();
  const named = (text: string) => ({ name: "inv\u202egpj.exe.log", mimeType: "text/plain", buffer: Buffer.from(text) });
  await file.setInputFiles(named(""));
  await expect(page.getByText("“inv\\u202egpj.exe.log” is empty.")).toBeVisible();
  await file.setInputFiles(named("no token in here"));
  await expect(page.getByRole("region", { name: "Tokens in inv\\u202egpj.exe.log" })).toBeVisible();
  await expect(page.getByRole("main")).not.toContainText("\u202e");
});

test("8 where the list cannot be fetched, that is said, and the same text is listed once it can be", async ({
  open,
  desk,
  watch,
}) => {
  const page = await open("auditor", "/keys");
  let away = true;
  await page.route("**/_next/static/chunks/**", async (route) => {
    const answer = await route.fetch();
    if (away && (await answer.text()).includes("Tokens found")) await route.abort();
    else await route.fulfill({ response: answer });
  });
  watch.allow(/ERR_FAILED|Failed to load/, "the list is kept back");
  await page.goto(`${desk.address}/decode`);
  const text = [1, 2]
    .map((jti) => makeToken(claimsOf(desk.key.apiKey, { jti: `j-${jti}` }), desk.key.secret))
    .join("\n");
  await tokenField(page).fill(text);
  const failed = page.getByRole("alert").filter({ hasText: "The list could not be loaded." });
  await expect(failed).toContainText("Paste the text again once the server answers.");
  away = false;
  await tokenField(page).fill(`${text}\n`);
  await expect(rowsOf(page)).toHaveCount(2);
  await expect(failed).toBeHidden();
});

test("9 of tokens in base64 it is not said that there is none", async ({ open, desk }) => {
  const page = await open("auditor", "/decode");
  const tokens = ["j-1", "j-2"].map((jti) => makeToken(claimsOf(desk.key.apiKey, { jti }), desk.key.secret));
  await tokenField(page).fill(Buffer.from(tokens.join("\n")).toString("base64"));
  await expect(rowsOf(page)).toHaveCount(2);
  await expect(page.getByRole("heading", { name: "Not a token" })).toBeHidden();
  // And where there is none, it is.
  await tokenField(page).fill(Buffer.from("no token in here, and in no line of it".repeat(9)).toString("base64"));
  await expect(page.getByRole("heading", { name: "Not a token" })).toBeVisible();
});

test("10 of a mail's attachment full of tokens each opens as it stands there", async ({ open, desk }) => {
  const page = await open("auditor", "/decode");
  const tokens = Array.from({ length: 700 }, (_, index) =>
    makeToken(claimsOf(desk.key.apiKey, { jti: `j-${index}`, exp: now() + 7200 - index }), desk.key.secret),
  );
  const lines =
    Buffer.from(tokens.join("\n"))
      .toString("base64")
      .match(/.{1,76}/g) ?? [];
  await page
    .getByLabel("Choose a file")
    .setInputFiles({ name: "mail.eml", mimeType: "text/plain", buffer: Buffer.from(lines.join("\r\n")) });
  const found = page.getByRole("region", { name: "Tokens in mail.eml" });
  await expect(found.getByRole("status").first()).toContainText("700 tokens", { timeout: 30_000 });
  const opened = new Set<string>();
  for (const row of [0, 20, 49]) {
    await rowsOf(page).nth(row).getByRole("button", { name: "Open" }).click();
    await expectVerdict(page, ELSEWHERE);
    opened.add(await tokenField(page).inputValue());
    await page.getByRole("button", { name: "Back to the list" }).click();
    await expect(rowsOf(page).first()).toBeVisible();
  }
  expect(opened.size).toBe(3);
  for (const token of opened) expect(tokens).toContain(token);
});
