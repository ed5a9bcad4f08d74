/** kill -9 while tokens are issued in parallel: kills the server at seeded moments, starts it again, and looks after each kill and each start whether every token that was handed out is in the books, whole and once. */
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, type Page } from "@playwright/test";
import { events, ledger, rows } from "./database";
import type { Desk } from "./desk";
import { compose, issueButton, issuedToken } from "./issue-form";
import { type ActionRequest, catchAction, send } from "./server-action";

type Handed = { token: string; number: number };

/** Issues until the server is gone. A socket of the one before may fail the first request to the next. */
async function issueUntilKilled(
  action: ActionRequest,
  cookie: string,
  handed: Handed[],
  isKilled: () => boolean,
): Promise<void> {
  const [form] = action.arguments as [Record<string, unknown>];
  for (;;) {
    const body = [{ ...form, jti: crypto.randomUUID() }];
    const answer = await send(action, { cookie, body }).catch(() => undefined);
    if (!answer && isKilled()) return;
    if (!answer) await sleep(5);
    else if (answer.result?.ok) handed.push(answer.result.data as Handed);
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
    { name: "batch", value: 0 },
    { name: "ledger", value: issued.length },
  ]);
  expect(rows(desk.database, "SELECT issuedTokens FROM SigningKey")).toEqual([{ issuedTokens: issued.length }]);
  expect(rows(desk.database, "SELECT min(firstSequence) AS first, max(lastSequence) AS last FROM AuditDay")).toEqual([
    { first: 1, last: recorded.length },
  ]);
  for (const column of ["jti", "sha256"] as const)
    expect(new Set(issued.map((row) => row[column])).size).toBe(issued.length);
  // One event for each row, about the same token, and the other way round.
  const identity = (row: { number?: number; tokenNumber?: number | null; jti: string | null; sha256: string | null }) =>
    `${row.number ?? row.tokenNumber} ${row.jti} ${row.sha256}`;
  expect(recorded.filter(({ action }) => action === "token.issued").map(identity)).toEqual(issued.map(identity));
  const byNumber = new Map(issued.map((row) => [row.number, row.sha256]));
  const missing = handed.filter(
    ({ token, number }) => byNumber.get(number) !== createHash("sha256").update(token).digest("hex"),
  );
  expect(missing).toEqual([]);
  expect(new Set(handed.map(({ number }) => number)).size).toBe(handed.length);
  expect(rows(desk.database, "PRAGMA integrity_check")).toEqual([{ integrity_check: "ok" }]);
}

/**
 * @param page the issuer's, at `/issue`; it is closed
 * @returns how many tokens were answered, and how many the ledger holds
 */
export async function issueThroughKills(
  desk: Desk,
  page: Page,
  { kills, connections }: { kills: number; connections: number },
): Promise<{ answered: number; entered: number }> {
  // Decides at which moments the server dies; setting it repeats a run.
  const seed = process.env.KILL_SEED ?? crypto.randomUUID();
  console.log(`KILL_SEED=${seed}`);
  await compose(page, { purpose: "Before the kill" });
  const action = await catchAction(page, () => issueButton(page).click());
  await expect(issuedToken(page)).toBeVisible();
  await page.context().close();
  const cookie = desk.cookieOf("issuer");

  const handed: Handed[] = [];
  for (let kill = 1; kill <= kills; kill++) {
    const before = handed.length;
    let killed = false;
    const isKilled = () => killed;
    const issuers = Array.from({ length: connections }, () => issueUntilKilled(action, cookie, handed, isKilled));
    // At another moment of the work each time: so many answers, and then so many milliseconds into the next commits.
    const [answers = 0, milliseconds = 0] = createHash("sha256").update(`${seed} ${kill}`).digest();
    const enough = before + 5 + (answers % 30);
    await expect.poll(() => handed.length, { intervals: [1] }).toBeGreaterThanOrEqual(enough);
    await sleep(milliseconds % 25);
    killed = true;
    await desk.server.kill();
    await Promise.all(issuers);
    expectConsistent(desk, handed);
    await desk.start();
    expectConsistent(desk, handed);
  }

  const [form] = action.arguments as [Record<string, unknown>];
  const next = await send(action, { cookie, body: [{ ...form, jti: crypto.randomUUID() }] });
  const entered = ledger(desk.database).length;
  expect((next.result?.data as Handed | undefined)?.number).toBe(entered);
  return { answered: handed.length, entered };
}
