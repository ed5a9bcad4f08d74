/** What one does with a token beside reading it: repair, compare, check with one's own secret, find many in a file; also with the network off. */
import { randomBytes, randomUUID } from "node:crypto";
import type { Locator, Page } from "@playwright/test";
import { writeCredential } from "@/lib/text/credential";
import { isLoaded, isLoadedWhole, paste, saySignsElsewhere, secretAlarm } from "../stage/decoder";
import { expect, test } from "../stage/fixtures";
import { issue } from "../stage/issue-form";
import { claimsOf, makeToken } from "../stage/make-token";

const ELSEWHERE = "Signed with your secret, not issued here";

// Where nobody has said so, that is the question that comes first.
test.beforeEach(({ desk }) => saySignsElsewhere(desk.database, "yes"));

const heading = (page: Page) => page.getByRole("region", { name: "Verdict" }).getByRole("heading");
/** The ground of what needs an eye. */
const warnColour = (page: Page) =>
  page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement("i"));
    probe.className = "bg-warn-bg";
    const colour = getComputedStyle(probe).backgroundColor;
    probe.remove();
    return colour;
  });
const field = (page: Page) => page.getByLabel("Token", { exact: true });

test("1. repair fills the issue form with corrected claims, and the token is issued from it", async ({
  open,
  desk,
}) => {
  const page = await open("issuer", "/decode");
  const now = Math.floor(Date.now() / 1000);
  const broken = {
    apikey: desk.key.apiKey,
    permissions: ["ask_join", "allow_mod"],
    meetingId: " 2kyv-gzay-64pg ",
    role: "RTC",
    iat: now * 1000,
    exp: (now + 900) * 1000,
  };
  await field(page).fill(makeToken(broken, desk.key.secret));
  await expect(heading(page)).toHaveText("Breaks VideoSDK's rules");
  await page.getByRole("button", { name: "Repair…" }).click();
  const repair = page.getByRole("region", { name: "Repair" });
  await expect(repair).toContainText("meetingId is now roomId.");
  await expect(repair).toContainText("It is another token, with a jti and times of its own.");
  // Nothing is in danger here: the icon alone is red; and the panel goes across.
  const colours = await page
    .getByRole("region", { name: "Verdict" })
    .locator("h2, svg")
    .evaluateAll((all) => all.map((each) => getComputedStyle(each).color));
  expect(colours[1]).not.toBe(colours[0]);
  expect((await repair.boundingBox())?.width).toBeGreaterThan(800);
  // On a phone it has a row of its own, and leaves the verdict all of its.
  await page.setViewportSize({ width: 360, height: 740 });
  await expect.poll(async () => (await repair.boundingBox())?.width).toBeGreaterThan(280);
  expect(
    (await page.getByRole("region", { name: "Verdict" }).getByRole("status").boundingBox())?.width,
  ).toBeGreaterThan(240);
  await expect(repair).toContainText("It is good for 15 min, as was meant.");
  await repair.getByRole("button", { name: "Fill in the issue form" }).click();
  await expect(page.getByText("Filled in from a decoded token.")).toBeVisible();
  await expect(page.getByRole("checkbox", { name: "ask_join" })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: "allow_mod" })).not.toBeChecked();
  await expect(page.getByRole("radio", { name: "Meeting only" })).toBeChecked();
  await expect(page.getByLabel("Room ID")).toHaveValue("2kyv-gzay-64pg");
  await expect(page.getByRole("button", { name: "15 min" })).toHaveAttribute("aria-pressed", "true");
  await page.getByRole("button", { name: "Issue token" }).click();
  await page.getByRole("region", { name: "Issued token" }).getByRole("button", { name: "Open in decoder" }).click();
  await expect(heading(page)).toHaveText(/^Valid, and issued here/);
  // What the ledger has is issued again, and never more.
  await expect(page.getByRole("button", { name: "Issue again" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Repair…" })).toHaveCount(0);
});

test("2. a repair is offered for what VideoSDK accepts and nobody meant, and not for a sound token", async ({
  open,
  desk,
}) => {
  const page = await open("issuer", "/decode");
  const repair = page.getByRole("button", { name: "Repair…" });
  await field(page).fill(makeToken(claimsOf(desk.key.apiKey), desk.key.secret));
  await expect(heading(page)).toHaveText(ELSEWHERE);
  await expect(repair).toHaveCount(0);
  const powerful = { permissions: ["allow_join", "allow_mod"], exp: undefined };
  await field(page).fill(makeToken(claimsOf(desk.key.apiKey, powerful), desk.key.secret));
  await expect(heading(page)).toHaveText("Never expires");
  await repair.click();
  await expect(page.getByText("It now expires in 2h.")).toBeVisible();
  // It is by a secret of ours, but no ledger row has these: each is granted only to who ticks its marked box.
  const powers = page.getByRole("group", { name: "Rights that nobody here was given" });
  await expect(powers).toHaveCSS("background-color", await warnColour(page));
  await expect(powers.getByRole("checkbox")).toHaveCount(2);
  for (const box of await powers.getByRole("checkbox").all()) await expect(box).not.toBeChecked();
  await page.getByRole("button", { name: "Fill in the issue form" }).click();
  await expect(page.getByText("It now expires in 2h.")).toBeVisible();
  await expect(page.getByRole("radio", { name: "Meeting only" })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: "allow_mod" })).not.toBeChecked();
});

