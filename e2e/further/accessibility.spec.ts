/** Everybody can use it: axe finds nothing on any page in either theme, nothing scrolls sideways at 360 px, and the keyboard is enough. */
import { expectAccessible } from "../stage/accessible";
import { saySignsElsewhere } from "../stage/decoder";
import { expect, test } from "../stage/fixtures";
import { compose, issue, issueButton, permission } from "../stage/issue-form";
import { claimsOf, makeToken } from "../stage/make-token";
import { openKey, openKeyForm } from "../stage/signing-keys";

test("axe finds nothing, light or dark, wide or narrow", async ({ open, desk, watch }) => {
  test.setTimeout(240_000);
  watch.allow(/404 \(Not Found\).*\/audit\/999999/, "an event that is not there");
  const door = await open("nobody", "/sign-in");
  await expectAccessible(door, "sign in");
  await door.getByRole("button", { name: "Sign in" }).click();
  await expect(door.getByText("Enter your password.")).toBeVisible();
  await expectAccessible(door, "sign in with errors");

  const page = await open("admin", "/");
  await expectAccessible(page, "overview");

  await page.goto("/keys");
  await openKeyForm(page);
  await page.getByRole("button", { name: "Save key" }).click();
  await expect(page.getByText("Give it a label")).toBeVisible();
  await expectAccessible(page, "keys with errors");
  await openKey(page, "Staging");
  await page.getByRole("button", { name: "Disable… Staging" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectAccessible(page, "the dialog that disables a key");
  await page.keyboard.press("Escape");

  await page.goto("/issue");
  await compose(page, { permissions: ["allow_join", "ask_join"], expiresIn: "2d", roomId: "x".repeat(128), roles: [] });
  await expectAccessible(page, "issue with errors and warnings");
  await compose(page, { permissions: ["allow_join"] });
  const token = await issue(page);
  await expectAccessible(page, "an issued token");

  await page.goto("/audit?action=token.issued");
  await expectAccessible(page, "audit");
  await page
    .getByRole("link", { name: /^No\.\s\d+$/ })
    .first()
    .click();
  await expect(page.getByRole("heading", { name: /issued a token/ })).toBeVisible();
  await expectAccessible(page, "an audit event");
  await page.goto("/audit/999999");
  await expectAccessible(page, "an event that is not there");

  await page.goto("/decode");
  await expectAccessible(page, "decode, empty");
  const field = page.getByLabel("Token", { exact: true });
  const verdict = page.getByRole("region", { name: "Verdict" }).getByRole("heading");
  await field.fill(token);
  await expect(verdict).toHaveText(/^Valid, with a warning: No\.\s\d+$/);
  await expectAccessible(page, "decode, valid");
  await field.fill(makeToken(claimsOf(desk.key.apiKey), desk.key.secret));
  await expect(verdict).toHaveText("Signed with your secret, not issued here");
  await expectAccessible(page, "decode, a question");
  const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
  await field.fill(makeToken({ ...claims, exp: claims.exp + 2_592_000 }, desk.key.secret));
  await expect(verdict).toHaveText("Altered after issuing");
  await expectAccessible(page, "decode, an alarm");
  await field.fill(desk.key.secret);
  await expect(verdict).toHaveText("This is the secret of “Staging”");
  await expectAccessible(page, "decode, a secret");
  saySignsElsewhere(desk.database, "yes");
  await field.fill(makeToken(claimsOf(desk.key.apiKey, { exp: Date.now() }), desk.key.secret));
  await page.getByRole("button", { name: "Repair…" }).click();
  await expect(page.getByRole("region", { name: "Repair" })).toBeVisible();
  await expectAccessible(page, "decode, a repair");
  const broken = claimsOf(desk.key.apiKey, { permissions: ["ask_join", "allow_mod"], exp: Date.now() + 7_200_000 });
  await field.fill(`Bearer ${makeToken(broken, "another secret")}`);
  await expect(verdict).toHaveText("Bad signature");
  await page.getByText("Check with a secret of your own").click();
  await page.locator("summary").filter({ hasText: "Abilities" }).click();
  await page.getByText("Why did that join fail?").click();
  await page.locator("summary").filter({ hasText: "Header" }).click();
  await expectAccessible(page, "decode, bad, everything open");
  await field.fill(`${token}\n${makeToken(broken, "another secret")}`);
  await expect(page.getByRole("table", { name: "Tokens found" })).toBeVisible();
  await expectAccessible(page, "a list of tokens");
  await page.goto("/decode/compare");
  await page.getByLabel("First token").fill(token);
  await page.getByLabel("Second token").fill(makeToken(broken, "another secret"));
  await expect(page.getByRole("region", { name: "What differs" })).toBeVisible();
  await page.getByText("the same", { exact: false }).last().click();
  await expectAccessible(page, "two tokens compared");
});

test("the keyboard alone issues a token and opens it in the decoder", async ({ open }) => {
  const page = await open("issuer", "/issue");
  await expect(issueButton(page)).toBeEnabled();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Templates" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Several at once" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Participant" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Moderator" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(permission(page, "allow_mod")).toBeChecked();
  for (let stop = 0; stop < 4; stop += 1) await page.keyboard.press("Tab");
  await expect(page.getByLabel("Signing key")).toBeFocused();
  for (let stop = 0; stop < 3; stop += 1) await page.keyboard.press("Tab");
  await expect(permission(page, "allow_join")).toBeFocused();
  for (let stop = 0; stop < 3; stop += 1) await page.keyboard.press("Tab");
  await expect(page.getByRole("radio", { name: "Meeting only" })).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("radio", { name: "REST API only" })).toBeChecked();
  await page.keyboard.press("ArrowLeft");
  await page.getByLabel("Purpose").focus();
  await page.keyboard.type("by keyboard");
  await page.keyboard.press("Control+Enter");
  const issued = page.getByRole("region", { name: "Issued token" });
  await expect(issued.getByRole("heading", { name: "Issued and recorded" })).toBeFocused();
  const link = issued.getByRole("button", { name: "Open in decoder" });
  for (let step = 0; step < 4 && !(await link.evaluate((node) => node === document.activeElement)); step++) {
    await page.keyboard.press("Tab");
  }
  await expect(link).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: "Verdict" }).getByRole("heading")).toHaveText(
    /^Valid, and issued here/,
  );
});

test("a letter after G leads to a page, but not while one types", async ({ open }) => {
  const page = await open("issuer", "/");
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
  // The heading stands in the server's HTML, which no key reaches before React runs.
  await expect(async () => {
    await page.keyboard.press("g");
    await page.keyboard.press("d");
    await expect(page).toHaveURL(/\/decode$/, { timeout: 2_000 });
  }).toPass();
  await page.getByLabel("Token", { exact: true }).focus();
  await page.keyboard.type("gi");
  await expect(page.getByLabel("Token", { exact: true })).toHaveValue("gi");
  await expect(page).toHaveURL(/\/decode$/);
});
