/** What comes after issuing: the token as an app, a shell, a browser or a phone takes it, and code that signs its like. */
import type { Page } from "@playwright/test";
import { expectAccessible } from "../stage/accessible";
import { change, events, rows } from "../stage/database";
import { expect, test } from "../stage/fixtures";
import { compose, issueButton, issuedToken, type Wish } from "../stage/issue-form";
import { people } from "../stage/people";
import { holdAction } from "../stage/server-action";

const wish: Wish = { permissions: ["allow_join"], roomId: "", participantId: "lxvdplwt", purpose: "Into something" };
const clipboard = { permissions: ["clipboard-read", "clipboard-write"] };

const into = (page: Page) => page.getByRole("region", { name: "Put it into" });
const way = (page: Page, name: string) => into(page).getByRole("radio", { name });
const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

/** By keyboard: the focus stays on what takes it away again. */
async function showAndHideCode(page: Page, name: string): Promise<void> {
  await into(page).getByRole("button", { name: "Show QR code" }).press("Enter");
  await expect(into(page).getByRole("img", { name })).toBeVisible();
  await expect(into(page).getByRole("button", { name: "Hide QR code" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(into(page).getByRole("img", { name })).toHaveCount(0);
}

/** Issues one and copies nothing. @returns the token */
async function issueOnly(page: Page, some: Wish = wish): Promise<string> {
  await compose(page, some);
  await issueButton(page).click();
  return (await issuedToken(page).getByTestId("token").textContent()) ?? "";
}

test("1. the line of each app is copied whole, has a warning of its own, and the last one opens again", async ({
  open,
}) => {
  const page = await open("issuer", "/issue", clipboard);
  const token = await issueOnly(page);
  await expect(way(page, ".env line")).toBeChecked();
  const apps = into(page).getByRole("group", { name: "App" }).getByRole("button");
  await expect(apps).toHaveText([
    ...["React", "Next.js", "React Native", "Expo", "Flutter", "Android", "iOS", "JavaScript", "Python", "Agents"],
  ]);
  await apps.getByText("Next.js").click();
  await expect(into(page)).toContainText("NEXT_PUBLIC_ is public: everybody who opens your app can read it.");
  await expectAccessible(page, "a line to put the token into");
  await expect(issuedToken(page).getByText("Not copied yet. It is shown once")).toBeVisible();
  await into(page).getByRole("button", { name: "Copy line" }).click();
  // A line holds the token: nobody asks any more when the page is left.
  await expect(issuedToken(page).getByText(/^Copied \d\d:\d\d/)).toBeVisible();
  expect(await copied(page)).toBe(`NEXT_PUBLIC_VIDEOSDK_TOKEN=${token}`);
  // Each button says so, but for the one that has it said right beside it.
  const saysCopied = (name: string) =>
    page
      .getByRole("button", { name })
      .locator(".copy-label")
      .evaluate((label) => getComputedStyle(label, "::after").visibility);
  expect(await saysCopied("Copy line")).toBe("visible");
  await page.getByRole("button", { name: "Copy token" }).click();
  await expect.poll(() => copied(page)).toBe(token);
  expect(await saysCopied("Copy token")).toBe("hidden");
  await apps.getByText("iOS").click();
  await into(page).getByRole("button", { name: "Copy line" }).click();
  expect(await copied(page)).toBe(`let AUTH_TOKEN = "${token}"`);

  await page.goto("/issue");
  await issueOnly(page);
  await expect(apps.getByText("iOS")).toHaveAttribute("aria-pressed", "true");
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  expect(kept).toContain("ios");
  expect(kept).not.toContain("eyJ");
});

test("2. the command and the join link ask for a room where the token names none, and the link is made on demand", async ({
  open,
}) => {
  const page = await open("issuer", "/issue", clipboard);
  const token = await issueOnly(page, { ...wish, roles: [] });
  await way(page, "curl").check();
  // The way has the focus, and nothing to be copied: the page's shortcut holds.
  await page.keyboard.press("Control+c");
  await expect(issuedToken(page).getByText(/^Copied \d\d:\d\d/)).toBeVisible();
  expect(await copied(page)).toBe(token);
  await expect(into(page).getByRole("button", { name: "Copy command" })).toHaveCount(0);
  await into(page).getByLabel("Room ID").fill("2kyv-gzay-64pg");
  await into(page).getByRole("button", { name: "Copy command" }).click();
  expect(await copied(page)).toBe(
    `curl -H "Authorization: ${token}" "https://api.videosdk.live/v2/rooms/validate/2kyv-gzay-64pg"`,
  );
  await expectAccessible(page, "a command with the token");
  // On a phone, too, the token stands within the command, and the quote behind it.
  const viewport = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 740 });
  await expect(page.locator("#into-command")).toContainText(`${token}" "https`, { useInnerText: true });
  if (viewport) await page.setViewportSize(viewport);
  await way(page, "Join link").check();
  await expect(into(page)).toContainText("Whoever sees this address has the token; it stays in the browser's history.");
  await expect(into(page).getByLabel("Name in the meeting")).toHaveValue("lxvdplwt");
  await expect(into(page).getByRole("link")).toHaveCount(0);
  // What was typed is there again once another way was looked at.
  await into(page).getByLabel("Name in the meeting").fill("Ann & Bo");
  await way(page, "curl").check();
  await way(page, "Join link").check();
  await expect(into(page).getByLabel("Name in the meeting")).toHaveValue("Ann & Bo");
  await into(page).getByLabel("Name in the meeting").fill("lxvdplwt");
  await into(page).getByRole("button", { name: "Make join link" }).click();
  await expect(into(page).getByRole("button", { name: "Copy link" })).toBeFocused();
  await expectAccessible(page, "a join link");
  const href = (await into(page).getByRole("link", { name: "Open in a new tab" }).getAttribute("href")) ?? "";
  expect(Object.fromEntries(new URL(href).searchParams)).toMatchObject({
    token,
    meetingId: "2kyv-gzay-64pg",
    name: "lxvdplwt",
  });
  await into(page).getByRole("button", { name: "Copy link" }).click();
  expect(await copied(page)).toBe(href);
});

test("3. a code for a phone up to what a camera reads, and code for a backend without the token", async ({
  open,
  desk,
}) => {
  const page = await open("issuer", "/issue", clipboard);
  const token = await issueOnly(page);
  await way(page, "QR code").check();
  await showAndHideCode(page, "The token as a QR code");
  await into(page).getByRole("button", { name: "Show QR code" }).click();
  await expect(into(page).getByRole("img", { name: "The token as a QR code" }).locator("path")).toHaveAttribute(
    "d",
    /^M4 4h1v1h-1z/,
  );
  await expectAccessible(page, "a QR code");
  await way(page, "Backend code").check();
  await into(page).getByRole("button", { name: "Python" }).click();
  await expect(into(page).getByRole("region", { name: "Code" })).toContainText('"participantId": "lxvdplwt"');
  await expectAccessible(page, "backend code");
  await into(page).getByRole("button", { name: "Copy code" }).click();
  const code = await copied(page);
  expect(code).toContain('os.environ["VIDEOSDK_SECRET"]');
  expect(code).not.toContain(token.split(".")[1]);
  // It holds no token: that one is still nowhere else.
  await expect(issuedToken(page).getByText("Not copied yet. It is shown once")).toBeVisible();
  expect(events(desk.database).filter(({ action }) => action === "token.issued").length).toBeGreaterThan(0);
});

test("3b. code for a backend signs a claim called __proto__ as well, which the token has", async ({ open }) => {
  const page = await open("issuer", "/issue");
  await compose(page, wish);
  await page.locator("summary").filter({ hasText: "More" }).click();
  await page.getByLabel("Custom claims").fill('{"__proto__": {"seat": "é7"}}');
  await issueButton(page).click();
  await way(page, "Backend code").check();
  await into(page).getByRole("button", { name: "Node, jose" }).click();
  await expect(into(page).getByRole("region", { name: "Code" })).toContainText('["__proto__"]: { "seat": "é7" }');
});

test("3c. beyond what a camera reads there is no code, and its button leads to a link, and the focus with it", async ({
  open,
}) => {
  const page = await open("issuer", "/issue");
  await compose(page, wish);
  await page.locator("summary").filter({ hasText: "More" }).click();
  await page.getByLabel("Custom claims").fill(JSON.stringify({ note: "x".repeat(900) }));
  await issueButton(page).click();
  await way(page, "QR code").check();
  await expect(into(page)).toContainText(/This token has 1,\d{3} characters\. A code of more than 1,000 is too dense/);
  await expect(into(page).getByRole("button", { name: "Show QR code" })).toHaveCount(0);
  await into(page).getByRole("button", { name: "Hand it over by a link" }).click();
  await expect(way(page, "Hand over")).toBeFocused();
  await expect(into(page).getByRole("button", { name: "Make link" })).toBeVisible();
});

test("3d. of a token that starts later it is said from when on it is good, wherever it goes, and how long its like from a backend waits", async ({
  open,
}) => {
  const page = await open("issuer", "/issue");
  await compose(page, { ...wish, roomId: "2kyv-gzay-64pg" });
  await page.locator("summary").filter({ hasText: "More" }).click();
  // As a wall clock in Kolkata shows it.
  await page.getByLabel("Starts").fill(new Date(Date.now() + (24 + 5.5) * 3_600_000).toISOString().slice(0, 16));
  await issueButton(page).click();
  const said = into(page).getByText(
    /^Warning: It is good from \d+ \w+, \d\d:\d\d .+ on: VideoSDK refuses it until then\.$/,
  );
  for (const name of [".env line", "curl", "Join link", "QR code", "Hand over"]) {
    await way(page, name).check();
    await expect(said, name).toBeVisible();
  }
  await expectAccessible(page, "to hand over a token that starts later");
  await way(page, "Backend code").check();
  await expect(into(page)).toContainText(
    /each is good only from (24 h|23 h 5\d min( \d+ s)?) after it is signed: let starts be iat/,
  );
  await expect(said).toHaveCount(0);
});

test("4. a token is handed over by a link that opens once, in another browser, and both ends are in the log", async ({
  open,
  visit,
  desk,
}) => {
  const page = await open("issuer", "/issue", clipboard);
  const token = await issueOnly(page);
  await way(page, "Hand over").check();
  await expectAccessible(page, "a hand-over");
  await into(page).getByRole("textbox", { name: "Opens within" }).fill("5m");
  await into(page).getByRole("button", { name: "Make link" }).click();
  await expect(into(page)).toContainText("Choose 10 minutes to 7 days.");
  await into(page).getByRole("button", { name: "24 h" }).click();
  await into(page).getByRole("button", { name: "Make link" }).click();
  const link = (await into(page).getByTestId("hand-over-link").textContent()) ?? "";
  await expect(into(page).getByRole("button", { name: "Copy link" })).toBeFocused();
  expect(link).toMatch(/\/h\/[\w-]+#[\w-]{43}$/);
  await expectAccessible(page, "a hand-over link");
  await showAndHideCode(page, "The link as a QR code");
  // It is shown only now, and not gone with a look at another way.
  await way(page, "QR code").check();
  await expect(page.getByTestId("hand-over-link")).toBeHidden();
  await way(page, "Hand over").check();
  await expect(into(page).getByTestId("hand-over-link")).toHaveText(link);
  // What the database holds opens nothing: neither the token nor the key is in it.
  const [row] = rows<{ sealed: string; id: string }>(desk.database, "SELECT * FROM Handover ORDER BY createdAt DESC");
  expect(JSON.stringify(row)).not.toContain(link.split("#")[1] ?? "");
  expect(row?.sealed).toMatch(/^[\w-]{100,}$/);

  const path = `/h/${link.split("/h/")[1]}`;
  const guest = await visit(desk.address + path.slice(0, -9), undefined, clipboard);
  await expect(guest.getByRole("heading", { name: "A token for you" })).toBeVisible();
  await expect(guest.getByText("A part of the link is missing.")).toBeVisible();
  await expect(guest.getByRole("button", { name: "Open and erase" })).toBeDisabled();
  // The whole one in the same tab, as it stands at the end of a sentence: the browser loads nothing anew.
  await guest.goto(`${desk.address}${path}.`);
  await expect(guest.getByText("A part of the link is missing.")).toHaveCount(0);
  await expectAccessible(guest, "a hand-over that waits");
  await expect(guest.getByText(/^The link opens once, until/)).toBeVisible();
  const twice = await visit(desk.address + path);
  await expect(twice.getByRole("button", { name: "Open and erase" })).toBeEnabled();
  await guest.getByRole("button", { name: "Open and erase" }).click();
  await expect(guest.getByTestId("token")).toHaveText(token);
  await expect(guest.getByText(/The link opens once/)).toHaveCount(0);
  expect(new URL(guest.url()).hash).toBe("");
  await expectAccessible(guest, "a token that was handed over");
  await expect(guest.getByText("Not copied yet.")).toBeVisible();
  await guest.getByTestId("token").selectText();
  await guest.keyboard.press("Control+C");
  await expect(guest.getByText("Copied", { exact: true })).toBeVisible();
  expect(await copied(guest)).toBe(token);
  await guest.evaluate(() => navigator.clipboard.writeText("something else"));
  await guest.getByRole("button", { name: "Copy token" }).click();
  expect(await copied(guest)).toBe(token);
  // Where it was open in another tab, the button asks for nothing that there still is.
  await twice.getByRole("button", { name: "Open and erase" }).click();
  await expect(twice.getByText(/It was opened on/)).toBeVisible();
  await expect(twice.getByRole("button", { name: "Open and erase" })).toBeDisabled();
  expect(rows(desk.database, "SELECT * FROM Handover WHERE id = ? AND sealed IS NULL", row?.id)).toHaveLength(1);
  const told = events(desk.database).filter(({ action }) => action.startsWith("handover."));
  expect(told.map(({ action }) => action)).toEqual(["handover.made", "handover.opened"]);
  expect(JSON.stringify(told)).not.toContain("eyJ");

  const late = await visit(desk.address + path);
  await expect(late.getByText(/It was opened on .* by somebody who had the link/)).toBeVisible();
  // As everywhere in the reader's zone, and here as the server draws it for whoever has named none.
  await expect(late.getByText(/It was opened on /).locator("time")).toHaveText(/^\w{3} \d+ \w{3} \d{4}, \d\d:\d\d/);
  await expectAccessible(late, "a hand-over that was opened");
  await page.goto("/me");
  await expect(page.getByRole("region", { name: "Handed over by you" })).toContainText(
    "Opened by somebody who had the link",
  );
  await expectAccessible(page, "what one handed over");
});

test("4b. whoever types elsewhere when a link is made, or withdrawn, is not interrupted", async ({ open }) => {
  const page = await open("issuer", "/issue");
  await issueOnly(page);
  await way(page, "Hand over").check();
  const next = page.getByRole("textbox", { name: "Participant ID" });
  for (const [name, then] of [
    ["Make link", into(page).getByTestId("hand-over-link")],
    ["Withdraw", into(page).getByText("It is withdrawn")],
  ] as const) {
    const release = await holdAction(page);
    await into(page).getByRole("button", { name }).click();
    await next.fill("an");
    release();
    await expect(then).toBeVisible();
    await page.keyboard.type("n");
    await expect(next).toBeFocused();
    await expect(next).toHaveValue("ann");
  }
});

test("4c. whoever opens a token that starts later is told from when on it is good, and until when; a link that does not open any more is listed as that", async ({
  open,
  visit,
  desk,
}) => {
  const page = await open("issuer", "/issue");
  await compose(page, { ...wish, roomId: "2kyv-gzay-64pg" });
  await page.locator("summary").filter({ hasText: "More" }).click();
  await page.getByLabel("Starts").fill(new Date(Date.now() + (24 + 5.5) * 3_600_000).toISOString().slice(0, 16));
  await issueButton(page).click();
  await way(page, "Hand over").check();
  const makeLink = async () => {
    await into(page)
      .getByRole("button", { name: /^Make (another )?link$/ })
      .click();
    return (await into(page).getByTestId("hand-over-link").textContent()) ?? "";
  };
  const guest = await visit(`${desk.address}/h/${(await makeLink()).split("/h/")[1]}`);
  await guest.getByRole("button", { name: "Open and erase" }).click();
  await expect(
    guest.getByText(/^Warning: It is good from \d+ \w+, \d\d:\d\d .+ on: VideoSDK refuses it until then\.$/),
  ).toBeVisible();
  await expect(guest.getByText(/^It is good until \w{3} \d+ \w{3} \d{4}, .+ It is erased here/)).toBeVisible();
  await expectAccessible(guest, "a token that starts later and was handed over");
  // What was opened leads to the token, which is revoked there.
  await into(page).getByRole("button", { name: "Withdraw" }).click();
  await expect(
    into(page)
      .getByRole("alert")
      .getByRole("link", { name: /^No\. \d+$/ }),
  ).toHaveAttribute("href", /^\/audit\?q=\d+$/);
  await into(page).getByRole("button", { name: "Make another link" }).click();
  await makeLink();
  change(desk.database, "UPDATE SigningKey SET disabledAt = ?", Date.now());
  await page.goto("/me");
  await expect(page.getByRole("region", { name: "Handed over by you" })).toContainText(
    "Does not open while its key is disabled",
  );
  change(desk.database, "UPDATE SigningKey SET disabledAt = NULL");
});

test("5. a link for one member opens for nobody else, and one that is withdrawn for nobody at all", async ({
  open,
  visit,
  desk,
  watch,
}) => {
  const page = await open("issuer", "/issue", clipboard);
  const token = await issueOnly(page);
  await way(page, "Hand over").check();
  await into(page).getByLabel("Only for").fill("nobody@example.com");
  await into(page).getByRole("button", { name: "Make link" }).click();
  await expect(into(page)).toContainText("No member of the team has this email.");
  await into(page).getByLabel("Only for").fill(people.support.email);
  await into(page).getByRole("button", { name: "Make link" }).click();
  const link = (await into(page).getByTestId("hand-over-link").textContent()) ?? "";
  const path = `/h/${link.split("/h/")[1]}`;
  const stranger = await visit(desk.address + path);
  await expect(stranger.getByText("It is for one member of the team.")).toBeVisible();
  await expect(stranger.getByRole("button", { name: "Open and erase" })).toHaveCount(0);
  await expect(stranger.getByRole("link", { name: "sign in" })).toHaveCSS("text-decoration-line", "underline");
  // Whoever is signed in as somebody else would be led past the form that signs in.
  const auditor = await open("auditor", path);
  await expect(auditor.getByText(`you are signed in as ${people.auditor.name}`)).toBeVisible();
  await expect(auditor.getByRole("link", { name: "open the desk in another tab" })).toHaveAttribute("href", "/");
  await expectAccessible(auditor, "a hand-over for somebody else");
  const support = await open("support", path);
  await support.getByRole("button", { name: "Open and erase" }).click();
  await expect(support.getByTestId("token")).toHaveText(token);
  // What was opened is withdrawn no more, and its link is nothing to copy any more.
  await into(page).getByRole("button", { name: "Withdraw" }).press("Enter");
  await expect(into(page).getByRole("alert")).toContainText(`It was opened by ${people.support.name} meanwhile.`);
  await expect(into(page).getByTestId("hand-over-link")).toHaveCount(0);
  await expect(into(page).getByRole("button", { name: "Make another link" })).toBeFocused();

  await issueOnly(page);
  await into(page).getByRole("button", { name: "Make link" }).click();
  const second = (await into(page).getByTestId("hand-over-link").textContent()) ?? "";
  const waiting = await visit(`${desk.address}/h/${second.split("/h/")[1]}`);
  await expect(waiting.getByText("The link opens once")).toBeVisible();
  await into(page).getByRole("button", { name: "Withdraw" }).click();
  await expect(into(page)).toContainText("It is withdrawn");
  const another = into(page).getByRole("button", { name: "Make another link" });
  await expect(another).toBeFocused();
  await another.press("Enter");
  await expect(into(page).getByLabel("Opens within")).toBeFocused();
  const after = await visit(`${desk.address}/h/${second.split("/h/")[1]}`);
  await expect(after.getByText(/withdrew it on/)).toBeVisible();
  // Where it stood open since before, it opens no more either; nor was it this page that opened it, if an answer to it was lost.
  watch.allow(/ERR_FAILED/, "the first try does not get through");
  await waiting.route("**/h/*", (route) => route.abort(), { times: 1 });
  const opening = waiting.getByRole("button", { name: "Open and erase" });
  await opening.click();
  await expect(waiting.getByRole("alert").filter({ hasText: "its answer was lost" })).toBeVisible();
  await opening.click();
  await expect(waiting.getByText(/withdrew it on/)).toBeVisible();
  await expect(waiting.getByRole("heading", { level: 1 })).toHaveText("This link does not open");
  await expect(waiting).toHaveTitle("Hand-over link · Claimcheck");
  await expect(waiting.getByText("it may be this page that opened it")).toHaveCount(0);
  await expect(waiting.getByText("The link opens once")).toHaveCount(0);
});