test("3. a repair says what it leaves out, and chooses no key for one who named another", async ({ open, desk }) => {
  const page = await open("issuer", "/decode");
  await field(page).fill(makeToken(claimsOf("somebody-elses-key", { role: "rtc" }), "s".repeat(32)));
  await expect(heading(page)).toHaveText("Unknown key");
  await expect(page.getByRole("button", { name: "Repair…" })).toHaveCount(0);
  const mistaken = claimsOf("somebody-elses-key", { role: "rtc", user: 7, region: "eu" });
  await field(page).fill(makeToken(mistaken, desk.key.secret));
  await expect(heading(page)).toHaveText("Bad signature");
  await page.getByRole("button", { name: "Repair…" }).click();
  await expect(page.getByRole("region", { name: "Repair" })).toContainText("user is left out.");
  await page.getByRole("button", { name: "Fill in the issue form" }).click();
  const said = page.getByRole("status").filter({ hasText: "Filled in from a decoded token." });
  await expect(said).toContainText("No key of this desk has the API key somebody-elses-key");
  await expect(said).toContainText("user is left out.");
  await expect(said).toContainText("region is left out.");
  await expect(said).not.toContainText("Nothing had to be corrected");
  await expect(page.getByLabel("Signing key")).toHaveValue("");
  await page.getByRole("button", { name: "Issue token" }).click();
  await expect(page.getByText("Choose the key to sign with.")).toBeVisible();
  await page.getByLabel("Signing key").selectOption({ index: 1 });
  await page.getByRole("button", { name: "Issue token" }).click();
  await expect(page.getByRole("region", { name: "Issued token" })).toBeVisible();
});

test("4. an auditor, who issues nothing, is not offered a repair", async ({ open, desk }) => {
  const page = await open("auditor", "/decode");
  await field(page).fill(makeToken(claimsOf(desk.key.apiKey, { permissions: [] }), desk.key.secret));
  await expect(heading(page)).toHaveText("Breaks VideoSDK's rules");
  await expect(page.getByRole("button", { name: "Repair…" })).toHaveCount(0);
});

