/** The decoder: what is sent and what is not, what is taken off, and what it says of a token's time, signature and origin. */
import { events } from "./stage/database";
import { expectVerdict, layer, listen, named, saySignsElsewhere, tokenField, unfold, verdict } from "./stage/decoder";
import { expect, test } from "./stage/fixtures";
import { issue } from "./stage/issue-form";
import { claimsOf, makeToken } from "./stage/make-token";
import { openAccount } from "./stage/people";

const ELSEWHERE = "Signed with your secret, not issued here";

// Where nobody has said so, that is the question that comes first.
test.beforeEach(({ desk }) => saySignsElsewhere(desk.database, "yes"));

test("nothing leaves the browser until the token is whole, and then it goes to this desk alone", async ({
  open,
  desk,
}) => {
  const page = await open("auditor", "/decode");
  const token = makeToken(claimsOf(desk.key.apiKey), desk.key.secret);
  const requests = await listen(page);
  const [header = "", payload = "", signature = ""] = token.split(".");
  for (const part of [
    "e",
    header,
    `${header}.`,
    `${header}.${payload.slice(0, 30)}`,
    `${header}.${payload}`,
    `${header}.${payload}.`,
  ]) {
    await tokenField(page).fill(part);
    await expectVerdict(page, part === "e" ? "Not a token" : "Malformed");
  }
  await tokenField(page).fill(`${header}.${payload}.${signature.slice(0, -3)}`);
  await expectVerdict(page, "Malformed", "this one has 30: it was cut");
  expect(named(requests)).toEqual([]);
  await tokenField(page).press("End");
  await tokenField(page).pressSequentially(signature.slice(-3));
  await expectVerdict(page, ELSEWHERE);
  expect(named(requests)).toEqual(["POST /decode"]);
  expect(new URL(requests[0]?.url() ?? "").origin).toBe(desk.address);
  expect(requests[0]?.postData()).toBe(JSON.stringify([{ token }]));
});

test("what can be done next stands beside the verdict where there is room, and takes none for what it has to say later", async ({
  open,
  desk,
}) => {
  const page = await open("auditor", "/decode");
  saySignsElsewhere(desk.database, null);
  await page.setViewportSize({ width: 1280, height: 900 });
  await tokenField(page).fill(makeToken(claimsOf(desk.key.apiKey), desk.key.secret));
  await expectVerdict(page, ELSEWHERE);
  const [word, compare] = await Promise.all([
    verdict(page).getByRole("heading").boundingBox(),
    verdict(page).getByRole("link", { name: "See the key" }).boundingBox(),
  ]);
  expect(compare?.x).toBeGreaterThan((word?.x ?? 0) + (word?.width ?? 0));
  expect(compare?.y).toBeLessThan((word?.y ?? 0) + 2 * (word?.height ?? 0));
});

test("what stands around a token is taken off, and named", async ({ open, desk }) => {
  const page = await open("auditor", "/decode");
  const token = makeToken(claimsOf(desk.key.apiKey), desk.key.secret);
  for (const [pasted, takenOff] of [
    [`Bearer ${token}`, "Taken off: Bearer in front"],
    [`"${token}"`, "Taken off: quotes"],
    [`'${token}',`, "Taken off: a trailing comma, quotes"],
    [`Authorization: ${token}`, "Taken off: Authorization: in front"],
    [`Authorization: Bearer ${token}\n`, "Taken off: white space around it, Authorization: Bearer in front"],
    [token.replace(/(.{70})/g, "$1\n"), /Taken off: \d+ line breaks/],
    [`NEXT_PUBLIC_VIDEOSDK_TOKEN="${token}"`, /Taken off: quotes, NEXT_PUBLIC_VIDEOSDK_TOKEN= in front/],
  ] as const) {
    await tokenField(page).fill(pasted);
    await expect(page.getByText(takenOff)).toBeVisible();
    await expectVerdict(page, ELSEWHERE);
  }
  await tokenField(page).fill(token);
  await expect(page.getByText("Taken off")).toBeHidden();
});

