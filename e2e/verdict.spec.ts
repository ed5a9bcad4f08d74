/** The verdict: what one should make of a token and what VideoSDK does with it, in the colour of the worst, on the first screen; and the shortest way to why it fails and who issued it. */
import { randomUUID } from "node:crypto";
import type { Locator, Page } from "@playwright/test";
import { change, rows } from "./stage/database";
import { expectVerdict, layer, saySignsElsewhere, tokenField, verdict } from "./stage/decoder";
import { expect, test } from "./stage/fixtures";
import { hold } from "./stage/hold";
import { issue } from "./stage/issue-form";
import { claimsOf, makeToken } from "./stage/make-token";

type Claims = Record<string, unknown>;

const claimsIn = (token: string) =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as Claims;
const wider = ({ roles: _, ...claims }: Claims) => ({ ...claims, exp: Number(claims.exp) + 30 * 86_400 });
const DESK = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 740 };

/** @returns how many of the dots that one sees begin or end a line @param width of the row, in px */
function strayDots(row: Locator, width: number): Promise<number> {
  return row.evaluate((box: HTMLElement, px: number) => {
    box.style.width = `${px}px`;
    const { left } = box.getBoundingClientRect();
    const signs: { dot: boolean; place: DOMRect }[] = [];
    const texts = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode.textContent ?? "";
      for (let at = 0; at < text.length; at++) {
        if (!text[at]?.trim()) continue;
        const range = new Range();
        range.setStart(texts.currentNode, at);
        range.setEnd(texts.currentNode, at + 1);
        const place = range.getBoundingClientRect();
        if (place.left >= left) signs.push({ dot: text[at] === "·", place });
      }
    }
    const beside = ({ place }: (typeof signs)[number], side: (other: DOMRect) => boolean) =>
      signs.some((other) => Math.abs(other.place.y - place.y) < 6 && side(other.place));
    return signs.filter(
      (sign) =>
        sign.dot &&
        !(
          beside(sign, (other) => other.left < sign.place.left) && beside(sign, (other) => other.left > sign.place.left)
        ),
    ).length;
  }, width);
}
/** A laptop of 1280×800 at 200 %. */
const ZOOMED = { width: 640, height: 400 };

/** Pastes as a person does, wherever the focus is. */
async function pasteAnywhere(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await page.keyboard.press("ControlOrMeta+V");
}

async function clear(page: Page): Promise<void> {
  const button = page.getByRole("button", { name: "Clear", exact: true });
  if (await button.isVisible()) await button.click();
}

/** Green as an eye sees it, in what the region draws: text, icons and surfaces. */
const greenIn = (page: Page) =>
  verdict(page).evaluate((region) => {
    const isGreen = (colour: string) => {
      const canvas = document.createElement("canvas").getContext("2d");
      if (!canvas) throw new Error("There is no canvas.");
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data;
      return alpha > 0 && green > red + 8 && green > blue + 8;
    };
    return [region, ...region.querySelectorAll("*")].flatMap((element) => {
      const { color, backgroundColor, borderTopColor, borderTopWidth } = getComputedStyle(element);
      const colours = [color, backgroundColor, ...(borderTopWidth === "0px" ? [] : [borderTopColor])];
      return colours.some(isGreen) ? [element.outerHTML.slice(0, 80)] : [];
    });
  });

/** What of the page's text one can read without scrolling: all of it on the screen, and nothing on top of it. */
const firstScreen = (page: Page) =>
  page.evaluate(() => {
    const walker = document.createTreeWalker(document.querySelector("main") ?? document.body, NodeFilter.SHOW_TEXT);
    let text = "";
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      // A space at the end of a line has no width.
      if (!node.textContent?.trim()) {
        text += " ";
        continue;
      }
      const range = document.createRange();
      range.selectNodeContents(node);
      const rects = [...range.getClientRects()];
      const seen = rects.every(({ left, top, width, height }) => {
        const on = document.elementFromPoint(left + width / 2, top + height / 2);
        return width > 1 && on !== null && (on.contains(node) || node.parentElement?.contains(on) === true);
      });
      if (rects.length > 0 && seen) text += node.textContent;
    }
    return text.replace(/\s+/g, " ");
  });