test("5. two tokens stand side by side, differences first", async ({ open, desk }) => {
  const page = await open("issuer", "/decode");
  const claims = claimsOf(desk.key.apiKey);
  await field(page).fill(makeToken(claims, desk.key.secret));
  const compare = page.getByRole("button", { name: "Compare" });
  const file = page.getByLabel("Choose a file");
  const top = async (where: Locator) => (await where.boundingBox())?.y ?? 0;
  expect(await top(compare)).toBeLessThan(await top(field(page)));
  // On a phone what is said of it comes first, and then where one goes on.
  await page.setViewportSize({ width: 360, height: 740 });
  await expect(file).toHaveCount(1);
  await expect.poll(() => top(compare)).toBeGreaterThan(await top(page.getByRole("region", { name: "Why" })));
  await compare.click();
  await expect(page.getByLabel("First token")).toHaveValue(/^eyJ/);
  await page.setViewportSize({ width: 1280, height: 740 });
  await page
    .getByLabel("Second token")
    .fill(makeToken({ ...claims, permissions: ["ask_join", "allow_mod"], nbf: claims.iat }, "another secret"));
  await expect(page.getByText("2 of 8 differ.")).toBeVisible();
  const rows = page.getByRole("region", { name: "What differs" }).getByRole("listitem");
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(0)).toContainText("payload.permissions");
  const parts = await page.getByLabel("Second token").evaluate((box) => {
    const { lineHeight, paddingTop, paddingBottom } = getComputedStyle(box);
    const [line, ...paddings] = [lineHeight, paddingTop, paddingBottom].map(Number.parseFloat);
    return (box.clientHeight - (paddings[0] ?? 0) - (paddings[1] ?? 0)) / (line ?? 1);
  });
  expect(parts, "whole lines").toBeCloseTo(2, 1);
  // Each is the coloured token, as in the decoder.
  await expect(page.locator(".token-layer [data-segment=payload]")).toHaveCount(2);
  await expect(rows.nth(0)).toContainText("also moderation");
  await expect(rows.nth(1)).toContainText("payload.nbf");
  await expect(rows.nth(1)).toContainText("absent");
  await expect(page.getByText("6 the same")).toBeVisible();
  await expect(page.getByText("Bad signature")).toBeVisible();
});

test("6. a comparison says first that a secret of ours stands in what was pasted", async ({ open, desk }) => {
  const page = await open("issuer", "/decode/compare");
  const token = makeToken(claimsOf(desk.key.apiKey), desk.key.secret);
  await page.getByLabel("First token").fill(token);
  await expect(page.getByText(ELSEWHERE, { exact: true })).toBeVisible();
  await expect(secretAlarm(page)).toBeHidden();
  await page.getByLabel("Second token").fill(`VIDEOSDK_SECRET=${desk.key.secret}\nTOKEN=${token}\n`);
  await expect(secretAlarm(page)).toContainText("The secret of “Staging” stands in this text");
  const credential = writeCredential(randomBytes(32));
  await page.getByLabel("First token").fill(`A=${credential}\nTOKEN=${token}\n`);
  await expect(page.getByRole("alert").filter({ hasText: "A credential stands in this text, line 1." })).toBeVisible();
  await expect(page.locator(".token-layer").first()).not.toContainText(credential);
});