test("a token of ours is shown whole: claims with a word and the times beside each, signature, and its record", async ({
  open,
  desk,
}) => {
  const issuing = await open("issuer", "/issue");
  const token = await issue(issuing, {
    roomId: "2kyv-gzay-64pg",
    participantId: "lxvdplwt",
    roles: ["rtc"],
    purpose: "Rehearsal",
  });
  const page = await open("auditor", "/decode");
  await tokenField(page).fill(token);
  await expectVerdict(page, "Valid, and issued here as No. 1", /VideoSDK accepts it until .* another 1 h 59 min/);
  await expect(layer(page, "Signature")).toContainText(`Right, by the secret of “${desk.key.label}”.`);
  await expect(layer(page, "Ledger")).toContainText(/No\.\s1 · Ivo Petrov · \d\d:\d\d.*Rehearsal/);
  await expect(layer(page, "Time")).toContainText(/Within its time: ends in 1 h 59 min/);

  const claim = (path: string) => page.locator(`[data-path="${path}"]`);
  for (const name of ["apikey", "permissions", "version", "roomId", "participantId", "roles", "iat", "exp"])
    await expect(claim(`payload.${name}`).locator(".claim-note")).not.toBeEmpty();
  await expect(page.locator(".ticket")).toContainText("may join room 2kyv-gzay-64pg directly");
  await unfold(page, "Header");
  await expect(claim("header.alg")).toContainText('"HS256"');
  await expect(page.locator('[data-segment="header"]')).toHaveText(token.split(".")[0] ?? "");
  await expect(page.locator('[data-segment="payload"]')).toHaveText(token.split(".")[1] ?? "");
  await expect(page.locator('[data-segment="signature"]')).toHaveText(token.split(".")[2] ?? "");

  await expect(claim("payload.iat")).toContainText(/\d\d:\d\d:\d\d GMT\+5:30/);
  await expect(claim("payload.exp")).toContainText(/GMT\+5:30.*· 2 h/);
  const left = page.locator(".ticket").getByRole("timer");
  await expect(left).toHaveText(/1 h 59 min \d\d s/);
  const before = await left.textContent();
  await expect(left).not.toHaveText(before ?? "");
  await openAccount(page);
  await page.getByText("UTC", { exact: true }).click();
  await page.keyboard.press("Escape");
  await expect(claim("payload.iat")).not.toContainText("GMT+5:30");
  await page.reload();
  await tokenField(page).fill(token);
  await expect(claim("payload.iat")).toContainText(/\d\d:\d\d:\d\d UTC/);

  await layer(page, "Ledger").getByRole("link").click();
  await expect(page.getByRole("heading", { name: "Ivo Petrov issued a token" })).toBeVisible();
});

test("an expired token: what VideoSDK answers, since when, and that a running meeting goes on", async ({
  open,
  desk,
}) => {
  const page = await open("auditor", "/decode");
  const now = Math.floor(Date.now() / 1000);
  await tokenField(page).fill(
    makeToken(claimsOf(desk.key.apiKey, { iat: now - 7200, exp: now - 3600 }), desk.key.secret),
  );
  await expectVerdict(page, "Expired", "Token is invalid or expired");
  await expect(verdict(page)).toHaveAttribute("data-tone", "mute");
  await expect(verdict(page)).toContainText("A meeting that is running goes on");
  await expect(verdict(page)).toContainText(/expired at .*GMT\+5:30, 1 h( \d+ s)? ago/);
  await expect(layer(page, "Time")).toHaveAttribute("data-state", "over");
});

test("a verdict turns to Expired by itself when the time comes", async ({ open, desk }) => {
  const page = await open("auditor", "/decode");
  const now = Math.floor(Date.now() / 1000);
  await tokenField(page).fill(makeToken(claimsOf(desk.key.apiKey, { exp: now + 8 }), desk.key.secret));
  await expectVerdict(page, "Expires soon");
  const requests = await listen(page);
  await expectVerdict(page, "Expired");
  await expect(layer(page, "Time")).toHaveAttribute("data-state", "over");
  expect(Math.floor(Date.now() / 1000)).toBeGreaterThanOrEqual(now + 8);
  expect(named(requests)).toEqual([]);
});

test("each verdict has its word and its reason", async ({ open, desk }) => {
  const issuing = await open("issuer", "/issue");
  const ours = await issue(issuing, { purpose: "To be altered" });
  const { apiKey, secret } = desk.key;
  const now = Math.floor(Date.now() / 1000);
  const claims = JSON.parse(Buffer.from(ours.split(".")[1] ?? "", "base64url").toString()) as Record<string, unknown>;
  const page = await open("auditor", "/decode");
  for (const [token, word, reason] of [
    [makeToken(claimsOf(apiKey, { nbf: now + 3600 }), secret), "Not valid yet", "The token is not valid before"],
    [
      makeToken(claimsOf(apiKey), "another secret of at least 32 bytes!"),
      "Bad signature",
      "its secret did not make this signature",
    ],
    [makeToken(claimsOf(apiKey), `${secret}\n`), "Bad signature", "but with a line break after it"],
    [
      makeToken(claimsOf(apiKey), apiKey),
      "Bad signature",
      "Signed with the API key of “Staging” instead of its secret.",
    ],
    [
      makeToken(claimsOf("another-key"), "another secret of at least 32 bytes!"),
      "Unknown key",
      "None of this desk's secrets signed it",
    ],
    [
      makeToken(claimsOf(apiKey, { permissions: ["ask_join", "allow_join"] }), secret),
      "Breaks VideoSDK's rules",
      "4008 INVALID_PERMISSIONS",
    ],
    [
      makeToken({ ...claims, permissions: ["allow_join", "allow_mod"] }, "another secret of at least 32 bytes!"),
      "Altered after issuing",
      "altered: it asks for moderation.",
    ],
    [makeToken(claimsOf(apiKey), secret), ELSEWHERE, "A backend of yours signs with the secret"],
  ] as const) {
    await tokenField(page).fill(token);
    await expectVerdict(page, word, reason);
  }
  saySignsElsewhere(desk.database, null);
  await tokenField(page).fill(makeToken(claimsOf(apiKey), secret));
  await expectVerdict(page, ELSEWHERE, "Either a backend of yours signs with the secret");
  const recorded = events(desk.database).map(({ action }) => action);
  expect(recorded).toContain("token.signed_elsewhere");
  const found = events(desk.database, "token.inspected").map(({ detail }) => detail);
  expect(found.join()).toContain("altered after issuing");
});
