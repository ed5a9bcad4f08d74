/** kill -9 while tokens are issued in parallel: after the restart every token that was handed out is in the ledger and in the audit log, numbers have no gaps, and nothing is half there. */
import { createHash } from "node:crypto";
import { events, ledger, rows } from "./stage/database";
import type { Desk } from "./stage/desk";
import { expect, test } from "./stage/fixtures";
import { compose, issueButton, issuedToken } from "./stage/issue-form";
import { type ActionRequest, catchAction, send } from "./stage/server-action";

// What is promised here must never fail once.
test.describe.configure({ retries: 0 });

const ROUNDS = 3;
const IN_PARALLEL = 8;

type Handed = { token: string; number: number };

/** Issues until the server is gone. */
async function issueUntilKilled(action: ActionRequest, cookie: string, handed: Handed[]): Promise<void> {
  const [form] = action.arguments as [Record<string, unknown>];
  for (;;) {
    const body = [{ ...form, jti: crypto.randomUUID() }];
    const answer = await send(action, { cookie, body }).catch(() => undefined);
    if (!answer) return;
    if (answer.result?.ok) handed.push(answer.result.data as Handed);
  }
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

function expectConsistent(desk: Desk, handed: readonly Handed[]): void {
  const issued = ledger(desk.database);
  const recorded = events(desk.database);
  expect(issued.map(({ number }) => number)).toEqual(upTo(issued.length));
  expect(recorded.map(({ sequence }) => sequence)).toEqual(upTo(recorded.length));
  expect(rows(desk.database, "SELECT name, value FROM Counter ORDER BY name")).toEqual([
    { name: "audit", value: recorded.length },
    { name: "ledger", value: issued.length },
  ]);
  expect(rows(desk.database, "SELECT issuedTokens FROM SigningKey")).toEqual([{ issuedTokens: issued.length }]);
  expect(rows(desk.database, "SELECT min(firstSequence) AS first, max(lastSequence) AS last FROM AuditDay")).toEqual([
    { first: 1, last: recorded.length },
  ]);
  // One event for each row, about the same token, and the other way round.
  const identity = (row: { number?: number; tokenNumber?: number | null; jti: string | null; sha256: string | null }) =>
    `${row.number ?? row.tokenNumber} ${row.jti} ${row.sha256}`;
  expect(recorded.filter(({ action }) => action === "token.issued").map(identity)).toEqual(issued.map(identity));
  const byNumber = new Map(issued.map((row) => [row.number, row.sha256]));
  const missing = handed.filter(
    ({ token, number }) => byNumber.get(number) !== createHash("sha256").update(token).digest("hex"),
  );
  expect(missing).toEqual([]);
  expect(rows(desk.database, "PRAGMA integrity_check")).toEqual([{ integrity_check: "ok" }]);
}

test("no token without a record, however suddenly the server dies", async ({ desk, open }) => {
  // Decides at which moments the server dies; setting it repeats a run.
  const seed = process.env.KILL_SEED ?? crypto.randomUUID();
  console.log(`KILL_SEED=${seed}`);
  const page = await open("issuer", "/issue");
  await compose(page, { purpose: "Before the kill" });
  const action = await catchAction(page, () => issueButton(page).click());
  await expect(issuedToken(page)).toBeVisible();
  await page.context().close();
  const cookie = desk.cookieOf("issuer");

  const handed: Handed[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    const before = handed.length;
    const issuers = Array.from({ length: IN_PARALLEL }, () => issueUntilKilled(action, cookie, handed));
    // At another moment of the work in each round.
    const enough = before + 5 + ((createHash("sha256").update(`${seed} ${round}`).digest()[0] ?? 0) % 30);
    await expect.poll(() => handed.length, { intervals: [1] }).toBeGreaterThanOrEqual(enough);
    await desk.server.kill();
    await Promise.all(issuers);
    expectConsistent(desk, handed);
    await desk.start();
    expectConsistent(desk, handed);
  }
  expect(new Set(handed.map(({ number }) => number)).size).toBe(handed.length);

  const [form] = action.arguments as [Record<string, unknown>];
  const next = await send(action, { cookie, body: [{ ...form, jti: crypto.randomUUID() }] });
  expect((next.result?.data as Handed | undefined)?.number).toBe(ledger(desk.database).length);
});
