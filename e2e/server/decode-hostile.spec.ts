/** What a decoder must survive: malformed, unsigned and hostile tokens, and a megabyte of anything. A precise answer, a page that goes on, and no request to anywhere. */
import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import { writeCredential } from "@/lib/text/credential";
import { expectVerdict, layer, listen, named, paste, tokenField, unfold, verdict } from "../stage/decoder";
import { expect, test } from "../stage/fixtures";
import { claimsOf, makeToken } from "../stage/make-token";

const MEGABYTE = 1_000_000;
const FREEZE_MS = 3_000;
const base64url = (value: unknown) =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
const KEY = "0b6cbb0c-7ce5-4c80-8a26-9f3c6d3c1d2a";
const good = makeToken(claimsOf(KEY), "s".repeat(32));
const [header, payload, signature] = good.split(".") as [string, string, string];
const withHeader = (more: Record<string, unknown>) =>
  makeToken(claimsOf(KEY), "s".repeat(32), { alg: "HS256", typ: "JWT", ...more });

const pastes: [what: string, text: string, word: string, reason: string | RegExp][] = [
  ["two segments", `${header}.${payload}`, "Malformed", "The third segment is missing"],
  ["four segments", `${good}.x`, "Malformed", "A token has three segments; this text has 4."],
  [
    "a cut signature",
    good.slice(0, -3),
    "Malformed",
    "A signature by HS256 has 32 bytes; this one has 30: it was cut.",
  ],
  [
    "a character that is not base64url",
    `${header}.*${payload.slice(1)}.${signature}`,
    "Malformed",
    "the character * (U+002A) cannot occur in it",
  ],
  [
    "a header that is no JSON",
    `${base64url('{"alg":"HS256"')}.${payload}.${signature}`,
    "Malformed",
    "The header is not valid JSON: it ends where",
  ],
  ["words", "hello, this is no token", "Not a token", "A token has three segments of base64url"],
  ["an API key", KEY, "Not a token: an API key", "This looks like an API key of VideoSDK, not a token."],
  ["a secret", "ab".repeat(32), "Not a token: perhaps a secret", "This looks like a secret in hexadecimal"],
  [
    "alg none, unsigned",
    `${base64url({ alg: "none" })}.${payload}.`,
    "Malformed",
    "The token is unsigned: its header says alg none",
  ],
  [
    "alg none, with a signature",
    makeToken(claimsOf(KEY), "x", { alg: "none" }),
    "Bad signature",
    "the token says of itself that nobody signed it",
  ],
  [
    "alg NoNe",
    makeToken(claimsOf(KEY), "x", { alg: "NoNe" }),
    "Bad signature",
    "the token says of itself that nobody signed it",
  ],
  ["RS256", withHeader({ alg: "RS256" }), "Bad signature", '"RS256" means signed with a private key'],
  ["HS512", withHeader({ alg: "HS512" }), "Bad signature", 'The token is signed with "HS512"; VideoSDK uses HS256.'],
  ["crit in the header", withHeader({ crit: ["exp-policy"], "exp-policy": 1 }), "Malformed", "must refuse the token"],
];

const ownKeys: typeof pastes = [
  [
    "jwk in the header",
    withHeader({ jwk: { kty: "oct", k: "c2Vj" } }),
    "Signature not checked",
    "jwk brings a key named inside the token",
  ],
  [
    "jku in the header",
    withHeader({ jku: "https://evil.example/keys" }),
    "Signature not checked",
    "it is never trusted or fetched",
  ],
  [
    "x5u in the header",
    withHeader({ x5u: "https://evil.example/cert" }),
    "Signature not checked",
    "x5u brings an address to fetch a certificate from",
  ],
  ["x5c in the header", withHeader({ x5c: ["MIIB"] }), "Signature not checked", "x5c brings a certificate chain"],
];

async function expectAnswers(page: Page, given: typeof pastes): Promise<void> {
  for (const [what, text, word, reason] of given) {
    await test.step(what, async () => {
      await tokenField(page).fill(text);
      await expectVerdict(page, word, reason);
    });
  }
}

