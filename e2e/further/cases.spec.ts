/** What a secret of ours signed and this desk did not issue: a question, a note or a case, as its key says; a case is red until an admin acknowledges it, and says what to do. */
import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "../stage/accessible";
import { change, events, ledger, rows } from "../stage/database";
import { expectVerdict, saySignsElsewhere, tokenField, verdict } from "../stage/decoder";
import { expect, test } from "../stage/fixtures";
import { issue } from "../stage/issue-form";
import { claimsOf, makeToken } from "../stage/make-token";
import { people } from "../stage/people";

const ELSEWHERE = "Signed with your secret, not issued here";
const cases = (database: string) => rows<{ number: number; note: string | null }>(database, 'SELECT * FROM "Case"');
const tokensOf = (page: Page) => page.getByRole("table", { name: "Tokens of this case" }).locator("tbody tr");
const openCases = (page: Page, count: number) =>
  page
    .getByRole("link", {
      name: new RegExp(`^Overview.*\\b${count} case${count === 1 ? "" : "s"} nobody has acknowledged`),
    })
    .first();
const noCount = (page: Page) => page.getByText(/cases? nobody has acknowledged/);

test.beforeEach(({ desk }) => {
  change(desk.database, "DELETE FROM CaseToken");
  change(desk.database, 'DELETE FROM "Case"');
});

test("1 on a key that has not said, it is an amber question with the two answers beside it, and no case", async ({
  open,
  desk,
}) => {
  saySignsElsewhere(desk.database, null);
  const page = await open("admin", "/decode");
  await tokenField(page).fill(makeToken(claimsOf(desk.key.apiKey), desk.key.secret));
  await expectVerdict(page, ELSEWHERE);
  await expect(verdict(page)).toHaveAttribute("data-tone", "warn");
  await expect(verdict(page).getByRole("button", { name: "Yes, a backend of ours" })).toBeVisible();
  await expect(verdict(page).getByRole("button", { name: "No, only this desk" })).toBeVisible();
  expect(cases(desk.database)).toEqual([]);
  await expect(noCount(page)).toHaveCount(0);
  // Who may not say it is led to the key, and is no dead end.
  const auditor = await open("auditor", "/decode");
  await tokenField(auditor).fill(makeToken(claimsOf(desk.key.apiKey), desk.key.secret));
  await expectVerdict(auditor, ELSEWHERE);
  await expect(verdict(auditor).getByRole("button", { name: /a backend of ours|only this desk/ })).toHaveCount(0);
});

test("2 answered no, it turns red and opens a case: its number in the head, and a count in the frame of every page at once", async ({
  open,
  desk,
}) => {
  saySignsElsewhere(desk.database, null);
  const page = await open("admin", "/decode");
  await tokenField(page).fill(makeToken(claimsOf(desk.key.apiKey), desk.key.secret));
  await verdict(page).getByRole("button", { name: "No, only this desk" }).click();
  await expect(verdict(page)).toHaveAttribute("data-tone", "bad");
  const link = verdict(page).getByRole("link", { name: /case\s\d/i });
  const [opened] = cases(desk.database);
  await expect(link).toHaveAttribute("href", `/cases/${opened?.number}`);
  await expect(openCases(page, 1)).toBeVisible();
  await link.click();
  await expect(page.getByRole("heading", { name: `Case ${opened?.number}`, level: 1 })).toBeVisible();
  await expect(page.getByText("Somebody else has the secret of “Staging”.")).toBeVisible();
  for (const path of ["/audit", "/keys", "/issue"]) {
    await page.goto(path);
    await expect(openCases(page, 1)).toBeVisible();
  }
  // To all cases: from a case, from the overview, by name; and by its number to one.
  await page.goto(`/cases/${opened?.number}`);
  await page.getByRole("main").getByRole("link", { name: "All cases" }).click();
  await expect(page).toHaveURL(/\/cases$/);
  await expect(page.getByRole("navigation", { name: "Main" }).locator("[aria-current=page]")).toContainText("Overview");
  await page.setViewportSize({ width: 360, height: 740 });
  await expect(page.getByRole("cell", { name: `Case ${opened?.number}` })).toBeVisible();
  await page.setViewportSize({ width: 1280, height: 900 });
  const find = async (words: string, option: RegExp) => {
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Find or go to" }).fill(words);
    await page.getByRole("option", { name: option }).click();
  };
  await find(`case ${opened?.number}`, new RegExp(`^Case ${opened?.number} Staging, open`));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Case ${opened?.number}`);
  await expect(tokensOf(page)).toContainText(/\b1 h 59 min|2 h\b/);
  await find("cases", /^Cases /);
  await page.getByRole("link", { name: String(opened?.number), exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Case ${opened?.number}`);
});

