/** A desk with a million tokens: every page opens, says what is true, and the next token is No. 1,000,001. How fast that is: `npm run bench -- scale`. */
import { fillLedger } from "../../bench/fill-ledger";
import { rows } from "../stage/database";
import { expectVerdict, tokenField } from "../stage/decoder";
import { expect, test } from "../stage/fixtures";
import { issue, issuedToken } from "../stage/issue-form";

const TOKENS = 1_000_000;

test("a million tokens", async ({ desk, open }) => {
  await desk.server.stop();
  const filled = fillLedger(desk.database, TOKENS);
  await desk.start();
  const page = await open("admin", "/");
  await expect(page.getByRole("table", { name: "Latest tokens" }).getByRole("row")).toHaveCount(7);
  await expect(page.getByRole("link", { name: "1,000+ tokens not expired" })).toBeVisible();

  await page.goto("/keys");
  const [key] = rows<{ count: number }>(
    desk.database,
    "SELECT count(*) AS count FROM IssuedToken WHERE keyId = ?",
    filled.keys.idle,
  );
  await expect(page.getByRole("row", { name: /^Old / })).toContainText(String(key?.count.toLocaleString("en-GB")));

  await page.goto("/issue");
  const token = await issue(page, { purpose: "The next" });
  await expect(issuedToken(page)).toContainText("No. 1,000,001");
  await page.goto("/decode");
  await tokenField(page).fill(token);
  await expectVerdict(page, "Valid, and issued here as No. 1,000,001");

  const table = page.getByRole("table", { name: "Audit events" });
  for (const [filter, says] of [
    [`q=No.+${filled.number.toLocaleString("en-GB")}`, `No. ${filled.number.toLocaleString("en-GB")}`],
    [`q=${filled.jti}`, `No. ${filled.number.toLocaleString("en-GB")}`],
    ["action=access.denied", "Denied"],
    [`room=${filled.rooms.idle}`, filled.rooms.idle],
    [`from=${filled.days.middle}&to=${filled.days.middle}&action=token.issued`, "issued a token"],
  ] as const) {
    await page.goto(`/audit?${filter}`);
    await expect(table.locator("tbody tr").first()).toContainText(says);
  }
  const [books] = rows<Record<string, number>>(
    desk.database,
    `SELECT (SELECT count(*) FROM IssuedToken) AS tokens,
       (SELECT tokenNumber FROM AuditEvent WHERE action = 'token.inspected' ORDER BY sequence DESC LIMIT 1) AS inspected`,
  );
  expect(books).toEqual({ tokens: TOKENS + 1, inspected: TOKENS + 1 });
});