test("a key that a token brings is never followed, and its signature is checked with ours alone", async ({ open }) => {
  const page = await open("auditor", "/decode");
  const requests = await listen(page);
  await expectAnswers(page, ownKeys);
  await expect(verdict(page)).not.toContainText("Checking");
  await expect.poll(() => named(requests)).toEqual(ownKeys.map(() => "POST /decode"));
});

/** Three segments, the last of HS256's length: our secret may have made it, whatever else is wrong. */
const mayBeOurs = (text: string) => /^[^.]+\.[^.]+\.[\w-]{43}$/.test(text);

test("a bad token gets a precise answer, and only what our secret may have signed is asked about", async ({ open }) => {
  const page = await open("auditor", "/decode");
  const requests = await listen(page);
  await expectAnswers(page, pastes);
  await expect
    .poll(() => named(requests))
    .toEqual(pastes.filter(([, text]) => mayBeOurs(text)).map(() => "POST /decode"));
  // The watch was on: a good one does ask.
  await tokenField(page).fill(good);
  await expectVerdict(page, "Unknown key");
  expect(named(requests).at(-1)).toBe("POST /decode");
});

test("a token's markup is text, and nothing in it runs", async ({ open }) => {
  const page = await open("auditor", "/decode");
  const markup =
    '<img src="https://evil.example/x.png" onerror="document.title=\'run\'"><script>document.title="run"</script>';
  const requests = await listen(page);
  await tokenField(page).fill(
    makeToken(claimsOf(KEY, { roomId: markup, [markup]: markup }), "s".repeat(32), { alg: "HS256", kid: markup }),
  );
  await expect(page.getByRole("region", { name: "Payload" })).toContainText("evil.example");
  expect(await page.title()).not.toBe("run");
  await expect(page.locator("main img, main script")).toHaveCount(0);
  expect(named(requests).filter((request) => request !== "POST /decode")).toEqual([]);
});

test("what a token says of itself does not turn the words around it, and hides nothing", async ({ open }) => {
  const page = await open("auditor", "/decode");
  const claims = claimsOf(KEY, { roomId: "abc\u202egp46-yazg", participantId: "a\u200bb\u00adc", "room\u200bId": "x" });
  await tokenField(page).fill(makeToken(claims, "s".repeat(32)));
  const main = page.getByRole("main");
  await expect(page.getByRole("region", { name: "Payload" })).toContainText("abc\\u202egp46-yazg");
  await expect(layer(page, "VideoSDK")).toContainText("room\\u200bId");
  await expect(await unfold(page, "Abilities")).toContainText("\\u202e");
  expect(await main.textContent()).not.toMatch(/[\u202e\u200b\u00ad]/);
});