test("3 further ones are collected with who pasted them and when, each once, the most dangerous first", async ({
  open,
  desk,
}) => {
  saySignsElsewhere(desk.database, "no");
  const nbf = Math.floor(Date.now() / 1000) + 6_000;
  const plain = makeToken(
    claimsOf(desk.key.apiKey, { version: 2, roles: ["rtc"], roomId: "plain", nbf }),
    desk.key.secret,
  );
  const mighty = makeToken(
    claimsOf(desk.key.apiKey, { version: 2, permissions: ["allow_join", "allow_mod"], roomId: "mighty" }),
    desk.key.secret,
  );
  // VideoSDK takes none whose secret was decoded, whatever it asks for, and for however long.
  const refused = makeToken(
    claimsOf(desk.key.apiKey, { exp: undefined, permissions: ["allow_join", "allow_mod"] }),
    Buffer.from(desk.key.secret, "base64"),
  );
  const [issuer, auditor] = [await open("issuer", "/decode"), await open("auditor", "/decode")];
  for (const [page, token] of [
    [issuer, plain],
    [auditor, mighty],
    [auditor, plain],
    [auditor, refused],
  ] as const) {
    await tokenField(page).fill("");
    await tokenField(page).fill(token);
    await expect(verdict(page).getByRole("link", { name: /case\s\d/i })).toBeVisible();
  }
  await verdict(auditor)
    .getByRole("link", { name: /case\s\d/i })
    .click();
  await expect(tokensOf(auditor)).toHaveCount(3);
  await expect(auditor.getByRole("main")).toContainText(/The last one ends .*VideoSDK refuses 1 of them\./);
  await expect(tokensOf(auditor).nth(2)).toContainText("nothing, but asks for moderator and REST API");
  await expect(tokensOf(auditor).nth(2)).toContainText("not accepted by VideoSDK");
  await expect(auditor.getByText(/never (ends|expires)/)).toHaveCount(0);
  await expect(tokensOf(auditor).nth(0)).toContainText("mighty");
  await expect(tokensOf(auditor).nth(0)).toContainText(people.auditor.name);
  await expect(tokensOf(auditor).nth(0)).toContainText("moderator and REST API");
  await expect(tokensOf(auditor).nth(1)).toContainText(people.issuer.name);
  // It is active for none of the time until then.
  await expect(tokensOf(auditor).nth(1)).toContainText(/starts in 1 h/);
  await expect(tokensOf(auditor).nth(1)).toContainText(`1×, last`);
  await expect(tokensOf(auditor).nth(1).locator("time").first()).toHaveAttribute("datetime", /^\d{4}-/);

  // It keeps no more of them than anybody goes through, and says where the others are.
  change(
    desk.database,
    `WITH RECURSIVE n (i) AS (SELECT 4 UNION ALL SELECT i + 1 FROM n WHERE i < 1001)
     INSERT INTO CaseToken SELECT caseNumber, CAST(printf('%032d', i) AS BLOB), imitates, issuedAt, expiresAt, room, subject,
       moderates, callsRest, firstSeenAt, firstSeenById, firstSeenBy, lastSeenAt, lastSeenBy, seen, refusedBy, startsAt
     FROM CaseToken, n WHERE room = 'plain'`,
  );
  await auditor.reload();
  await expect(auditor.getByText(/1,000\+ tokens were pasted here/)).toBeVisible();
  // What to do comes after them, and must not be far.
  await expect(tokensOf(auditor)).toHaveCount(10);
  await expect(auditor.getByText("The 10 most dangerous are shown.")).toBeVisible();
  await auditor.getByRole("link", { name: "Show all 1,000+" }).click();
  // A thousand rows at once are five megabytes.
  await expect(tokensOf(auditor)).toHaveCount(50);
  await expect(auditor.getByText("Tokens 1 to 50 of 1,001")).toBeVisible();
  await auditor.getByRole("link", { name: "Next", exact: true }).click();
  await expect(auditor.getByText("Tokens 51 to 100 of 1,001")).toBeVisible();
  await expect(auditor.getByText("A case keeps the 1,000 most dangerous and the last one")).toBeVisible();
  await expect(auditor.getByRole("main").getByRole("link", { name: "the audit log" })).toHaveAttribute(
    "href",
    /^\/audit\?elsewhere=1&key=./,
  );

  await auditor.goto("/audit?action=token.signed_elsewhere");
  const row = auditor.getByRole("row").filter({ hasText: "not accepted by VideoSDK" });
  await expect(row).toHaveCount(1);
  await row.getByRole("link", { name: /Signed elsewhere/ }).click();
  await expect(auditor.getByRole("main")).toContainText("VideoSDKrefuses it, whenever it is sent");
  await expect(auditor.getByText("It ends")).toHaveCount(0);
});

