/** An event's page acts: what happened in words, the ticket first, what belongs to it as links, and nothing in a machine's words but what is folded. */
import type { Page } from "@playwright/test";
import { expectAccessible } from "../stage/accessible";
import { bodyRows } from "../stage/audit";
import { change, events, ledger } from "../stage/database";
import { tokenField } from "../stage/decoder";
import { expect, test } from "../stage/fixtures";
import { issue } from "../stage/issue-form";
import { claimsOf, makeToken } from "../stage/make-token";
import { people, tryToSignIn } from "../stage/people";
import { addCredential, addEndpoint, askEndpoint, keyIdOf } from "../stage/programs";

const fact = (page: Page, term: string) =>
  page
    .getByRole("region", { name: "Event" })
    .locator("dl > div")
    .filter({ has: page.locator("dt", { hasText: term }) });

/** Neither camelCase nor an instant as programs write it, outside of what is folded and of what is compared letter by letter. */
async function expectPlainWords(page: Page): Promise<void> {
  const texts = await page.getByRole("region", { name: "Event" }).locator("dt, dd").allTextContents();
  expect(texts.join("\n")).not.toMatch(/\b[a-z]+[A-Z]\w*\b|\d{4}-\d\d-\d\dT/);
}

// Each goes on with what those before it have left in the log.
test.describe.configure({ mode: "serial" });

