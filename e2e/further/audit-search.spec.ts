/** Audit, found in two seconds: one forgiving box, chips, pills, rows by keyboard, and nothing that a token could leak through. */
import { expectAccessible } from "../stage/accessible";
import { bodyRows, pills, searchBox, shown } from "../stage/audit";
import { events, ledger } from "../stage/database";
import { expect, test } from "../stage/fixtures";
import { issue } from "../stage/issue-form";
import { people } from "../stage/people";

/** Of the second token: the stories of this file are told in order. */
let token = "";

test("1 · a token is found by its number in three acts: /, the number, Enter", async ({ open, desk }) => {
  const issuing = await open("issuer", "/issue");
  await issue(issuing, { roomId: "2kyv-gzay-64pg", participantId: "lxvdplwt", purpose: "Board demo, second take" });
  token = await issue(issuing, { roomId: "ward-7b", participantId: "tablet-4", purpose: "Nurse call, Zürich" });
  const row = ledger(desk.database).at(-1);
  const page = await open("admin", "/audit");
  await expect(searchBox(page)).toBeVisible();
  await expect(async () => {
    await page.keyboard.press("/");
    await expect(searchBox(page)).toBeFocused({ timeout: 1_000 });
  }).toPass();
  await page.keyboard.type(`No. ${row?.number}`);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/audit\\?q=No\\.\\+${row?.number}$`));
  await expect(bodyRows(page)).toHaveCount(1);
  await expect(bodyRows(page)).toContainText("Nurse call, Zürich");

  await page.keyboard.press("/");
  await page.keyboard.type("board demo");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/audit\?q=board\+demo$/);
  await expect(bodyRows(page)).toContainText("Board demo, second take");
});

test("2 · whatever people have of it leads there: number, id, hash, room, participant, purpose, key, email", async ({
  open,
  desk,
}) => {
  const row = ledger(desk.database).at(-1);
  const { jti = "", number = 0, sha256 = "" } = row ?? {};
  const page = await open("auditor", "/audit");
  const texts = [
    ...[`#${number}`, `${number}`, jti, jti.slice(0, 8).toUpperCase(), sha256],
    ...["ward-7b", "WARD", "ablet-4", "zurich nurse", '"Nurse call"', "Ivo Petrov call"],
  ];
  for (const q of texts) {
    await page.goto(`/audit?${new URLSearchParams({ q })}`);
    await expect(bodyRows(page).filter({ hasText: "Nurse call, Zürich" }), q).toHaveCount(1);
    if (!/^\d+$/.test(q)) await expect(bodyRows(page).filter({ hasText: "Board demo" }), q).toHaveCount(0);
  }
  for (const q of [people.issuer.email, "stagin", desk.key.apiKey]) {
    await page.goto(`/audit?${new URLSearchParams({ q })}`);
    await expect(bodyRows(page).filter({ hasText: "Nurse call, Zürich" }), q).toHaveCount(1);
  }
  await page.goto("/audit?q=nothing-that-stands-anywhere");
  await expect(page.getByText("Nothing matches")).toBeVisible();
  await expect(page.getByText("issue again"), "no row to walk to").toHaveCount(0);
});

test("3 · a pasted token is hashed here: no address and no request holds any of it", async ({ open }) => {
  const page = await open("admin", "/audit");
  const sent: string[] = [];
  page.on("request", (request) => sent.push(`${request.url()} ${request.postData() ?? ""}`));
  await expect(async () => {
    await searchBox(page).focus();
    await page.evaluate((text) => {
      const data = new DataTransfer();
      data.setData("text", `Authorization: Bearer ${text}\n`);
      const paste = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
      document.activeElement?.dispatchEvent(paste);
    }, token);
    await expect(page).toHaveURL(/\?q=[0-9a-f]{64}$/, { timeout: 2_000 });
  }).toPass();
  await expect(bodyRows(page)).toHaveCount(1);
  await expect(bodyRows(page)).toContainText("Nurse call, Zürich");
  await expect(pills(page)).toHaveAccessibleName(/^Remove: token with SHA-256 [0-9a-f]{8}…$/);
  await expect(searchBox(page)).toHaveValue("");
  // Enter, out of habit, takes nothing away.
  await searchBox(page).press("Enter");
  await expect(page.getByRole("search").locator("[aria-busy]")).toHaveCount(0);
  await expect(page).toHaveURL(/\?q=[0-9a-f]{64}$/);
  // Typed, or brought in otherwise, it is none either.
  await searchBox(page).fill(token);
  await page.keyboard.press("Enter");
  await expect(searchBox(page)).toHaveValue("");
  await expect(page).toHaveURL(/\?q=[0-9a-f]{64}$/);
  for (const part of token.split(".").slice(1)) for (const each of sent) expect(each).not.toContain(part);
});