test("3b where it is good and who pasted it again are seen in their lines, also what is read from the right", async ({
  open,
  desk,
}) => {
  saySignsElsewhere(desk.database, "no");
  const [roomId, participantId] = ["telehealth-eu-central-1-ward-7", "مشارك".repeat(10)];
  const token = makeToken(claimsOf(desk.key.apiKey, { version: 2, roomId, participantId }), desk.key.secret);
  for (const who of ["admin", "issuer"] as const) {
    const page = await open(who, "/decode");
    await tokenField(page).fill(token);
    await expect(verdict(page).getByRole("link", { name: /case\s\d/i })).toBeVisible();
  }
  const page = await open("auditor", "/audit?elsewhere=1");
  const cell = page.getByRole("cell").filter({ hasText: participantId }).first();
  const [end, within] = [
    await cell.evaluate(
      (each) => each.getBoundingClientRect().right - Number.parseFloat(getComputedStyle(each).paddingRight),
    ),
    await cell.getByText(participantId).evaluate((each) => each.getBoundingClientRect().right),
  ];
  // A box that does not fit behind the room is not drawn at all.
  expect(within).toBeLessThan(end);
  await cell.getByRole("link", { name: /Case/ }).click();
  const again = tokensOf(page).getByRole("cell").last();
  await expect(again).toContainText(`1×, last`);
  expect(await again.evaluate((each) => each.scrollWidth - each.clientWidth)).toBe(0);
});

test("4 answered yes, it is a note: no case, nothing green in the head, and the word Valid nowhere in it", async ({
  open,
  desk,
}) => {
  saySignsElsewhere(desk.database, null);
  const page = await open("admin", "/decode");
  await tokenField(page).fill(makeToken(claimsOf(desk.key.apiKey), desk.key.secret));
  await verdict(page).getByRole("button", { name: "Yes, a backend of ours" }).click();
  await expect(verdict(page)).toHaveAttribute("data-tone", "mute");
  await expectVerdict(page, ELSEWHERE, "A backend of yours signs");
  await expect(verdict(page)).not.toContainText("Valid");
  expect(cases(desk.database)).toEqual([]);
  await expect(noCount(page)).toHaveCount(0);
});