test("6b. a comparison says why nobody was asked, and asks again; of what cannot be read it does not say that it is the same", async ({
  open,
  desk,
  watch,
}) => {
  const page = await open("auditor", "/decode/compare");
  await page.waitForLoadState("networkidle");
  const token = makeToken(claimsOf(desk.key.apiKey), desk.key.secret);
  const broken = (text: string) => token.replace(/\..*\./, `.${Buffer.from(text).toString("base64url")}.`);
  await page.context().setOffline(true);
  watch.allow(/ERR_INTERNET_DISCONNECTED/, "the network is off");
  await page.getByLabel("First token").fill(token);
  await expect(page.getByText("The server could not be reached, so the signature")).toBeVisible();
  await page.context().setOffline(false);
  await page.getByRole("button", { name: "Check again" }).click();
  await expect(page.getByText(ELSEWHERE, { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Check again" })).toBeHidden();
  // Nor what it asks for.
  await page.getByLabel("Second token").fill(broken(`{"permissions":["allow_join","allow_mod"],'b':2}`));
  await expect(page.getByRole("region", { name: "What differs" })).toContainText("payload.permissions");
  await expect(page.getByText("no longer joining")).toBeHidden();
  await page.getByLabel("First token").fill(broken(`{"a":1,'b':2}`));
  await page.getByLabel("Second token").fill(broken(`{"a":1,'b':3}`));
  await expect(page.getByText("What can be read of both says the same; the rest may not.")).toBeVisible();
  await page.getByLabel("Second token").fill(broken(`{"a":1,'b':2}`));
  await expect(page.getByText("Header and payload say the same.")).toBeVisible();
});

test("7. somebody else's token can be checked with a secret that stays in the browser", async ({ open }) => {
  const page = await open("issuer", "/decode");
  const secret = randomBytes(32).toString("hex");
  const sent: string[] = [];
  page.on("request", (request) => sent.push(request.url(), request.postData() ?? ""));
  await field(page).fill(makeToken(claimsOf(randomUUID()), secret));
  await expect(heading(page)).toHaveText("Unknown key");
  await page.getByText("Check with a secret of your own").click();
  await page.getByLabel("Secret", { exact: true }).fill(`${secret.slice(1)}0`);
  await page.getByRole("button", { name: "Check signature" }).click();
  await expect(page.getByText("This secret did not make the signature.")).toBeVisible();
  await expect(heading(page)).toHaveText("Unknown key");
  await page.getByLabel("Secret", { exact: true }).fill(secret);
  await page.getByRole("button", { name: "Check signature" }).click();
  await expect(heading(page)).toHaveText("Valid, by the secret that you pasted");

  await field(page).fill(makeToken(claimsOf(randomUUID()), `${secret}\n`));
  await page.getByText("Check with a secret of your own").click();
  await page.getByLabel("Secret", { exact: true }).fill(secret);
  await page.getByRole("button", { name: "Check signature" }).click();
  await expect(page.getByText("This secret made the signature, but with a line break after it.")).toBeVisible();
  await expect(heading(page)).toHaveText("Unknown key");
  expect(sent.join("\n")).not.toContain(secret);
});

test("8. a made-up secret does not overrule what this desk knows of its key", async ({ open, desk }) => {
  const page = await open("auditor", "/decode");
  await field(page).fill(makeToken(claimsOf(desk.key.apiKey), "made up, and long enough for HS256"));
  await expect(heading(page)).toHaveText("Bad signature");
  await page.getByText("Check with a secret of your own").click();
  await page.getByLabel("Secret", { exact: true }).fill("made up, and long enough for HS256");
  await page.getByRole("button", { name: "Check signature" }).click();
  await expect(page.getByText("This secret made the signature.")).toBeVisible();
  await expect(heading(page)).toHaveText("Bad signature");
});

test("9. with the network off a link of the navigation stays here and says so, by click and by key", async ({
  open,
  desk,
  watch,
}) => {
  const page = await open("issuer", "/decode");
  await page.waitForLoadState("networkidle");
  const token = makeToken(claimsOf(desk.key.apiKey), desk.key.secret);
  const problem = page.getByRole("alert").filter({ hasText: "The server could not be reached" });
  await field(page).fill(token);
  await expect(heading(page)).toHaveText(ELSEWHERE);
  await page.context().setOffline(true);
  // It is asked all the same: it may be on this very machine.
  watch.allow(/ERR_INTERNET_DISCONNECTED|ERR_FAILED/, "the server does not answer");
  await page.getByRole("link", { name: "Issue", exact: true }).click();
  await expect(problem).toBeVisible();
  // The machine has a network again, and the server is gone.
  await page.context().setOffline(false);
  await expect(problem).toBeHidden();
  await page.route("**/icon.svg", (route) => route.abort());
  await page.getByRole("link", { name: "Audit" }).click();
  await expect(page.getByRole("link", { name: "Audit" })).not.toHaveAttribute("aria-busy");
  await expect(problem).toBeVisible();
  expect(new URL(page.url()).pathname).toBe("/decode");
  await expect(field(page)).toHaveValue(token);
  await page.unroute("**/icon.svg");
  await page.getByRole("link", { name: "Audit" }).click();
  await expect(page.getByRole("heading", { name: "Audit" })).toBeVisible();
  await expect(problem).toBeHidden();
});

test("10. a machine without a network reaches a server of its own: its links lead on, and new tabs stay the browser's", async ({
  open,
}) => {
  const page = await open("admin", "/");
  await page.evaluate(() => Object.defineProperty(navigator, "onLine", { get: () => false }));
  const [tab] = await Promise.all([
    page.context().waitForEvent("page"),
    page.getByRole("link", { name: "Audit" }).click({ modifiers: ["ControlOrMeta"] }),
  ]);
  await tab.close();
  await page.getByRole("link", { name: "Audit" }).click();
  await expect(page.getByRole("heading", { name: "Audit" })).toBeVisible();
});

test("11. with the network off it reads on, and says what it cannot know", async ({ open, desk, watch }) => {
  const page = await open("issuer", "/decode");
  await isLoaded(page);
  await page.context().setOffline(true);
  watch.allow(/ERR_INTERNET_DISCONNECTED/, "the network is off");
  await field(page).fill(makeToken(claimsOf(desk.key.apiKey), desk.key.secret));
  await expect(heading(page)).toHaveText("Signature not checked");
  await expect(page.getByRole("region", { name: "Verdict" })).toContainText("The server could not be reached");
  await field(page).fill(
    makeToken(claimsOf(desk.key.apiKey, { permissions: ["ask_join", "allow_join"] }), desk.key.secret),
  );
  await expect(heading(page)).toHaveText("Breaks VideoSDK's rules");
  await field(page).fill(makeToken(claimsOf(desk.key.apiKey), desk.key.secret));
  await expect(page.getByRole("button", { name: "Check again" })).toBeVisible();
  await page.context().setOffline(false);
  await page.getByRole("button", { name: "Check again" }).click();
  await expect(heading(page)).toHaveText(ELSEWHERE);
});

test("12. with the network off the found tokens are saved, and nothing that needs the server loses the token", async ({
  open,
  desk,
  watch,
}) => {
  const page = await open("issuer", "/decode");
  await isLoadedWhole(page);
  await page.context().setOffline(true);
  watch.allow(/ERR_INTERNET_DISCONNECTED/, "the network is off");
  const tokens = [1, 2].map((number) => makeToken(claimsOf(desk.key.apiKey, { jti: `j-${number}` }), desk.key.secret));
  await field(page).fill(tokens.join("\n"));
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: /CSV/ }).click();
  expect((await download).suggestedFilename()).toBe("tokens.csv");

  const token = makeToken(claimsOf(desk.key.apiKey, { permissions: "allow_join" }), desk.key.secret);
  // What nobody has checked is not repaired.
  await field(page).fill(token);
  await expect(heading(page)).toHaveText("Breaks VideoSDK's rules");
  await expect(page.getByRole("button", { name: "Repair…" })).toHaveCount(0);
  await page.context().setOffline(false);
  await page.getByRole("button", { name: "Check again" }).click();
  await page.getByRole("button", { name: "Repair…" }).click();
  await page.context().setOffline(true);
  for (const name of ["Compare…", "Fill in the issue form"]) {
    await page.getByRole("button", { name }).click();
    await expect(page.getByText("The server could not be reached. Everything here is kept").first()).toBeVisible();
    await expect(field(page)).toHaveValue(token);
    expect(new URL(page.url()).pathname).toBe("/decode");
  }
  await page.context().setOffline(false);
  await page.context().clearCookies();
  await page.getByRole("button", { name: "Fill in the issue form" }).click();
  await expect(page.getByText("You are signed out. Everything here is kept")).toBeVisible();
  await expect(field(page)).toHaveValue(token);
  await page.context().addCookies(desk.sessions.issuer.cookies);
  await page.getByRole("button", { name: "Compare…" }).click();
  await expect(page.getByLabel("First token")).toHaveValue(token);
  // And back, it is still there; what is on its way to the decoder goes first.
  await page.goBack();
  await expect(field(page)).toHaveValue(token);
  await page.getByRole("button", { name: "Compare…" }).click();
  await expect(page.getByLabel("First token")).toHaveValue(token);
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").evaluate((box, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text", pasted);
    box.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, tokens[0]);
  await page.keyboard.press("Enter");
  await expect(field(page)).toHaveValue(tokens[0] ?? "");
});