/** What the person did since: what a hand does, one by one. Writing to the clipboard is none of it. */
async function countActs(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const acts: string[] = [];
    Object.assign(window, { acts });
    for (const type of ["paste", "pointerdown", "wheel", "keydown"])
      addEventListener(
        type,
        (event) => {
          // Ctrl+V is told by the paste.
          if (!(event instanceof KeyboardEvent && (event.ctrlKey || event.metaKey))) acts.push(type);
        },
        true,
      );
  });
  return () => page.evaluate(() => (window as unknown as { acts: string[] }).acts);
}

const inView = async (page: Page) => {
  const [box, height] = [await verdict(page).getByRole("heading").boundingBox(), page.viewportSize()?.height ?? 0];
  return box !== null && box.y >= 0 && box.y + box.height <= height;
};

for (const [how, screen] of [
  ["1280×800", DESK],
  ["360×740", PHONE],
] as const) {
  test(`1 a token that was altered is red one second after pasting, with what to do, and nothing green or valid, at ${how}`, async ({
    open,
    desk,
  }) => {
    const ours = await issue(await open("issuer", "/issue"), { roles: ["rtc"], purpose: "For the altered one" });
    const page = await open("auditor", "/decode", { viewport: screen });
    await page.waitForLoadState("networkidle");
    for (const secret of [desk.key.secret, "another secret of at least 32 bytes!"]) {
      // The middle one of three.
      const times: number[] = [];
      for (let round = 0; round < 3; round++) {
        await clear(page);
        const pasted = performance.now();
        await pasteAnywhere(page, makeToken({ ...wider(claimsIn(ours)), round }, secret));
        await expect(verdict(page).getByRole("heading")).toHaveText("Altered after issuing");
        times.push(performance.now() - pasted);
      }
      expect(times.sort((one, other) => one - other)[1]).toBeLessThan(1_000);
      await expect(verdict(page)).toHaveAttribute("data-tone", "bad");
      await expect(verdict(page)).toContainText(
        /No\.\s\d+, altered: it asks for 30 days more, the REST API and a further round\./,
      );
      await expect(verdict(page)).not.toContainText(/[Cc]opy the secret/);
      const seen = await firstScreen(page);
      expect(seen).toContain("Do not pass it on");
      expect(seen).toContain("Ask Ivo Petrov");
      expect(seen).not.toMatch(/\bvalid\b/i);
      expect(await inView(page)).toBe(true);
      expect(await greenIn(page)).toEqual([]);
    }
    // What VideoSDK refuses permits nothing: neither the sentence nor the folded summary says otherwise.
    await expect(page.getByRole("region", { name: "Payload" })).toContainText(
      "If its signature were right: whoever holds this token may join",
    );
    await expect(page.locator("summary").filter({ hasText: "Abilities" })).toContainText(
      "if its signature were right:",
    );
    // The ledger says in words what was altered, too, and is a link to what was issued.
    await expect(layer(page, "Ledger")).toContainText(
      /No\.\s\d+ · Ivo Petrov.*For the altered one.*Altered: 30 days more/,
    );
    const entry = layer(page, "Ledger").getByRole("link");
    await expect(entry).toHaveAttribute("href", /\/audit\/\d+/);
    // However narrow it is, what parts its parts stands between two of them.
    for (const width of [80, 140, 200]) expect(await strayDots(entry, width), `at ${width} px`).toBe(0);
  });
}

test("2 a token of ours is green with its number, and who issued it stands there after one paste", async ({ open }) => {
  const page = await open("issuer", "/issue");
  const ours = await issue(page, { roomId: "2kyv-gzay-64pg", roles: ["rtc"], purpose: "Rehearsal of the board" });
  await page.goto("/decode");
  await page.waitForLoadState("networkidle");
  const acts = await countActs(page);
  await pasteAnywhere(page, ours);
  await expectVerdict(page, /^Valid, and issued here as No\.\s\d+$/, /VideoSDK accepts it until .*another 1 h 59 min/);
  await expect(verdict(page)).toHaveAttribute("data-tone", "ok");
  await expect(layer(page, "Ledger")).toContainText("Ivo Petrov");
  const seen = await firstScreen(page);
  expect(seen).toContain("Ivo Petrov");
  expect(seen).toContain("Rehearsal of the board");
  expect(await acts()).toEqual(["paste"]);
  const again = verdict(page).getByRole("button", { name: "Issue again" });
  await again.click();
  await expect(page).toHaveURL(/\/issue\?from=\d+$/);
});