test("5 one that bears the id of one of ours is the alarm, whatever the key says", async ({ open, desk }) => {
  const issuer = await open("issuer", "/issue");
  const ours = await issue(issuer);
  saySignsElsewhere(desk.database, "yes");
  const claims = JSON.parse(Buffer.from(ours.split(".")[1] ?? "", "base64url").toString());
  const page = await open("auditor", "/decode");
  await tokenField(page).fill(makeToken({ ...claims, permissions: ["allow_join", "allow_mod"] }, desk.key.secret));
  await expectVerdict(page, "Altered after issuing");
  await expect(verdict(page)).toHaveAttribute("data-tone", "bad");
  await expect.poll(() => cases(desk.database).length).toBe(1);
  await page.goto("/cases");
  await page.getByRole("table", { name: "Cases" }).getByRole("link").first().click();
  const { number } = ledger(desk.database).at(-1) ?? {};
  await expect(page.getByText(`No. ${number} was altered by somebody who has the secret of “Staging”.`)).toBeVisible();
  // No backend alters what this desk has issued.
  await expect(page.getByText("Is it a backend of yours?")).toHaveCount(0);
  await expect(page.getByText("not issued here")).toHaveCount(0);
  await expect(tokensOf(page).getByRole("link", { name: /^No\.\s\d/ })).toBeVisible();
});

test("6 only an admin acknowledges it, with a note, once, also by a double click and from two tabs; the next token opens another case", async ({
  open,
  desk,
}) => {
  saySignsElsewhere(desk.database, "no");
  const decoder = await open("admin", "/decode");
  await tokenField(decoder).fill(makeToken(claimsOf(desk.key.apiKey), desk.key.secret));
  await expect(verdict(decoder).getByRole("link", { name: /case\s\d/i })).toBeVisible();
  const number = cases(desk.database)[0]?.number;
  for (const who of ["issuer", "auditor"] as const) {
    const page = await open(who, `/cases/${number}`);
    await expect(page.getByText("Until an admin acknowledges it")).toBeVisible();
    await expect(page.getByRole("button", { name: /Acknowledge|Disable|a backend of ours/ })).toHaveCount(0);
  }
  const [page, other] = [await open("admin", `/cases/${number}`), await open("admin", `/cases/${number}`)];
  await page.getByRole("button", { name: "Acknowledge" }).click();
  await expect(page.getByText("Say what it was, or what was done")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Note" })).toBeFocused();
  await page.getByRole("textbox", { name: "Note" }).fill("The old deploy script.");
  await page.reload();
  await expect(page.getByRole("textbox", { name: "Note" })).toHaveValue("The old deploy script.");
  await page.getByRole("button", { name: "Acknowledge" }).dblclick();
  await expect(page.getByText("Acknowledged.")).toBeVisible();
  await expect(page.getByText("The old deploy script.")).toBeVisible();
  await expect(noCount(page)).toHaveCount(0);
  await other.getByRole("textbox", { name: "Note" }).fill("Something else.");
  await other.getByRole("button", { name: "Acknowledge" }).click();
  await expect(other.getByText(`${people.admin.name} acknowledged it already.`)).toBeVisible();
  await expect(other.getByRole("textbox", { name: "Note" })).toHaveValue("Something else.");
  expect(events(desk.database, "case.acknowledged")).toHaveLength(1);
  expect(cases(desk.database)).toMatchObject([{ number, note: "The old deploy script." }]);

  // The decoder no longer asks for it.
  const known = await tokenField(decoder).inputValue();
  await tokenField(decoder).fill("");
  await tokenField(decoder).fill(known);
  await expect(verdict(decoder).getByRole("listitem").nth(2)).toContainText(
    new RegExp(`^3AcknowledgedBy ${people.admin.name}, \\d\\d:\\d\\d .*: The old deploy script\\.See case`),
  );
  await tokenField(decoder).fill(makeToken(claimsOf(desk.key.apiKey), desk.key.secret));
  await expect(verdict(decoder).getByRole("link", { name: /case\s\d/i })).not.toHaveAttribute(
    "href",
    `/cases/${number}`,
  );
  await expect(openCases(decoder, 1)).toBeVisible();
  await page.goto("/cases");
  const list = page.getByRole("table", { name: "Cases" }).locator("tbody tr");
  await expect(list).toHaveCount(2);
  await expect(list.nth(0)).toContainText("open");
  await expect(list.nth(1)).toContainText(`acknowledged by ${people.admin.name}`);

  await page.goto("/audit?action=case.acknowledged");
  const row = page.getByRole("row").filter({ hasText: "The old deploy script." });
  await row.getByRole("link").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${people.admin.name} acknowledged a case`);
  await page.getByRole("link", { name: `Case ${number}`, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Case ${number}`);

  // A key may be removed then; its case stays, and has nothing to do any more.
  change(desk.database, "UPDATE \"Case\" SET keyId = 'removed' WHERE number = ?", number);
  await page.reload();
  await expect(page.getByText("the secret of Staging, a key that was removed")).toBeVisible();
  await expect(page.getByText("The old deploy script.")).toBeVisible();
  await expect(tokensOf(page)).toHaveCount(1);
  await expect(page.getByRole("region", { name: "Respond" })).toHaveCount(0);
});

