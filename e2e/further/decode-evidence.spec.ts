/** The decoder's evidence beyond the verdict: which mistake was made, what was altered, what the token may do, where exactly it is wrong. */
import { createHmac } from "node:crypto";
import type { Locator, Page } from "@playwright/test";
import { change, events } from "../stage/database";
import { saySignsElsewhere, unfold } from "../stage/decoder";
import { expect, test } from "../stage/fixtures";
import { issue } from "../stage/issue-form";
import { claimsOf, makeToken } from "../stage/make-token";

const verdict = (page: Page) => page.getByRole("region", { name: "Verdict" });
const layer = (page: Page, name: string) => page.locator(`[data-layer="${name}"]`);
const field = (page: Page) => page.getByLabel("Token", { exact: true });

/** Where the text lies, under the box that one types into. */
async function pointAt(page: Page, part: Locator): Promise<void> {
  await part.scrollIntoViewIfNeeded();
  const place = await part.evaluate((element) => {
    const rect = [...element.getClientRects()].sort((one, two) => two.width - one.width)[0];
    return rect && { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 };
  });
  if (!place) throw new Error("It is not on the page.");
  await page.mouse.move(place.x, place.y);
}

for (const { name, bytes, says } of [
  {
    name: "base64-decoded",
    bytes: (secret: string) => Buffer.from(secret, "base64"),
    says: "but base64-decoded first",
  },
  { name: "hex-decoded", bytes: (secret: string) => Buffer.from(secret, "hex"), says: "decoded from hexadecimal" },
  { name: "with a line break", bytes: (secret: string) => `${secret}\n`, says: "with a line break after it" },
  { name: "with CRLF", bytes: (secret: string) => `${secret}\r\n`, says: "with a line break after it" },
  { name: "with a blank", bytes: (secret: string) => `${secret} `, says: "with white space around it" },
  { name: "in single quotes", bytes: (secret: string) => `'${secret}'`, says: "with quotes around it" },
  { name: "in curly quotes", bytes: (secret: string) => `“${secret}”`, says: "with quotes around it" },
  { name: "with a BOM", bytes: (secret: string) => `\ufeff${secret}`, says: "with a byte order mark in front" },
  { name: "in quotes", bytes: (secret: string) => `"${secret}"`, says: "with quotes around it" },
]) {
  test(`the right secret used wrongly is recognised: ${name}`, async ({ open, desk }) => {
    const page = await open("issuer", "/decode");
    await field(page).fill(makeToken(claimsOf(desk.key.apiKey), bytes(desk.key.secret)));
    await expect(verdict(page).getByRole("heading")).toHaveText("Bad signature");
    await expect(verdict(page)).toContainText("the right secret of “Staging”");
    await expect(verdict(page)).toContainText(says);
    await expect(layer(page, "Signature")).toHaveAttribute("data-state", "bad");
  });
}

test("a token signed with our secret elsewhere is said so, recorded once, and on the overview", async ({
  open,
  desk,
}) => {
  const page = await open("admin", "/decode");
  const token = makeToken(claimsOf(desk.key.apiKey), desk.key.secret);
  await field(page).fill(token);
  await expect(verdict(page).getByRole("heading")).toHaveText("Signed with your secret, not issued here");
  await expect(verdict(page)).toContainText("or somebody else has it");
  await expect(layer(page, "Ledger")).toContainText("Not in the ledger.");
  await page.reload();
  await field(page).fill(token);
  await expect(verdict(page)).toContainText("or somebody else has it");
  await page.goto("/");
  await expect(page.getByText("Nobody has said whether something else signs with Staging.")).toBeVisible();
  await page.getByRole("link", { name: "A token", exact: true }).click();
  await expect(page).toHaveURL(/\/audit/);
  expect(events(desk.database, "token.signed_elsewhere")).toHaveLength(1);
});