test("13. a text that is too much for the browser is said to be so, instead of being read for ever", async ({
  open,
}) => {
  const page = await open("auditor", "/decode");
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => {
    const { isWellFormed } = String.prototype;
    // As an engine does that is out of memory, in the page and in its workers.
    window.Worker = class extends EventTarget {
      onerror = () => {};
      postMessage() {
        setTimeout(() => this.onerror());
      }
      terminate() {}
    } as unknown as typeof Worker;
    String.prototype.isWellFormed = function () {
      if (this.length > 50_000) throw new RangeError("Out of memory");
      return isWellFormed.call(this);
    };
  });
  await paste(page, makeToken({ filler: "x".repeat(150_000) }, "s".repeat(32)));
  await expect(page.getByText("The text could not be read.")).toBeVisible();
  await expect(page.getByText(/^Reading/)).toBeHidden();
});

test("14. a file with many tokens is read in the browser, looked up by hash, and saved without a token", async ({
  open,
  desk,
}) => {
  const page = await open("issuer", "/issue");
  const ours = await issue(page, { purpose: "in the log" });
  const expired = makeToken(claimsOf(desk.key.apiKey, { iat: 1_700_000_000, exp: 1_700_003_600 }), desk.key.secret);
  await page.goto("/decode");
  const sent: string[] = [];
  page.on("request", (request) => sent.push(request.postData() ?? ""));
  const log = `start\nGET /v2/rooms authorization: ${ours}\nagain ${expired}\nVIDEOSDK_SECRET=${desk.key.secret}\n${ours}\n`;
  await page
    .getByLabel("Choose a file")
    .setInputFiles({ name: "app.log", mimeType: "text/plain", buffer: Buffer.from(log) });
  const found = page.getByRole("region", { name: "Tokens in app.log" });
  await expect(found).toContainText("2 tokens");
  await expect(secretAlarm(page)).toContainText("The secret of “Staging” stands in this text");
  const row = (text: string) => found.getByRole("row").filter({ hasText: text });
  await expect(row("Valid")).toContainText("Ivo Petrov");
  await expect(row("Expired")).toBeVisible();
  const download = page.waitForEvent("download");
  await found.getByRole("button", { name: /CSV/ }).click();
  const chunks: Buffer[] = [];
  for await (const chunk of await (await download).createReadStream()) chunks.push(chunk as Buffer);
  const csv = Buffer.concat(chunks).toString();
  expect(csv.trim().split(/\r?\n/)).toHaveLength(3);
  for (const secret of [ours, expired, desk.key.secret, ours.split(".")[2] ?? ""]) {
    expect(csv).not.toContain(secret);
    expect(sent.join("\n")).not.toContain(secret);
  }
  await row("Expired").getByRole("button", { name: "Open" }).click();
  await expect(heading(page)).toHaveText("Expired");
  await page.getByRole("button", { name: "Back to the list" }).click();
  await expect(found).toContainText("2 tokens");
});

test("15. a secret of ours is flagged also where no token stands", async ({ open, desk }) => {
  const page = await open("issuer", "/decode");
  await field(page).fill(`PORT=3000\nVIDEOSDK_SECRET=${desk.key.secret}\n`);
  await expect(page.getByText("The secret of “Staging” stands in this text")).toBeVisible();
});

test("16. a file of more than 10 MB is refused with its size", async ({ open }) => {
  const page = await open("issuer", "/decode");
  await page
    .getByLabel("Choose a file")
    .setInputFiles({ name: "big.log", mimeType: "text/plain", buffer: Buffer.alloc(11 * 1024 * 1024, 97) });
  await expect(page.getByText("“big.log” has 11 MB; at most 10 MB are read here.")).toBeVisible();
});