test("7 rooms and participants with hostile names are text, and break nothing", async ({ open, desk }) => {
  saySignsElsewhere(desk.database, "no");
  const page = await open("admin", "/decode");
  const names = [
    "<img src=x onerror=alert(1)>",
    "\u202egpj.exe",
    "r".repeat(5_000),
    "=HYPERLINK(1)",
    "غرفة 日本 🎥",
    "a\u0000b\u0007",
    "lobby, Ivo Petrov · issued here, for 1 h",
  ];
  for (const roomId of names) {
    await tokenField(page).fill(
      makeToken(claimsOf(desk.key.apiKey, { version: 2, roomId, participantId: roomId }), desk.key.secret),
    );
    await expect(verdict(page).getByRole("link", { name: /case\s\d/i })).toBeVisible();
    await tokenField(page).fill("");
  }
  await page.goto(`/cases/${cases(desk.database)[0]?.number}`);
  await expect(tokensOf(page)).toHaveCount(names.length);
  await expect(tokensOf(page).filter({ hasText: "<img src=x" })).toBeVisible();
  expect(await page.locator("main img").count()).toBe(0);
  await expectAccessible(page, "a case with hostile names");
  // Each name is one part of its line, isolated, and what cannot be seen in it is written out: it says nothing in our words.
  const turned = "\\u202egpj.exe";
  const lying = "lobby, Ivo Petrov \\u00b7 issued here, for 1 h";
  const partsIn = (row: Locator) => row.locator("bdi").allTextContents();
  const line = (row: Locator) => row.locator(".audit-tell");
  expect(await partsIn(tokensOf(page).filter({ hasText: "gpj" }).locator("td").nth(2))).toEqual([turned, turned]);
  expect(await partsIn(tokensOf(page).filter({ hasText: "lobby" }).locator("td").nth(2))).toEqual([lying, lying]);
  await expect(tokensOf(page).filter({ hasText: "lobby" }).locator("td").nth(2)).toHaveText(`${lying} · ${lying}`);
  await page.goto("/audit?action=token.signed_elsewhere");
  const row = page.getByRole("row").filter({ hasText: "gpj" });
  expect(await partsIn(line(row))).toEqual(["Staging", turned, turned, "REST API", "for 2\u00a0h"]);
  await expect(line(row)).toHaveAttribute("title", `Staging · ${turned} · ${turned} · REST API · for 2\u00a0h`);
  const lie = page.getByRole("row").filter({ hasText: "lobby" });
  expect(await partsIn(line(lie))).toEqual(["Staging", lying, lying, "REST API", "for 2\u00a0h"]);
  await expect(line(lie)).toHaveText(/: Staging · lobby, .* · REST API · for 2\sh$/);
  await lie.getByRole("link").first().click();
  const asked = page.getByRole("main").locator("dd").filter({ hasText: "lobby" });
  await expect(asked).toHaveText(/^lobby, /);
  expect(await partsIn(asked)).toEqual([lying, lying, "REST API", "for 2\u00a0h"]);
});