test("an API key under another name, or in capitals, is the fault, not the signature", async ({ open, desk }) => {
  const page = await open("auditor", "/decode");
  const { apikey, ...claims } = claimsOf(desk.key.apiKey);
  await field(page).fill(makeToken({ apiKey: apikey, ...claims }, desk.key.secret));
  await expect(verdict(page).getByRole("heading")).toHaveText("Breaks VideoSDK's rules");
  await expect(verdict(page)).toContainText("The claim is called apikey, not apiKey");
  await expect(layer(page, "Signature")).toContainText("is right, by the secret of “Staging”");
  await field(page).fill(makeToken({ ...claims, apikey: desk.key.apiKey.toUpperCase() }, desk.key.secret));
  await expect(verdict(page)).toContainText("apikey is the API key of “Staging” with other capitals");
  await expect(verdict(page)).toContainText("VideoSDK refuses it: 4001 INVALID_API_KEY.");
});

test("a token that was altered after issuing is set against the ledger, claim by claim", async ({ open, desk }) => {
  const page = await open("issuer", "/issue");
  const token = await issue(page, { roomId: "2kyv-gzay-64pg", purpose: "to be altered" });
  const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
  await page.goto("/decode");
  await field(page).fill(makeToken({ ...claims, roomId: "9xqa-lkpe-01zz" }, desk.key.secret));
  await expect(verdict(page).getByRole("heading")).toHaveText("Altered after issuing");
  // Whoever made it up would have this desk sign their wish.
  await expect(page.getByRole("button", { name: /Repair|Issue again/ })).toHaveCount(0);
  await expect(verdict(page)).toContainText("Whoever did that has the secret of “Staging”.");
  await expect(verdict(page)).toContainText("VideoSDK accepts it until");
  await expect(verdict(page)).toContainText("Regenerate the secret");
  const ledger = layer(page, "Ledger");
  await expect(ledger).toContainText("to be altered");
  await expect(ledger).toContainText("Altered: room 9xqa-lkpe-01zz instead of 2kyv-gzay-64pg.");
  // The claim that was altered is marked, not the id that it was found by.
  await expect(page.locator(".token-layer mark[data-tone=bad]")).toHaveCount(1);
  await expect(page.locator(".claim[data-tone=bad]")).toHaveAttribute("data-path", "payload.roomId");
});

test("support is told number, key, state and whom to ask, and led nowhere that support may not be", async ({
  open,
  desk,
}) => {
  const token = await issue(await open("issuer", "/issue"), { roomId: "2kyv-gzay-64pg", purpose: "not for support" });
  const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
  const altered = makeToken({ ...claims, roomId: "9xqa-lkpe-01zz" }, desk.key.secret);
  const elsewhere = makeToken(claimsOf(desk.key.apiKey), desk.key.secret);
  const page = await open("support", "/decode");
  const paste = async (text: string, title: string | RegExp) => {
    await field(page).fill(text);
    await expect(verdict(page).getByRole("heading")).toHaveText(title);
  };
  const links = () =>
    page.getByRole("main").locator("a[href^='/audit'], a[href^='/cases'], a[href^='/keys'], a[href='/']");
  await paste(token, /^Valid, and issued here as No\.\s\d+$/);
  await expect(layer(page, "Ledger")).toContainText("Issued with “Staging”. Ask Ivo Petrov what it is for.");
  const disable = (at: number | null) =>
    change(desk.database, "UPDATE Member SET disabledAt = ? WHERE name = 'Ivo Petrov'", at);
  disable(Date.now());
  await page.reload();
  await paste(token, /^Valid/);
  await expect(layer(page, "Ledger")).toContainText("Ivo Petrov is disabled: ask an admin what it is for.");
  disable(null);
  await expect(page.getByText("no purpose given")).toHaveCount(0);
  await expect(page.getByText("not for support")).toHaveCount(0);
  await expect(links()).toHaveCount(0);

  const foreign = "another secret of at least 32 bytes!";
  await paste(makeToken(claimsOf(desk.key.apiKey), foreign), "Bad signature");
  await expect(verdict(page)).toContainText("An admin sees the fingerprint.");
  await paste(makeToken(claimsOf("no-key-of-this-desk"), foreign), "Unknown key");
  await expect(verdict(page)).toContainText("If it is your team's key, an admin can add it.");
  await expect(links()).toHaveCount(0);

  await paste(altered, "Altered after issuing");
  await expect(verdict(page)).toContainText("Ask Ivo Petrov");
  await expect(verdict(page)).toContainText("Tell an admin.");
  // Support is not told what was issued, and so not what was changed.
  await expect(layer(page, "Ledger")).toContainText("Altered: it is not as it was issued.");
  await expect(links()).toHaveCount(0);

  saySignsElsewhere(desk.database, null);
  await paste(elsewhere, "Signed with your secret, not issued here");
  await expect(verdict(page)).toContainText("Tell an admin.");
  await expect(links()).toHaveCount(0);
  await field(page).fill("");
  saySignsElsewhere(desk.database, "no");
  await paste(elsewhere, "Signed with your secret, not issued here");
  await expect(verdict(page)).toContainText("An admin can say so.");
  await expect(layer(page, "Ledger")).toContainText(/Case\s\d+/);
  await expect(links()).toHaveCount(0);
  await paste(desk.key.secret, /secret/);
  await expect(verdict(page)).toContainText("Tell an admin.");
  await expect(links()).toHaveCount(0);

  await field(page).fill(`one ${token}\nanother ${elsewhere}\n`);
  const found = page.getByRole("table", { name: "Tokens found" });
  await expect(found).toContainText(/No\.\s\d+ Ivo Petrov/);
  await page.getByRole("button", { name: /^Check/ }).click();
  await expect(found).toContainText(/Case\s\d+/);
  await expect(links()).toHaveCount(0);

  await page.goto("/decode/compare");
  await page.getByLabel("First token").fill(token);
  await expect(page.getByText(/^.*was issued with “Staging” by Ivo Petrov\./)).toBeVisible();
  await expect(links()).toHaveCount(0);
  saySignsElsewhere(desk.database, null);
});

