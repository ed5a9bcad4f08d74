/** What looking at a token leaves behind: an alarm for what our secret signed elsewhere, whatever it calls itself; and an answer also when nothing can be recorded. */
import { events, ledger, lock } from "../stage/database";
import { expectVerdict, layer, tokenField } from "../stage/decoder";
import { expect, test } from "../stage/fixtures";
import { issue } from "../stage/issue-form";
import { claimsOf, makeToken } from "../stage/make-token";

type Claims = Record<string, unknown>;

const claimsIn = (token: string) =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as Claims;

test("a token that our secret signed under the id of one of ours raises the alarm, for everybody who arrives", async ({
  open,
  desk,
}) => {
  const ours = await issue(await open("issuer", "/issue"));
  const number = ledger(desk.database).at(-1)?.number;
  const page = await open("auditor", "/decode");
  const forged = makeToken({ ...claimsIn(ours), permissions: ["allow_join", "allow_mod"] }, desk.key.secret);
  await tokenField(page).fill(forged);
  await expect(layer(page, "Ledger")).toContainText(`No. ${number}`);
  await expect(async () => {
    expect(events(desk.database, "token.signed_elsewhere")).toMatchObject([{ outcome: "failed", tokenNumber: number }]);
  }).toPass();

  await page.goto("/");
  await expect(page.getByText(`No. ${number} was altered and signed with Staging.`)).toBeVisible();
  await expect(page.getByRole("link", { name: /^Open case/ })).toBeVisible();
  await page.goto("/audit?elsewhere=1");
  const row = page.getByRole("table", { name: "Audit events" }).locator("tbody tr").first();
  await expect(row).toContainText(`No. ${number}`);
  await expect(row.locator(".audit-what")).toHaveText("Altered");
  await expect(row).toHaveAttribute("data-alarm", "true");
  await row.getByRole("link").first().click();
  await expect(page.getByRole("heading", { name: "The token whose id it bears" })).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("found a token altered after issuing");
  await expect(page.getByText("It was signed with the secret of Staging.")).toBeVisible();
  // What the ticket says is not said again.
  await expect(page.getByRole("main").getByText(/altered after issuing/)).toHaveCount(1);
  const facts = page.getByRole("region", { name: "Event", exact: true });
  await expect(facts.getByText("SHA-256 of the altered one")).toBeVisible();
  await expect(facts.getByText(/^(Key|Token|Token ID|Altered from)$/)).toHaveCount(0);
});

for (const [how, secretOf, header] of [
  ["a key in its header", (secret: string) => secret, { alg: "HS256", typ: "JWT", jwk: { kty: "oct", k: "c2Vj" } }],
  ["a line break behind the secret", (secret: string) => `${secret}\n`, undefined],
] as const) {
  test(`${how} does not hide from the alarm a token that was altered with our secret`, async ({ open, desk }) => {
    const ours = await issue(await open("issuer", "/issue"));
    const page = await open("auditor", "/decode");
    const before = events(desk.database, "token.signed_elsewhere").length;
    const forged = makeToken({ ...claimsIn(ours), roomId: "aaaa-bbbb-cccc" }, secretOf(desk.key.secret), header);
    await tokenField(page).fill(forged);
    await expect(page.getByRole("region", { name: "Verdict" })).toContainText("Whoever did that has the secret");
    await expect(async () => {
      expect(events(desk.database, "token.signed_elsewhere")).toHaveLength(before + 1);
    }).toPass();
  });
}

test("while nothing can be recorded the decoder answers all the same, and says that the look is in no log", async ({
  open,
  desk,
  watch,
}) => {
  watch.allow(/"msg":"an inspection could not be recorded"/, "the database is locked");
  const ours = await issue(await open("issuer", "/issue"));
  const page = await open("auditor", "/decode");
  const note = page.getByRole("status").filter({ hasText: "That you looked is not in the audit log." });
  const before = events(desk.database);
  const release = lock(desk.database);
  try {
    await tokenField(page).fill(ours);
    await expectVerdict(page, /^Valid, and issued here/);
    await expect(note).toContainText("It could not be recorded: the database is locked by another program.");
    // A token that concerns nobody here leaves no record anyway.
    await tokenField(page).fill(makeToken(claimsOf("another-key"), "another secret of at least 32 bytes!"));
    await expectVerdict(page, "Unknown key");
    await expect(note).toBeHidden();
  } finally {
    release();
  }
  expect(events(desk.database)).toEqual(before);
  await tokenField(page).fill(ours);
  await expectVerdict(page, /^Valid, and issued here/);
  await expect(note).toBeHidden();
  expect(events(desk.database, "token.inspected").length).toBeGreaterThan(0);
});