/** Pastes as a person does, and measures the longest time in which the page drew nothing. */
async function pasteAndMeasure(page: Page, text: string): Promise<void> {
  await page.evaluate(() => {
    const seen = { last: performance.now(), longest: 0 };
    Object.assign(window, { seen });
    const look = (now: number) => {
      seen.longest = Math.max(seen.longest, now - seen.last);
      seen.last = now;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await paste(page, text);
}

const longestGap = (page: Page) =>
  page.evaluate(() => (window as unknown as { seen: { longest: number } }).seen.longest);

const big: [what: string, text: () => string, answer: RegExp][] = [
  ["one letter", () => "a".repeat(MEGABYTE), /A token has three segments of base64url/],
  ["dots", () => ".".repeat(MEGABYTE), /Not a token/],
  [
    "a token with a huge claim",
    () => makeToken(claimsOf(KEY, { roomId: "r".repeat(MEGABYTE * 0.75) }), "s".repeat(32)),
    /more than any server takes in a header/,
  ],
  [
    "a token with a hundred thousand claims",
    () => makeToken(Object.fromEntries(Array.from({ length: 60_000 }, (_, n) => [`claim${n}`, n])), "s".repeat(32)),
    /more than any server takes in a header/,
  ],
  ["a deeply nested token", () => `${header}.${base64url("[".repeat(MEGABYTE * 0.75))}.${signature}`, /Malformed/],
  ["spaces", () => " ".repeat(MEGABYTE), /There is only white space/],
  [
    "a header of a megabyte",
    () => `${base64url({ alg: "HS256", kid: "k".repeat(MEGABYTE * 0.75) })}.${payload}.${signature}`,
    /more than any server takes in a header/,
  ],
];

for (const [what, text, answer] of big) {
  test(`a megabyte (${what}) gets an answer, freezes nothing and goes nowhere`, async ({ open }) => {
    const page = await open("auditor", "/decode");
    const requests = await listen(page);
    await pasteAndMeasure(page, text());
    await expect(verdict(page)).toContainText(answer);
    expect(await longestGap(page)).toBeLessThan(FREEZE_MS);
    // Only the reader itself may be loaded: a script of this desk, asked for without a body.
    expect(
      requests
        .filter((request) => request.method() !== "GET" || !/^\/_next\/static\//.test(new URL(request.url()).pathname))
        .map((request) => request.url()),
    ).toEqual([]);
    await page.getByRole("button", { name: "Clear" }).click();
    await expect(tokenField(page)).toHaveValue("");
    await tokenField(page).fill(good);
    await expectVerdict(page, "Unknown key");
  });
}

test("a log of a megabyte with a credential in each line, and one token, freezes nothing", async ({ open }) => {
  const page = await open("auditor", "/decode");
  await page.waitForLoadState("networkidle");
  const line = `POST /api/v1/tokens 201 authorization="Bearer ${writeCredential(randomBytes(32))}"\n`;
  await pasteAndMeasure(page, `${good}\n${line.repeat(MEGABYTE / line.length)}`);
  await expectVerdict(page, "A credential stands in this text", "The same or another stands at");
  expect(await longestGap(page)).toBeLessThan(FREEZE_MS);
  await page.getByRole("button", { name: "Clear", exact: true }).click();
  await expect(tokenField(page)).toHaveValue("");
  expect(await longestGap(page)).toBeLessThan(FREEZE_MS);
});

test("a name that stands seven thousand times is read at once, and its rows say no more than anybody reads", async ({
  open,
}) => {
  const page = await open("auditor", "/decode");
  await page.waitForLoadState("networkidle");
  const claims = `{${'"k":1,'.repeat(7_000)}"k":2}`;
  await pasteAndMeasure(page, `${header}.${Buffer.from(claims).toString("base64url")}.${signature}`);
  await expectVerdict(page, "Breaks VideoSDK's rules");
  const row = page.locator('[data-path="payload.k"]').first();
  await expect(row).toHaveAttribute("data-tone", "warn");
  expect((await row.textContent())?.length).toBeLessThan(100);
  await expect(layer(page, "Form")).toContainText("occurs more than once in the same object");
  expect(await longestGap(page)).toBeLessThan(FREEZE_MS);
});

test("marks heaped on one letter, which take a browser their square to draw, freeze neither the field nor a claim", async ({
  open,
}) => {
  const page = await open("auditor", "/decode");
  await page.waitForLoadState("networkidle");
  const heap = `x${"\u0301".repeat(40_000)}`;
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate((text) => navigator.clipboard.writeText(text), heap);
  await pasteAndMeasure(page, "");
  await tokenField(page).press("ControlOrMeta+V");
  await expectVerdict(page, /Not a token/);
  await expect(page.getByText("40,001 characters; the field shows the beginning.")).toBeVisible();
  expect(await longestGap(page)).toBeLessThan(FREEZE_MS);
  await page.getByRole("button", { name: "Clear" }).click();
  await pasteAndMeasure(page, makeToken(claimsOf(KEY, { version: 2, roomId: heap.slice(0, 20_000) }), "s".repeat(32)));
  await expectVerdict(page, /Unknown key/);
  await expect(page.locator('[data-path="payload.roomId"]')).toContainText("\u0301\\u0301");
  expect(await longestGap(page)).toBeLessThan(FREEZE_MS);

  // Beside another token, too.
  await page.goto("/decode/compare");
  await page.waitForLoadState("networkidle");
  const first = page.getByLabel("First token");
  const begun = Date.now();
  await first.press("ControlOrMeta+V");
  await expect(page.getByText("40,001 characters; the beginning is shown.")).toBeVisible();
  expect(Date.now() - begun).toBeLessThan(FREEZE_MS);
  expect((await first.inputValue()).length).toBeLessThan(99);
});