test("3 why a token fails stands there after one paste, with what VideoSDK answers and what to do", async ({
  open,
  desk,
}) => {
  const page = await open("auditor", "/decode", { viewport: PHONE });
  await page.waitForLoadState("networkidle");
  saySignsElsewhere(desk.database, "yes");
  const { apiKey, secret } = desk.key;
  const now = Math.floor(Date.now() / 1000);
  const acts = await countActs(page);
  const fails = [
    [
      makeToken(claimsOf(apiKey, { permissions: ["ask_join", "allow_mod"] }), secret),
      "Breaks VideoSDK's rules",
      "Keep ask_join alone",
      "refuses it when somebody joins: 4008 INVALID_PERMISSIONS",
    ],
    [
      makeToken(claimsOf(apiKey), Buffer.from(secret, "base64")),
      "Bad signature",
      "but base64-decoded first. In your backend, pass the secret's text as it is.",
      "refuses it: 4002 INVALID_TOKEN",
    ],
    [
      makeToken(claimsOf(apiKey, { iat: now - 7200, exp: now - 3600 }), secret),
      "Expired",
      "1 h",
      "refuses it: 4002 INVALID_TOKEN",
    ],
    [
      makeToken(claimsOf(apiKey, { iat: now, exp: (now + 7200) * 1000 }), secret),
      "Never expires",
      "is in milliseconds",
      "accepts it for ever",
    ],
    [
      makeToken(claimsOf(apiKey, { exp: now + 400 * 365 * 86_400 }), secret),
      "Never expires",
      "the token practically never expires",
      "accepts it for ever",
    ],
  ] as const;
  for (const [index, [token, word, why, answer]] of fails.entries()) {
    await pasteAnywhere(page, token);
    await expectVerdict(page, word, why);
    await expect(verdict(page)).toContainText(answer);
    expect(await inView(page)).toBe(true);
    await expect(verdict(page)).not.toHaveAttribute("data-tone", "ok");
    const seen = await firstScreen(page);
    for (const words of [word, why, answer]) expect(seen).toContain(words);
    expect(await acts()).toEqual(fails.slice(0, index + 1).map(() => "paste"));
    const exp = page.locator('[data-path="payload.exp"] .claim-note');
    // With its day, where two hours from now is tomorrow.
    if (why.includes("milliseconds"))
      await expect(exp).toHaveText(/^the year 5\d{4}meant: (\d+ \w+, )?\d\d:\d\d.* · 2 h$/);
  }
  await expect(verdict(page)).toHaveAttribute("data-tone", "warn");
  // What makes a row red stands in the head; what is milder does not pass for it.
  await pasteAnywhere(page, makeToken(claimsOf(apiKey, { roomId: "a room" }), secret));
  await expectVerdict(page, "Breaks VideoSDK's rules", "version is missing");
  await expect(layer(page, "VideoSDK")).toContainText(/Failed.*Failed\s*roomId "a room" contains white space/s);
});