test("4 · a secret of this desk that is pasted by mistake stays here and is named", async ({ open, desk }) => {
  const page = await open("admin", "/audit");
  const sent: string[] = [];
  page.on("request", (request) => sent.push(`${request.url()} ${request.postData() ?? ""}`));
  await searchBox(page).fill(desk.key.secret);
  await expect(async () => {
    await searchBox(page).press("Enter");
    await expect(page.getByText("This is the secret of Staging.")).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await expect(page).toHaveURL(/\/audit$/);
  await expect(searchBox(page)).toHaveValue("");
  // Nor with something around it, in capitals, or as a room; and a piece of a token no more than a whole one.
  const refusal = page.getByRole("search").locator("xpath=..").getByRole("alert").first();
  for (const [text, said] of [
    [`VIDEOSDK_SECRET=${desk.key.secret.toUpperCase()}`, "This is the secret of Staging."],
    [`payload eyJyb29tIjoiNyJ9.c2lnbmF0dXJl`, "This looks like a secret, or a piece of a token."],
  ] as const) {
    await searchBox(page).fill(text);
    await searchBox(page).press("Enter");
    await expect(refusal).toContainText(said);
  }
  await page.getByRole("button", { name: "Filter" }).click();
  await page.getByLabel("Room").fill(`look ${desk.key.secret}`);
  await page.getByLabel("Room").press("Enter");
  await expect(refusal).toContainText("This is the secret of Staging.");
  await expect(page).toHaveURL(/\/audit$/);
  for (const each of sent) expect(each.toLowerCase()).not.toContain(desk.key.secret);
});

test("5 · chips say how many, narrow at once, and become pills; Backspace takes the last one away", async ({
  open,
}) => {
  const page = await open("admin", "/audit");
  const chip = (name: RegExp) => page.getByRole("link", { name });
  await expect(chip(/^Tokens only 2$/)).toBeVisible();
  await expect(chip(/^Not expired 2$/)).toBeVisible();
  // What there is none of stays in its place, and leads nowhere.
  const none = ["Moderators 0", "Longer than 7 days 0", "Refused 0", "Signed elsewhere 0"];
  await expect(page.locator(".audit-chip[data-none]")).toHaveText(none);
  await expect(chip(/ 0$/)).toHaveCount(0);
  const tops = await page
    .locator(".audit-chip")
    .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().y));
  expect(new Set(tops).size, "lines of chips").toBe(1);
  await chip(/^Tokens only/).click();
  await expect(page).toHaveURL(/\?tokens=1$/);
  await expect(bodyRows(page)).toHaveCount(2);
  // They count what they lead to from here, in words too.
  await page.goto("/audit?q=ward-7b");
  await expect(chip(/^Tokens only 1$/)).toBeVisible();
  await page.goBack();
  await expect(page.getByText("Mine 0", { exact: true })).toBeVisible();
  await expect(chip(/^Not expired 2$/)).toBeVisible();
  await chip(/^Not expired/).click();
  await expect(pills(page)).toHaveCount(2);
  await expect(page).toHaveURL(/\?tokens=1&active=1$/);
  await searchBox(page).focus();
  await page.keyboard.press("Backspace");
  await expect(page).toHaveURL(/\?tokens=1$/);
  await page.getByRole("link", { name: "Remove: tokens only" }).click();
  await expect(page).toHaveURL(/\/audit$/);
  await expectAccessible(page, "the audit log");
  await page.getByRole("button", { name: "Filter" }).click();
  await expectAccessible(page, "the filter menu");
});