test("8 it says how to respond: disable here, what to do at VideoSDK, whom to tell as a file; and prints on one page", async ({
  open,
  desk,
}) => {
  const issuer = await open("issuer", "/issue");
  await issue(issuer, { purpose: "=2+3 for the demo" });
  saySignsElsewhere(desk.database, "no");
  const page = await open("admin", "/decode");
  for (let count = 0; count < 9; count++) {
    await tokenField(page).fill(makeToken(claimsOf(desk.key.apiKey), desk.key.secret));
    await expect(verdict(page).getByRole("link", { name: /case\s\d/i })).toBeVisible();
    await tokenField(page).fill("");
  }
  await page.goto(`/cases/${cases(desk.database)[0]?.number}`);
  const respond = page.getByRole("region", { name: "Respond" });
  await expect(respond.getByRole("heading", { name: "At VideoSDK, in this order" })).toBeVisible();
  await expect(respond).toContainText("4053");
  const holders = respond.getByRole("table", { name: "Who holds active tokens" }).locator("tbody tr");
  await expect(holders.filter({ hasText: people.issuer.name })).toContainText(people.issuer.email);
  const download = page.waitForEvent("download");
  await respond.getByRole("button", { name: "Save as CSV" }).click();
  const chunks: Buffer[] = [];
  for await (const chunk of await (await download).createReadStream()) chunks.push(chunk as Buffer);
  const saved = Buffer.concat(chunks)
    .toString()
    .split("\n")
    .find((line) => line.includes(people.issuer.email));
  expect(saved).toContain(`"${people.issuer.name}"`);
  expect(saved).toContain(`"'=2+3 for the demo"`);
  expect((await download).suggestedFilename()).toBe("who to tell about Staging.csv");

  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("button", { name: "Print" })).toBeHidden();
  await expect(respond).toBeVisible();
  const paper = (await page.pdf({ format: "A4" })).toString("latin1");
  expect(paper.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  const screen = page.viewportSize() ?? { width: 1280, height: 800 };
  await page.setViewportSize({ width: 720, height: 1000 });
  const cut = await page
    .locator(".data-table, .data-table td")
    .evaluateAll((boxes) => boxes.filter((box) => box.scrollWidth > box.clientWidth).map((box) => box.textContent));
  expect(cut, "cut off on paper").toEqual([]);
  await page.setViewportSize(screen);
  await page.emulateMedia({ media: "screen" });

  await respond.getByRole("button", { name: "Disable" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Disable key" }).click();
  await expect(respond.getByRole("heading", { name: "It is disabled here" })).toBeVisible();
  await respond.getByRole("button", { name: "Enable" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Enable key" }).click();
  await expect(respond.getByRole("heading", { name: "Disable it here" })).toBeVisible();
});

test("9 a case that is not there is said to be so within the frame; everybody can use each page, in either theme, wide or narrow", async ({
  open,
  desk,
  watch,
}) => {
  watch.allow(/404 \(Not Found\).*\/cases\//, "cases that are not there");
  const page = await open("admin", "/cases");
  await expect(page.getByText("No case")).toBeVisible();
  await expectAccessible(page, "no cases");
  for (const number of ["999", "0", "-1", "1e3", "x"]) {
    const answer = await page.goto(`/cases/${number}`);
    expect(answer?.status()).toBe(404);
    await expect(page.getByText("There is no such case")).toBeVisible();
  }
  await expect(page.getByRole("link", { name: "Audit", exact: true }).first()).toBeVisible();
  saySignsElsewhere(desk.database, "no");
  await page.goto("/decode");
  await tokenField(page).fill(makeToken(claimsOf(desk.key.apiKey, { exp: undefined }), desk.key.secret));
  await verdict(page)
    .getByRole("link", { name: /case\s\d/i })
    .click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Case\s\d/);
  change(desk.database, 'UPDATE "Case" SET keyLabel = ?', "x".repeat(60));
  change(desk.database, "UPDATE SigningKey SET label = ?", "x".repeat(60));
  await page.reload();
  await expectAccessible(page, "an open case of a key with a long label");
  await page.goto("/cases");
  await expectAccessible(page, "the cases");
  change(desk.database, "UPDATE SigningKey SET label = ?", "Staging");
});