test("4 what our secret signed elsewhere is a question, an alarm or a note, as its key says, and never green", async ({
  open,
  desk,
}) => {
  const page = await open("admin", "/decode");
  const elsewhere = "Signed with your secret, not issued here";
  // What a head names, it leads to.
  await tokenField(page).fill(makeToken(claimsOf(randomUUID()), "another secret of at least 32 bytes!"));
  await expectVerdict(page, "Unknown key");
  await expect(verdict(page).getByRole("link", { name: "Add it under Keys" })).toHaveAttribute("href", "/keys");
  await tokenField(page).fill(makeToken(claimsOf(desk.key.apiKey), "another secret of at least 32 bytes!"));
  await expectVerdict(page, "Bad signature", "compare its fingerprint.");
  await expect(verdict(page).getByRole("link", { name: /Open “\s*Staging/ })).toHaveAttribute(
    "href",
    /^\/keys\/[\w-]+$/,
  );
  saySignsElsewhere(desk.database, null);
  await tokenField(page).fill(makeToken(claimsOf(desk.key.apiKey), desk.key.secret));
  await expectVerdict(page, elsewhere, "Either a backend of yours signs");
  await expect(verdict(page)).toHaveAttribute("data-tone", "warn");
  // Whatever its mistakes, that question comes before any repair.
  await tokenField(page).fill(makeToken(claimsOf(desk.key.apiKey, { permissions: [], role: "rtc" }), desk.key.secret));
  await expectVerdict(page, "Breaks VideoSDK's rules", "Does a backend of yours sign with its secret?");
  await expect(verdict(page).getByRole("button")).toHaveText(["Yes, a backend of ours", "No, only this desk"]);
  await tokenField(page).fill(makeToken(claimsOf(desk.key.apiKey), desk.key.secret));
  await expectVerdict(page, elsewhere, "Either a backend of yours signs");
  await verdict(page).getByRole("button", { name: "Yes, a backend of ours" }).click();
  await expect(verdict(page)).toHaveAttribute("data-tone", "mute");
  await expectVerdict(page, elsewhere, "A backend of yours signs with the secret of “Staging” too");
  await expect(page.locator("summary").filter({ hasText: "Abilities" })).toBeVisible();
  await expect(page.getByText("A backend of yours signs with the secret")).toHaveCount(1);
  expect(await greenIn(page)).toEqual([]);

  change(desk.database, "UPDATE SigningKey SET disabledAt = 1 WHERE label = 'Staging'");
  await tokenField(page).fill(makeToken(claimsOf(desk.key.apiKey), desk.key.secret));
  await expectVerdict(page, "Key disabled here", "VideoSDK does not know of that");
  await expect(verdict(page)).toHaveAttribute("data-tone", "warn");
  expect(await greenIn(page)).toEqual([]);
  change(desk.database, "UPDATE SigningKey SET disabledAt = NULL WHERE label = 'Staging'");

  saySignsElsewhere(desk.database, "no");
  await tokenField(page).fill(makeToken(claimsOf(desk.key.apiKey), desk.key.secret));
  await expectVerdict(page, elsewhere, "somebody else has its secret");
  await expect(verdict(page)).toHaveAttribute("data-tone", "bad");
  await expect(verdict(page).getByRole("listitem")).toHaveCount(3);
  await expect(verdict(page).getByRole("link", { name: /Open case \d+/ })).toBeVisible();
  await expect(layer(page, "Ledger")).toContainText(/Not in the ledger\. Case\s\d+/);
  expect(await greenIn(page)).toEqual([]);
});