test("1 · a token's event has the ticket first, leads to all that belongs to it, and issues it again", async ({
  open,
  desk,
}) => {
  const issuing = await open("issuer", "/issue");
  const token = await issue(issuing, { roomId: "ward-7b", participantId: "tablet-4", purpose: "Nurse call" });
  const { number = 0, jti = "", sha256 = "" } = ledger(desk.database).at(-1) ?? {};
  const inspecting = await open("auditor", "/decode");
  await tokenField(inspecting).fill(token);
  await expect.poll(() => events(desk.database, "token.inspected").length).toBe(1);
  const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
  await tokenField(inspecting).fill(
    makeToken({ ...claims, roomId: "ward-9" }, "not the secret of this desk, but as long"),
  );
  await expect.poll(() => events(desk.database, "token.inspected").length).toBe(2);

  const page = await open("admin", `/audit/${events(desk.database, "token.issued").at(-1)?.sequence}`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Ivo Petrov issued a token");
  const [ticket, facts] = [page.getByRole("region", { name: "Ledger" }), page.getByRole("region", { name: "Event" })];
  expect(
    await ticket.evaluate((node, other) => node.compareDocumentPosition(other as Node), await facts.elementHandle()),
  ).toBe(4);
  await expect(ticket).toContainText("Nurse call");
  await expectPlainWords(page);
  const more = page.getByRole("region", { name: "More of" });
  for (const [name, address] of [
    ["The same token", `/audit?q=${number}`],
    ["The same room", "/audit?room=ward-7b"],
    ["The same participant", "/audit?participant=tablet-4"],
    ["The same key", /^\/audit\?key=[\w-]{12}$/],
    ["The same person", /^\/audit\?member=[\w-]{12}$/],
  ] as const)
    await expect(more.getByRole("link", { name, exact: true })).toHaveAttribute("href", address);
  // Each fact once, but for what other events of it say.
  const said = await page.getByRole("heading", { level: 1 }).or(ticket).or(facts).allTextContents();
  for (const once of [people.issuer.name, "Staging", "Nurse call"])
    expect(said.join(" ").split(once), once).toHaveLength(2);
  // With its day where that is another one: it may end after midnight.
  for (const name of ["iat", "exp"])
    await expect(ticket.locator(`[data-path="payload.${name}"] time`)).toHaveText(/^(\d+ \w{3}, )?\d\d:\d\d:\d\d \S+$/);
  // When it was is kept for good, with its date; what the token permits is told in words, its claims are folded.
  await expect(fact(page, "When").locator("time")).toHaveText(/^\w{3} \d+ \w{3} \d{4}, \d\d:\d\d:\d\d \S+$/);
  await expect(ticket.getByRole("group", { name: "What it permits" })).not.toContainText("until");
  await expect(ticket.locator(".claims")).toBeHidden();
  await expect(
    page.getByRole("region", { name: `What else happened to No. ${number}` }).getByRole("listitem"),
  ).toHaveText([/^Inspected, altered by Ada Okafor, /, /^Inspected by Ada Okafor, /]);
  for (const [what, value] of [
    ["Copy token ID", jti],
    ["Copy SHA-256", sha256],
  ] as const) {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await ticket.getByRole("button", { name: what }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(value);
  }
  await expectAccessible(page, "a token's event");
  await page.emulateMedia({ media: "print" });
  const printed = (node: Element) => getComputedStyle(node, "::after").content;
  const short = page.getByRole("region", { name: `What else happened to No. ${number}` }).locator("time");
  expect(await short.first().evaluate(printed), "whole on paper").toMatch(/^"\w{3} \d+ \w{3} \d{4}, /);
  await page.emulateMedia({ media: null });
  const paper = (await page.pdf({ format: "A4" })).toString("latin1");
  expect(paper.match(/\/Type\s*\/Page\b/g), "sheets of an event").toHaveLength(1);
  await page.getByRole("link", { name: "Issue again" }).click();
  await expect(page).toHaveURL(new RegExp(`/issue\\?from=${number}$`));

  const auditor = await open("auditor", `/audit/${events(desk.database, "token.issued").at(-1)?.sequence}`);
  await expect(auditor.getByRole("region", { name: "Ledger" })).toBeVisible();
  await expect(auditor.getByRole("link", { name: "Issue again" })).toHaveCount(0);
  // Once it has expired, its ticket says so by itself.
  const kept = auditor.getByRole("region", { name: "Ledger" });
  await expect(kept).not.toContainText("expired");
  // Which would say that no time has passed.
  await auditor.route("/api/session", (route) => route.abort());
  await auditor.clock.setFixedTime(Date.now() + 3 * 3_600_000);
  await expect(kept.getByRole("group", { name: "What it permits" })).toContainText("It has expired: VideoSDK");
  await expect(kept.getByRole("definition").filter({ hasText: "expired" })).toBeVisible();
  await expect(kept.getByRole("term").filter({ hasText: /^State$/ })).toBeVisible();
});

test("2 · a failed sign-in says as whom, from where, and who is asked for by nobody's name", async ({ open, desk }) => {
  const door = await open("nobody", "/sign-in");
  await tryToSignIn(door, { email: "stranger@example.com", password: "a guess" });
  await expect(door.getByText("Email or password is wrong.")).toBeVisible();
  const page = await open("admin", `/audit/${events(desk.database, "auth.sign_in_failed").at(-1)?.sequence}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Failed sign-in as stranger@example.com");
  await expect(fact(page, "Who")).toContainText("A visitor, not signed in");
  await expect(fact(page, "Reason")).toContainText("wrong email or password");
  await expect(fact(page, "Email"), "the title says it").toHaveCount(0);
  await expectPlainWords(page);
  await page.goto("/audit?outcome=refused");
  await expect(bodyRows(page).first()).toContainText("stranger@example.com");
  await expect(bodyRows(page).first()).toContainText("Wrong email or password, from 127.0.0.1");
  await expect(bodyRows(page).first()).toContainText("refused");
});

test("3 · a key that was added is named with all that is public of it, and the pages before and after are a click away", async ({
  open,
  desk,
}) => {
  const sequence = events(desk.database, "key.created")[0]?.sequence ?? 0;
  const page = await open("admin", `/audit/${sequence}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Maya Lind added a key");
  await expect(page.getByRole("link", { name: people.admin.name, exact: true })).toHaveAttribute(
    "href",
    /^\/team\/[\w-]{12}$/,
  );
  await expect(fact(page, "API key")).toContainText(desk.key.apiKey);
  await expect(fact(page, "Key").getByRole("link", { name: "Staging" })).toHaveAttribute("href", /^\/keys\/[\w-]{12}$/);
  await page.getByRole("link", { name: "Newer" }).click();
  await expect(page).toHaveURL(new RegExp(`/audit/${sequence + 1}$`));
  await page.getByRole("link", { name: "Older" }).click();
  await expect(page).toHaveURL(new RegExp(`/audit/${sequence}$`));
});

test("4 · what somebody was called then stays, with what they are called now beside it", async ({ open, desk }) => {
  const sequence = events(desk.database, "key.created")[0]?.sequence ?? 0;
  change(desk.database, "UPDATE Member SET name = 'Maya Berg' WHERE email = ?", people.admin.email);
  const page = await open("auditor", `/audit/${sequence}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Maya Lind added a key");
  await expect(fact(page, "Who")).toContainText("Maya Lind, now called Maya Berg");
  await expect(page.locator("main a[href^='/team']"), "an auditor sees no team").toHaveCount(0);
  change(desk.database, "UPDATE Member SET name = ? WHERE email = ?", people.admin.name, people.admin.email);
});

test("5 · a token that was signed elsewhere is red in the list and on its page, and leads to its case", async ({
  open,
  desk,
}) => {
  const decoding = await open("issuer", "/decode");
  const claims = claimsOf(desk.key.apiKey, { permissions: ["allow_join", "allow_mod"] });
  await tokenField(decoding).fill(makeToken(claims, desk.key.secret));
  await expect.poll(() => events(desk.database, "token.signed_elsewhere").length).toBe(1);
  const page = await open("admin", "/audit?elsewhere=1");
  // Nobody has said yet whether a backend signs with it: a question, no alarm.
  await expect(bodyRows(page)).toContainText("Staging · whether a backend signs with it is not said yet");
  await expect(bodyRows(page)).not.toHaveAttribute("data-alarm");

  change(desk.database, "UPDATE SigningKey SET signsElsewhere = 'no'");
  const inRoom = { ...claims, roomId: "ward-7b", jti: crypto.randomUUID() };
  await tokenField(decoding).fill(makeToken(inRoom, desk.key.secret));
  await expect.poll(() => events(desk.database, "token.signed_elsewhere").length).toBe(2);
  await page.reload();
  const row = bodyRows(page).first();
  await expect(row).toContainText("Signed elsewhere");
  await expect(row).toContainText("Case 1: Staging · ward-7b · anyone · moderator and REST API · for 2 h");
  await expect(row.getByRole("link", { name: "Case 1" })).toHaveAttribute("href", "/cases/1");
  await row.getByRole("link", { name: "Signed elsewhere" }).click();
  await expect(page.getByText("Signed with the secret of Staging, not issued here.")).toBeVisible();
  await expect(page.locator("main").getByText("Staging", { exact: true }), "named once").toHaveCount(1);
  await expect(page.getByRole("region", { name: "Ledger" })).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Issue again" })).toHaveCount(0);
  await expectAccessible(page, "an alarm's event");
  // It has no number; pasted again it is found by its hash.
  const more = page.getByRole("region", { name: "More of" });
  await expect(more.getByRole("link", { name: "The same room" })).toHaveAttribute("href", "/audit?room=ward-7b");
  const same = more.getByRole("link", { name: "The same token" });
  await expect(same).toHaveAttribute("href", /^\/audit\?q=[0-9a-f]{64}$/);
  await same.click();
  await expect(bodyRows(page)).toHaveCount(1);
  await expect(bodyRows(page)).toContainText("Signed elsewhere");
});

test("6 · each event is one line, whatever it is; an alarm's leads to its case, and says nothing of the token that was copied", async ({
  open,
  desk,
}) => {
  const opened = events(desk.database, "case.opened").at(-1);
  expect(opened?.outcome).toBe("ok");
  const page = await open("admin", "/audit");
  const rows = bodyRows(page);
  const kinds = ["Failed sign-in", "Added a key", "Inspected", "Signed elsewhere", "Case 1 opened"];
  for (const text of kinds) await expect(rows.filter({ hasText: text }).first()).toBeVisible();
  for (const width of [1280, 900]) {
    await page.setViewportSize({ width, height: 900 });
    await expect.poll(() => page.locator(".audit-box").evaluate((box) => box.clientWidth)).toBeLessThan(width);
    const heights = () => rows.evaluateAll((all) => [...new Set(all.map((row) => row.getBoundingClientRect().height))]);
    await expect.poll(heights, `heights of rows at ${width} px`).toEqual([34]);
    const cut = await page
      .locator(".audit-what")
      .evaluateAll((cells) =>
        cells.filter((cell) => cell.scrollWidth > cell.clientWidth).map((cell) => cell.textContent),
      );
    expect(cut, `verbs cut off at ${width} px`).toEqual([]);
    const link = rows.filter({ hasText: "Signed elsewhere" }).getByRole("link", { name: "Case 1" });
    const [inner, outer] = [await link.boundingBox(), await link.locator("xpath=..").boundingBox()];
    expect((inner?.x ?? 0) + (inner?.width ?? 1e9)).toBeLessThan((outer?.x ?? 0) + (outer?.width ?? 0));
  }
  const altered = rows.filter({ hasText: "Altered after issuing" });
  await expect(altered).toHaveAttribute("data-alarm", "true");
  await expect(altered.locator(".audit-state")).toHaveText("");
  await rows.filter({ hasText: "Case 1 opened" }).getByRole("link", { name: "Case 1 opened" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Case 1 opened");
});

test("7 · what a program did leads to the program, for whoever may see it, and calls it no person", async ({
  open,
  desk,
}) => {
  const { id, base } = addEndpoint(desk);
  expect((await askEndpoint(base)).status).toBe(200);
  const { id: credentialId, headers } = addCredential(desk);
  const answer = await fetch(`${desk.address}/api/v1/tokens`, {
    ...{ method: "POST", headers: { ...headers, "content-type": "application/json" } },
    body: JSON.stringify({ keyId: keyIdOf(desk), template: "participant" }),
  });
  expect(answer.status).toBe(201);
  const [byEndpoint, byCredential] = events(desk.database, "token.issued").slice(-2);
  const page = await open("admin", `/audit/${byEndpoint?.sequence}`);
  const more = page.getByRole("region", { name: "More of" });
  const title = page.getByRole("heading", { level: 1 });
  const leadsTo = (name: string, address: string) =>
    expect(more.getByRole("link", { name, exact: true })).toHaveAttribute("href", address);
  await leadsTo("The same endpoint", `/audit?member=${id}`);
  await expect(fact(page, "Program")).toContainText("node");
  await title.getByRole("link", { name: "Demo app" }).click();
  await expect(page).toHaveURL(`${desk.address}/endpoints/${id}`);
  await page.getByRole("button", { name: "Switch off" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Switch off" }).click();
  await expect.poll(() => events(desk.database, "endpoint.disabled").length).toBe(1);
  await page.goto(`/audit/${events(desk.database, "endpoint.disabled").at(-1)?.sequence}`);
  await expect(fact(page, "Endpoint").getByRole("link", { name: "Demo app" })).toHaveAttribute(
    "href",
    `/endpoints/${id}`,
  );
  await page.goto(`/audit/${byCredential?.sequence}`);
  await leadsTo("The same credential", `/audit?member=${credentialId}`);
  await expect(title.getByRole("link", { name: "CI" })).toHaveAttribute("href", "/credentials");
  await expect(more.getByRole("link", { name: "The same person" })).toHaveCount(0);
  const auditor = await open("auditor", `/audit/${byEndpoint?.sequence}`);
  const theirs = auditor.getByRole("region", { name: "More of" });
  await expect(theirs.getByRole("link", { name: "The same endpoint" })).toBeVisible();
  await expect(auditor.getByRole("heading", { level: 1 })).toContainText("Demo app issued a token");
  await expect(auditor.getByRole("heading", { level: 1 }).getByRole("link")).toHaveCount(0);
});