test("what it may do follows the room, the participant and the clock that are filled in", async ({ open, desk }) => {
  const page = await open("auditor", "/decode");
  const claims = claimsOf(desk.key.apiKey, { version: 2, roomId: "2kyv-gzay-64pg", roles: ["rtc"] });
  await field(page).fill(makeToken(claims, desk.key.secret));
  const abilities = await unfold(page, "Abilities");
  const join = abilities.getByRole("listitem").filter({ hasText: /Join room/ });
  await expect(join).toHaveAttribute("data-answer", "yes");
  const rest = abilities.getByRole("listitem").filter({ hasText: "REST API: rooms" });
  await expect(rest).toHaveAttribute("data-answer", "no");
  // The same answer for the same reason is one row.
  await expect(rest).toContainText("REST API: rooms, sessions, recordings");
  await abilities.getByText("Why did that join fail?").click();
  await abilities.getByLabel("In the room").fill("9xqa-lkpe-01zz");
  await expect(join).toContainText("4022");
  await abilities.getByLabel("In the room").fill("");
  await expect(join).toHaveAttribute("data-answer", "yes");
  // A clock that is three hours ahead finds it expired.
  await abilities.getByLabel("By a clock behind by").fill("-180");
  await expect(join).toContainText("4002");
  // Its sentence says that it may: these tell of another instant, and name it.
  await expect(abilities.getByText("After its end:")).toBeVisible();
});

test("of one that is over, and of one to come, sentence and abilities say the same", async ({ open, desk }) => {
  const page = await open("auditor", "/decode");
  const now = Math.floor(Date.now() / 1000);
  const payload = page.getByRole("region", { name: "Payload" });
  const hint = page.locator("summary").filter({ hasText: "Abilities" });
  await field(page).fill(makeToken(claimsOf(desk.key.apiKey, { iat: now - 9_000, exp: now - 60 }), desk.key.secret));
  await expect(payload).toContainText("Whoever held this token could join any room directly");
  await expect(payload).toContainText("It could also call the REST API of this account. It has expired");
  await expect(hint).toContainText("after its end: 12 no");
  await field(page).fill("");
  await field(page).fill(makeToken(claimsOf(desk.key.apiKey, { nbf: now + 3_600 }), desk.key.secret));
  await expect(payload).toContainText("Whoever holds this token may join any room directly");
  await expect(hint).toContainText("before its start: 12 no");
});