test("5 the head says Checking while the server is asked, and then changes once", async ({ open }) => {
  const issuing = await open("issuer", "/issue");
  const ours = await issue(issuing);
  const page = await open("auditor", "/decode");
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => {
    const heads: string[] = [];
    Object.assign(window, { heads });
    new MutationObserver(() => {
      const head = document.querySelector('[aria-label="Verdict"] h2')?.textContent;
      if (head && heads.at(-1) !== head) heads.push(head);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  const answer = await hold(page, "**/decode", { method: "POST" });
  await tokenField(page).fill(ours);
  await expectVerdict(page, "Checking…");
  await expect(verdict(page)).toHaveAttribute("data-tone", "mute");
  answer();
  await expectVerdict(page, /^Valid, and issued here/);
  expect(await page.evaluate(() => (window as unknown as { heads: string[] }).heads)).toEqual([
    "Checking…",
    expect.stringMatching(/^Valid, and issued here/),
  ]);
});

test("6 the field is the coloured token, on two lines until one wants all of it, and is cleared and copied there", async ({
  open,
}) => {
  const ours = await issue(await open("issuer", "/issue"));
  const page = await open("auditor", "/decode", { permissions: ["clipboard-read", "clipboard-write"] });
  await tokenField(page).fill(`Bearer ${ours}`);
  await expect(page.locator('.token-layer [data-segment="payload"]')).toHaveText(ours.split(".")[1] ?? "");
  // The token stands on the page once.
  await expect(page.locator("[data-segment]")).toHaveCount(3);
  const height = async () => (await page.locator(".token-field").boundingBox())?.height ?? 0;
  expect(await height()).toBeLessThan(64);
  const folded = await height();
  await page.getByRole("button", { name: `Show all ${ours.length + 7}` }).click();
  await expect.poll(height).toBeGreaterThan(folded);
  await page.getByRole("button", { name: "Show two lines" }).click();
  await expect.poll(height).toBe(folded);
  // The letters of the box lie on those of the coloured token.
  const [box, layered] = await Promise.all([
    tokenField(page).evaluate((field) => [getComputedStyle(field).font, field.clientWidth, field.scrollHeight]),
    page
      .locator(".token-layer")
      .evaluate((element) => [getComputedStyle(element).font, element.clientWidth, element.scrollHeight]),
  ]);
  expect(box).toEqual(layered);
  await page.getByRole("button", { name: "Copy token" }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(`Bearer ${ours}`);
  await page.getByRole("button", { name: "Copy JSON" }).click();
  await expect
    .poll(() => page.evaluate(async () => JSON.parse(await navigator.clipboard.readText())))
    .toEqual({ header: { alg: "HS256", typ: "JWT" }, payload: claimsIn(ours) });
  await page.getByRole("button", { name: "Clear" }).click();
  await expect(tokenField(page)).toHaveValue("");
});

test("7 verdict, payload, ledger and the rest follow each other in the document, and on a phone as one sees them", async ({
  open,
}) => {
  const ours = await issue(await open("issuer", "/issue"));
  const page = await open("auditor", "/decode", { viewport: PHONE });
  await tokenField(page).fill(ours);
  await expectVerdict(page, /^Valid, and issued here/);
  const parts = ["Verdict", "Payload", "Why", "Abilities"];
  const order = await page
    .locator("main section[aria-label]")
    .evaluateAll((sections) => sections.map((section) => section.getAttribute("aria-label")));
  expect(order.filter((label) => parts.includes(label ?? ""))).toEqual(parts);
  const tops: number[] = [];
  for (const name of parts.slice(0, 3))
    tops.push((await page.getByRole("region", { name, exact: true }).boundingBox())?.y ?? 0);
  expect(tops).toEqual([...tops].sort((a, b) => a - b));
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
});

test("8 at 200 % zoom the head is on the first screen after pasting", async ({ open, desk }) => {
  const page = await open("auditor", "/decode", { viewport: ZOOMED });
  await page.waitForLoadState("networkidle");
  for (const secret of [desk.key.secret, "another secret of at least 32 bytes!"]) {
    await pasteAnywhere(page, makeToken(claimsOf(desk.key.apiKey), secret));
    await expect(verdict(page).getByRole("heading")).toBeVisible();
    await expect(verdict(page)).not.toContainText("Checking");
    expect(await inView(page)).toBe(true);
  }
});

test("9 what is no token is called what it is: the secret of a key, masked at once, its API key, and others'", async ({
  open,
  desk,
}) => {
  const page = await open("auditor", "/decode");
  await page.waitForLoadState("networkidle");
  const field = page.locator(".token-layer");
  await pasteAnywhere(page, desk.key.secret);
  await expectVerdict(page, "This is the secret of “Staging”", "Regenerate the secret in VideoSDK's dashboard");
  await expect(verdict(page)).toHaveAttribute("data-tone", "bad");
  await expect(field).toHaveText(/^•+$/);
  const { id } = rows<{ id: string }>(desk.database, "SELECT id FROM SigningKey WHERE label = 'Staging'")[0] ?? {};
  await expect(verdict(page).getByRole("link", { name: "See who is affected" })).toHaveAttribute(
    "href",
    `/audit?tokens=1&active=1&key=${id}`,
  );
  await expect(verdict(page).getByRole("link")).toHaveText(["See who is affected"]);
  await verdict(page).getByRole("button", { name: "Clear the field" }).click();
  await expect(tokenField(page)).toHaveValue("");
  for (const [text, head] of [
    [desk.key.apiKey, "This is the API key of “Staging”"],
    ['{"kty":"oct","k":"c2VjcmV0"}', "Not a token: a key (JWK)"],
    ["-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----", "Not a token: a key or certificate (PEM)"],
    ["PORT=3000\nNAME=example\n", "Not a token: settings (.env)"],
    ["hello, this is no token", "Not a token"],
  ] as const) {
    await pasteAnywhere(page, text);
    await expectVerdict(page, head);
    await expect(verdict(page)).not.toContainText("Malformed");
    const key = verdict(page).getByRole("link", { name: /Open “\s*Staging/ });
    await expect(key).toHaveCount(text === desk.key.apiKey ? 1 : 0);
  }
});

test("10 what was pasted replaces the token wherever the focus is, but not while one types elsewhere", async ({
  open,
  desk,
}) => {
  const page = await open("auditor", "/decode");
  await page.waitForLoadState("networkidle");
  const [first, second] = [1, 2].map((n) => makeToken(claimsOf(desk.key.apiKey, { jti: `j-${n}` }), desk.key.secret));
  await page.getByRole("heading", { name: "Decode a token" }).click();
  await pasteAnywhere(page, first ?? "");
  await expect(tokenField(page)).toHaveValue(first ?? "");
  await tokenField(page).press("End");
  await pasteAnywhere(page, second ?? "");
  await expect(tokenField(page)).toHaveValue(second ?? "");
  await page.locator("summary").filter({ hasText: "Abilities" }).click();
  await page.getByText("Why did that join fail?").click();
  await page.getByLabel("In the room").focus();
  await pasteAnywhere(page, "2kyv-gzay-64pg");
  await expect(tokenField(page)).toHaveValue(second ?? "");
});

test("11 a comparison says in words what the second asks for, in the verdict's colours, and fits a phone", async ({
  open,
  desk,
}) => {
  const ours = await issue(await open("issuer", "/issue"), { roles: ["rtc"] });
  const page = await open("issuer", "/decode", { viewport: PHONE });
  await page.getByRole("button", { name: "Compare…" }).click();
  await page.getByLabel("First token").fill(ours);
  await page.getByLabel("Second token").fill(makeToken(wider(claimsIn(ours)), desk.key.secret));
  await expect(page.getByText("Altered after issuing", { exact: true })).toBeVisible();
  const differs = page.getByRole("region", { name: "What differs" });
  await expect(differs).toContainText("30 days longer");
  await expect(differs).toContainText("the REST API");
  expect(await differs.textContent()).not.toMatch(/\d{10}/);
  await expect(page.getByText(/^\d+ the same$/)).toBeVisible();
  // The two values stand below each other, each as wide as the page: no name is broken in the middle.
  const sides = await differs.locator("[data-side]").evaluateAll((all) => all.map((each) => each.clientWidth));
  expect(Math.min(...sides)).toBeGreaterThan(280);
  await page.getByLabel("First token").fill(makeToken(claimsOf("somebody"), "s".repeat(32)));
  await page.getByLabel("Second token").fill(makeToken(claimsOf("somebody", { roles: ["crawler"] }), "s".repeat(32)));
  await expect(differs).toContainText("no longer meetings");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
});

test("12 every instant goes through the zone, those in sentences too", async ({ open, desk }) => {
  saySignsElsewhere(desk.database, "yes");
  const page = await open("auditor", "/decode");
  const now = Math.floor(Date.now() / 1000);
  await tokenField(page).fill(
    makeToken(claimsOf(desk.key.apiKey, { iat: now - 7200, exp: now - 3600 }), desk.key.secret),
  );
  await expectVerdict(page, "Expired");
  const main = page.getByRole("main");
  await expect(main).toContainText("GMT+5:30");
  await expect(main).not.toContainText("UTC");
});