test("6 · two letters are looked for in the newest events, and the page says so; more than 200 find nothing", async ({
  open,
}) => {
  const page = await open("auditor", "/audit?q=7b");
  await expect(
    page.getByText("Words of one or two characters are looked for in the newest 10,000 events only."),
  ).toBeVisible();
  await expect(bodyRows(page).filter({ hasText: "Nurse call, Zürich" })).toHaveCount(1);
  await expect(bodyRows(page).filter({ hasText: "Board demo" })).toHaveCount(0);
  // Nor does what is too long to be looked for find all of them.
  await page.goto(`/audit?q=${"x".repeat(201)}`);
  await expect(page.getByText("Nothing was looked for")).toBeVisible();
  await expect(bodyRows(page)).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Export" })).toHaveCount(0);
});

test("7 · J and K walk the rows, Enter opens one, and back is at the same row", async ({ open }) => {
  const page = await open("admin", "/audit");
  const link = (row: number) => bodyRows(page).nth(row).locator("a[data-row-link]");
  await expect(async () => {
    await page.keyboard.press("j");
    await expect(link(0)).toBeFocused({ timeout: 1_000 });
  }).toPass();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await expect(link(1)).toBeFocused();
  const [, second] = await shown(page);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/audit/${second}$`));
  await page.goBack();
  await expect(link(1)).toBeFocused();
  await page.goto("/audit?tokens=1");
  await expect(async () => {
    await page.keyboard.press("j");
    await expect(link(0)).toBeFocused({ timeout: 1_000 });
  }).toPass();
  const number = (await link(0).textContent())?.replace(/\D/g, "");
  await page.keyboard.press("i");
  await expect(page).toHaveURL(new RegExp(`/issue\\?from=${number}$`));
});

test("8 · a click anywhere opens a row, and text in it can be marked all the same", async ({ open }) => {
  const page = await open("admin", "/audit?tokens=1");
  const room = bodyRows(page).first().locator("td").nth(4);
  await expect(room).toContainText("ward-7b");
  const box = await room.boundingBox();
  if (!box) throw new Error("The row is not there.");
  await page.mouse.move(box.x + 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 4, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  expect(await page.evaluate(() => getSelection()?.toString())).toContain("ward-7b");
  await expect(page).toHaveURL(/\?tokens=1$/);
  await expect(async () => {
    await bodyRows(page).first().locator("td").nth(1).click();
    await expect(page).toHaveURL(/\/audit\/\d+$/, { timeout: 2_000 });
  }).toPass();
});

test("9 · new events announce themselves without moving a row, and come when one asks", async ({ open }) => {
  const page = await open("auditor", "/audit?tokens=1");
  await expect(bodyRows(page)).toHaveCount(2);
  // An auditor issues nothing, and is not offered it.
  await expect(bodyRows(page).getByRole("link", { name: /^Issue again/ })).toHaveCount(0);
  const before = await bodyRows(page).first().boundingBox();
  await issue(await open("issuer", "/issue"), { purpose: "While somebody reads" });
  const news = page.getByRole("button", { name: "1 new event" });
  await expect(news).toBeVisible({ timeout: 20_000 });
  await expect(bodyRows(page)).toHaveCount(2);
  expect(await bodyRows(page).first().boundingBox()).toEqual(before);
  await news.click();
  await expect(bodyRows(page)).toHaveCount(3);
  await expect(bodyRows(page).first()).toContainText("While somebody reads");
  await expect(news).toBeHidden();
});

test("10 · an issuer sees the ledger and their own other events; an auditor sees all", async ({ open, desk }) => {
  const all = events(desk.database).filter(
    ({ action, actorName }) => action === "token.issued" || actorName === people.issuer.name,
  );
  const page = await open("issuer", "/audit");
  await expect.poll(() => shown(page)).toEqual(all.map(({ sequence }) => sequence).reverse());
  await expect(page.getByRole("button", { name: "Export…" })).toHaveCount(0);
  for (const q of ["action=key.created", `q=${encodeURIComponent(people.admin.email)}`]) {
    await page.goto(`/audit?${q}`);
    await expect(page.getByText("Nothing matches")).toBeVisible();
  }
  const foreign = events(desk.database, "key.created")[0]?.sequence;
  await page.goto(`/audit/${foreign}`);
  await expect(page.getByText("This event is another's")).toBeVisible();
  expect(events(desk.database, "access.denied").at(-1)?.actorName).toBe(people.issuer.name);
  const auditor = await open("auditor", "/audit?action=key.created");
  await expect(bodyRows(auditor)).toHaveCount(1);
});

test("11 · on a phone rows are cards, on paper there are rows alone", async ({ open }) => {
  const page = await open("admin", "/audit?tokens=1", { viewport: { width: 360, height: 740 } });
  const card = bodyRows(page).filter({ hasText: "ward-7b" });
  await expect(card).toContainText("No. ");
  const [what, state] = [card.locator(".audit-what"), card.locator(".audit-state")];
  const [left, right] = [await what.boundingBox(), await state.boundingBox()];
  // Times stand below each other, whether or not the event can be issued again.
  const ends = () =>
    page.locator(".audit-when > time").evaluateAll((all) => all.map((each) => each.getBoundingClientRect().right));
  const issued = new Set(await ends());
  await page.goto("/audit");
  expect(new Set(await ends())).toEqual(issued);
  await page.goto("/audit?tokens=1");
  expect(Math.abs((left?.y ?? 0) - (right?.y ?? 99))).toBeLessThan(12);
  await expect(page.getByRole("columnheader", { name: "Purpose" })).not.toBeInViewport({ ratio: 0.5 });
  await expect(card.getByRole("link", { name: /^Issue again No\.\s\d+$/ })).toHaveCSS("opacity", "1");
  await page.getByRole("button", { name: "Filter" }).click();
  const [from, to] = [page.getByLabel("From", { exact: true }), page.getByLabel("To", { exact: true })];
  expect((await to.boundingBox())?.y, "below each other").toBeGreaterThan((await from.boundingBox())?.y ?? 999);
  await page.keyboard.press("Escape");
  await page.setViewportSize({ width: 1000, height: 740 });
  const paper = (await page.pdf({ format: "A4" })).toString("latin1");
  expect(paper.match(/\/MediaBox\s*\[0 0 84\d\S* 59\d/g), "sheets, all of them landscape").toHaveLength(1);
  expect(paper.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  // As many as a page of the log has.
  await bodyRows(page).evaluateAll((rows) => {
    for (let count = rows.length; count < 50; count++) rows[0]?.parentNode?.append(rows[0].cloneNode(true));
  });
  const full = (await page.pdf({ format: "A4" })).toString("latin1");
  expect(full.match(/\/Type\s*\/Page\b/g)?.length, "sheets of fifty rows").toBeLessThanOrEqual(3);
  await page.emulateMedia({ media: "print" });
  // Of today a row says the hour alone.
  await expect(page.getByText(/^As of .* \d{4}/)).toBeVisible();
  await expect(page.getByRole("link", { name: /^Not expired/ })).toBeHidden();
  await expect(page.getByRole("navigation", { name: "Main" })).toBeHidden();
  await expect(card.first()).toBeVisible();
  const key = card.first().getByText("Staging");
  expect((await key.boundingBox())?.width, "the key on paper").toBeGreaterThan(30);
  await expect(page.getByText("tokens only", { exact: true })).toBeVisible();
});

test("12 · what is asked while the server cannot be reached stays in the box, and the rows stay too", async ({
  open,
  watch,
}) => {
  watch.allow(/ERR_INTERNET_DISCONNECTED|ERR_FAILED/, "the server does not answer");
  const page = await open("admin", "/audit");
  const box = page.getByRole("searchbox", { name: "Search the audit log" });
  const shown = await bodyRows(page).count();
  await page.context().setOffline(true);
  await box.fill("ward-7b");
  await box.press("Enter");
  await expect(page.getByText("The server could not be reached.")).toBeVisible();
  await expect(box).toHaveValue("ward-7b");
  await expect(bodyRows(page)).toHaveCount(shown);
  await bodyRows(page).first().locator("td").first().click();
  await expect(page.getByRole("heading", { name: "Audit", level: 1 })).toBeVisible();
  await page.context().setOffline(false);
  await box.press("Enter");
  await expect(page).toHaveURL(/[?&]q=ward-7b/);
});