test("what is wrong is marked in the token and at its claim: both places of a duplicate, and a hyphenated name", async ({
  open,
  desk,
}) => {
  const page = await open("auditor", "/decode");
  const now = Math.floor(Date.now() / 1000);
  const payload = `{"apikey":"${desk.key.apiKey}","exp":${now + 60},"permissions":["allow_join"],"room-id":"x","exp":${now + 7200}}`;
  const input = `${Buffer.from('{"alg":"HS256"}').toString("base64url")}.${Buffer.from(payload).toString("base64url")}`;
  await field(page).fill(`${input}.${createHmac("sha256", desk.key.secret).update(input).digest("base64url")}`);
  // A mark may begin at any of the four places within a group of base64url.
  const readings = (text: string) =>
    [0, 1, 2, 3].map((shift) => Buffer.from("A".repeat(shift) + text, "base64url").toString("latin1")).join(" ");
  const marks = page.locator(".token-layer mark[data-tone]");
  await expect
    .poll(async () => (await marks.allTextContents()).filter((text) => readings(text).includes('exp":')))
    .toHaveLength(2);
  const row = page.getByRole("region", { name: "Payload" }).locator('[data-path="payload.room-id"]');
  await expect(row).toHaveAttribute("data-tone", "warn");
  await expect(layer(page, "VideoSDK")).toContainText("The claim is called roomId");
  await row.hover();
  const part = page.locator('.token-layer [data-segment="payload"] mark[data-active]').first();
  await expect(part).toBeVisible();
  await page.getByRole("button", { name: /^Show all/ }).click();
  await row.hover();
  await pointAt(page, part);
  await expect(row).toHaveAttribute("data-active", "true");
});

test("what a rule says of a name that stands twice is said at the one that counts", async ({ open, desk }) => {
  const page = await open("auditor", "/decode");
  const now = Math.floor(Date.now() / 1000);
  const payload = `{"apikey":"${desk.key.apiKey}","permissions":["allow_join"],"version":2,"roomId":"2kyv-gzay-64pg","exp":${now + 60},"version":1}`;
  const input = `${Buffer.from('{"alg":"HS256"}').toString("base64url")}.${Buffer.from(payload).toString("base64url")}`;
  await field(page).fill(`${input}.${createHmac("sha256", desk.key.secret).update(input).digest("base64url")}`);
  const rows = page.getByRole("region", { name: "Payload" }).locator('[data-path="payload.version"]');
  await expect(rows).toHaveCount(2);
  // Both places of the duplicate, and at the second also what the rule refuses.
  await expect(layer(page, "VideoSDK")).toHaveAttribute("data-state", "bad");
  await expect(rows.nth(0)).toHaveAttribute("data-tone", "warn");
  await expect(rows.nth(1)).toHaveAttribute("data-tone", "bad");
});

test("a variable's name that holds Bearer is no Bearer, and the builder without grants is recognised", async ({
  open,
  desk,
}) => {
  const page = await open("auditor", "/decode");
  const token = makeToken(claimsOf(desk.key.apiKey, { permissions: ["allow_join", "allow_mod"] }), desk.key.secret);
  await field(page).fill(`myBearerToken = "${token}"`);
  await expect(page.getByText("Taken off: quotes, myBearerToken = in front")).toBeVisible();
  await expect(page.getByText("Send the token without")).toHaveCount(0);
  await page.locator("summary").filter({ hasText: "1 note" }).click();
  await expect(page.getByText("signs when it is given no grants")).toHaveCount(2);
  await field(page).fill(`Bearer ${token}`);
  await expect(page.getByText("Send the token without Bearer.")).toBeVisible();
});

for (const minutes of [6, -6, 180, -180])
  test(`on a device whose clock is ${minutes} minutes ahead a token is judged by the server's, and still once that is put right`, async ({
    open,
    desk,
  }) => {
    saySignsElsewhere(desk.database, "yes");
    const page = await open("issuer", "/sign-in");
    // As where all clocks of a device are wrong.
    await page.addInitScript((ahead) => {
      const [RealDate, origin] = [Date, performance.timeOrigin];
      const clock = Object.assign(window, { ahead });
      Object.defineProperty(performance, "timeOrigin", { get: () => origin + clock.ahead });
      window.Date = class extends RealDate {
        constructor(...given: []) {
          super(...((given.length > 0 ? given : [RealDate.now() + clock.ahead]) as []));
        }
        static override now = () => RealDate.now() + clock.ahead;
      } as typeof Date;
    }, minutes * 60_000);
    await page.goto("/decode");
    const now = Math.floor(Date.now() / 1000);
    const good = makeToken(claimsOf(desk.key.apiKey, { iat: now, exp: now + 3_600 }), desk.key.secret);
    const over = makeToken(claimsOf(desk.key.apiKey, { iat: now - 60, exp: now - 10 }), desk.key.secret);
    const isGood = async () => {
      await expect(verdict(page)).toContainText(/accepts it until .*another (1 h|59 min)/);
      await expect(verdict(page)).not.toContainText("ahead");
    };
    await field(page).fill(good);
    await isGood();
    await field(page).fill(over);
    await expect(verdict(page)).toContainText(/expired at .*, \d+ s ago/);
    await field(page).fill(good);
    const agreed = page.waitForResponse((response) => new URL(response.url()).pathname === "/api/session");
    await page.evaluate(() => Object.assign(window, { ahead: 0 }));
    await agreed;
    await isGood();
  });

test("an instant before the token existed gets no yes", async ({ open, desk }) => {
  const page = await open("auditor", "/decode");
  await field(page).fill(makeToken(claimsOf(desk.key.apiKey), desk.key.secret));
  const abilities = await unfold(page, "Abilities");
  const join = abilities.getByRole("listitem").filter({ hasText: /Join any room/ });
  await expect(join).toHaveAttribute("data-answer", "yes");
  await abilities.getByText("Why did that join fail?").click();
  await abilities.getByLabel("By a clock behind by").fill("60");
  await expect(join).toContainText("The token did not exist yet");
  await expect(abilities.locator('[data-answer="yes"]')).toHaveCount(0);
});

test("pointing at a claim marks its place in the token, and the other way round", async ({ open, desk }) => {
  const page = await open("issuer", "/decode");
  const claims = claimsOf(desk.key.apiKey, { permissions: ["ask_join", "allow_mod"] });
  const token = makeToken(claims, desk.key.secret);
  await field(page).fill(`Authorization: Bearer ${token}`);
  await page.getByRole("button", { name: /^Show all/ }).click();
  // The answer of the server may move what the pointer is on.
  await expect(verdict(page)).not.toContainText("Checking");
  await page.waitForLoadState("networkidle");
  const text = page.locator(".token-layer");
  const wrong = text.locator("mark[data-tone=bad]");
  await expect(wrong.first()).toBeVisible();
  const payload = token.split(".")[1] ?? "";
  const marked = (await wrong.allTextContents()).join("");
  // Any base64url character belongs to up to two bytes: the mark begins with the group that holds the value.
  expect(payload).toContain(marked);
  expect(Buffer.from(payload.slice(0, payload.indexOf(marked) + marked.length), "base64url").toString()).toContain(
    "ask_join",
  );
  const row = page.getByRole("region", { name: "Payload" }).locator('[data-path="payload.exp"]');
  await row.hover();
  await expect(text.locator("mark[data-active]").first()).toBeVisible();
  await expect
    .poll(async () => {
      const active = (await text.locator("mark[data-active]").allTextContents()).join("");
      const until = payload.indexOf(active) + active.length;
      return Buffer.from(payload.slice(0, until), "base64url").toString();
    })
    .toMatch(/"exp":\d{10}$/);
  await pointAt(page, text.locator("[data-segment=payload] mark").last());
  await expect(page.locator(".claim[data-active]")).toHaveCount(1);
});
