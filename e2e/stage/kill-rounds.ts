/** kill -9 while tokens are issued in parallel, or passwords are changed and invitations used: kills the server at seeded moments, starts it again, and looks after each kill and each start whether everything that was answered is in the books, and all of it whole and once. */
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, type Page } from "@playwright/test";
import { verifyPassword } from "@/lib/auth/password";
import { events, ledger, rows } from "./database";
import type { Desk } from "./desk";
import { compose, issueButton, issuedToken } from "./issue-form";
import { invitation, newMember, newSession, only } from "./members";
import { addCredential } from "./programs";
import { actionNamed, catchAction, send } from "./server-action";

type Handed = { token: string; number: number };

/** Asks for one token, by whatever door. @returns undefined when it was refused @throws when the server is gone */
export type Issue = () => Promise<Handed | undefined>;

/** Issues until the server is gone. A socket of the one before may fail the first request to the next. */
async function issueUntilKilled(issue: Issue, handed: Handed[], isKilled: () => boolean): Promise<void> {
  for (;;) {
    const answer = await issue().catch(() => "gone" as const);
    if (answer === "gone" && isKilled()) return;
    if (answer === "gone") await sleep(5);
    else if (answer) handed.push(answer);
  }
}

/** By the form's action, as a member. @param page the issuer's, at `/issue`; it is closed */
export async function byTheForm(desk: Desk, page: Page): Promise<Issue> {
  await compose(page, { purpose: "Before the kill" });
  const action = await catchAction(page, () => issueButton(page).click());
  await expect(issuedToken(page)).toBeVisible();
  await page.context().close();
  const cookie = desk.cookieOf("issuer");
  // The form is the action's one argument.
  const [form] = action.arguments as [Record<string, unknown>];
  return async () => {
    const { result } = await send(action, { cookie, body: [{ ...form, jti: crypto.randomUUID() }] });
    // What issuing answers.
    return result?.ok ? (result.data as Handed) : undefined;
  };
}

/** By the API, with a credential. */
export function byTheApi(desk: Desk): Issue {
  const { headers } = addCredential(desk);
  const body = JSON.stringify({ template: "participant", purpose: "Before the kill" });
  return async () => {
    const answer = await fetch(`${desk.address}/api/v1/tokens`, {
      ...{ method: "POST", headers: { ...headers, "content-type": "application/json" }, body },
    });
    return answer.status === 201 ? answer.json() : undefined;
  };
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

function expectConsistent(desk: Desk, handed: readonly Handed[]): void {
  const issued = ledger(desk.database);
  const recorded = events(desk.database);
  expect(issued.map(({ number }) => number)).toEqual(upTo(issued.length));
  expect(recorded.map(({ sequence }) => sequence)).toEqual(upTo(recorded.length));
  const batches = rows<{ number: number; firstNumber: number; tokens: number }>(
    desk.database,
    "SELECT number, firstNumber, tokens FROM Batch ORDER BY number",
  );
  expect(batches.map(({ number }) => number)).toEqual(upTo(batches.length));
  expect(rows(desk.database, "SELECT name, value FROM Counter ORDER BY name")).toEqual([
    { name: "audit", value: recorded.length },
    ...(batches.length > 0 ? [{ name: "batch", value: batches.length }] : []),
    { name: "ledger", value: issued.length },
  ]);
  // All of a batch is there, side by side.
  expect(
    rows(
      desk.database,
      `SELECT batchNumber AS number, min(number) AS firstNumber, count(*) AS tokens FROM IssuedToken
       WHERE batchNumber IS NOT NULL GROUP BY batchNumber ORDER BY batchNumber`,
    ),
  ).toEqual(batches);
  expect(rows(desk.database, "SELECT count(*) AS count FROM EventText_docsize")).toEqual([{ count: recorded.length }]);
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

/** Decides at which moments the server dies; setting it repeats a run. */
function killSeed(): string {
  const seed = process.env.KILL_SEED ?? crypto.randomUUID();
  console.log(`KILL_SEED=${seed}`);
  return seed;
}

/** @returns how many tokens were answered, and how many the ledger holds */
export async function issueThroughKills(
  desk: Desk,
  issue: Issue,
  { kills, connections }: { kills: number; connections: number },
): Promise<{ answered: number; entered: number }> {
  const seed = killSeed();
  const handed: Handed[] = [];
  for (let kill = 1; kill <= kills; kill++) {
    const before = handed.length;
    let killed = false;
    const isKilled = () => killed;
    const issuers = Array.from({ length: connections }, () => issueUntilKilled(issue, handed, isKilled));
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

  const next = await issue();
  const entered = ledger(desk.database).length;
  expect(next?.number).toBe(entered);
  return { answered: handed.length, entered };
}

/**
 * Has a batch issued, and tokens beside it, and kills the server in the middle; then sends it once more.
 * @returns how many batches were there after the kill, and how many not
 */
export async function batchesThroughKills(
  desk: Desk,
  { kills, tokens }: { kills: number; tokens: number },
): Promise<{ whole: number; none: number }> {
  const seed = killSeed();
  const { headers } = addCredential(desk);
  const issue = byTheApi(desk);
  const participants = upTo(tokens).map((number) => ({ participantId: `guest-${number}` }));
  const body = JSON.stringify({ template: "participant", purpose: "Before the kill", rows: participants });
  const issueBatch = (id: string) =>
    fetch(`${desk.address}/api/v1/tokens`, {
      ...{ method: "POST", body },
      headers: { ...headers, "content-type": "application/json", "idempotency-key": id },
    });
  const handed: Handed[] = [];
  const told = { whole: 0, none: 0 };
  // What one takes here, with others beside it: the kills come at any moment of twice that, so that some find it whole.
  const began = performance.now();
  let measured = false;
  const beside = upTo(2).map(async () => {
    for (let one = await issue(); !measured; one = await issue()) if (one) handed.push(one);
  });
  expect((await issueBatch(crypto.randomUUID())).status).toBe(201);
  const duration = performance.now() - began;
  measured = true;
  await Promise.all(beside);
  for (let kill = 1; kill <= kills; kill++) {
    let killed = false;
    const issuers = upTo(2).map(() => issueUntilKilled(issue, handed, () => killed));
    const id = crypto.randomUUID();
    let answered = false;
    const sent = issueBatch(id).then(
      ({ status }) => {
        answered = status === 201;
      },
      () => {},
    );
    const [part = 0] = createHash("sha256").update(`${seed} ${kill}`).digest();
    await sleep((2 * duration * (kill - 1 + part / 256)) / kills);
    killed = true;
    await desk.server.kill();
    await Promise.all([sent, ...issuers]);
    expectConsistent(desk, handed);
    const isThere = rows(desk.database, "SELECT 1 FROM Batch").length === kill + 1;
    if (answered) expect(isThere).toBe(true);
    await desk.start();
    expectConsistent(desk, handed);
    // A server that has begun anew gives nobody the tokens of the one before.
    expect((await issueBatch(id)).status).toBe(isThere ? 409 : 201);
    expectConsistent(desk, handed);
    expect(rows(desk.database, "SELECT 1 FROM Batch")).toHaveLength(kill + 1);
    told[isThere ? "whole" : "none"] += 1;
  }
  return told;
}

const NEXT_PASSWORD = "seven marble kites asleep";

/** What somebody was about to do: `isDone` throws where it is neither done nor not done. */
type Act = { send: () => Promise<boolean>; isDone: () => Promise<boolean>; answered: boolean };

/** Whether the log and the sessions say the same as what was kept. */
function expectAgreed(desk: Desk, memberId: string, isDone: boolean, actions: readonly string[]): void {
  const recorded = rows<{ action: string }>(
    desk.database,
    "SELECT action FROM AuditEvent WHERE actorId = ? ORDER BY sequence",
    memberId,
  );
  expect(recorded.map(({ action }) => action)).toEqual(isDone ? actions : []);
}

const openSessions = (desk: Desk, memberId: string) =>
  rows<{ id: string }>(desk.database, "SELECT id FROM Session WHERE memberId = ? AND endedAt IS NULL", memberId);

async function changingPassword(desk: Desk): Promise<Act> {
  const { id, password } = await newMember(desk, "issuer");
  const { id: sessionId, cookie } = await newSession(desk, id);
  return {
    answered: false,
    send: async () => {
      const body = [{ current: password, password: NEXT_PASSWORD }];
      return (await send(actionNamed(desk, "changePasswordAction", "/me"), { cookie, body })).result?.ok === true;
    },
    isDone: async () => {
      const { hash } = only<{ hash: string }>(
        desk.database,
        "SELECT passwordHash AS hash FROM Member WHERE id = ?",
        id,
      );
      const opens = await Promise.all([password, NEXT_PASSWORD].map((each) => verifyPassword(hash, each)));
      expect(opens.filter(Boolean), "exactly one of the two passwords").toHaveLength(1);
      const isDone = opens[1] === true;
      expectAgreed(desk, id, isDone, ["member.password_changed"]);
      const open = openSessions(desk, id);
      expect(open).toHaveLength(1);
      expect(open[0]?.id === sessionId).toBe(!isDone);
      return isDone;
    },
  };
}

async function joining(desk: Desk): Promise<Act> {
  const { id, code } = invitation({ desk });
  return {
    answered: false,
    send: async () => {
      const body = [{ code, name: `Robin ${crypto.randomUUID()}`, password: NEXT_PASSWORD }];
      const { headers } = await send(actionNamed(desk, "joinTeamAction", "/join"), { body });
      return headers.get("x-action-redirect") !== null;
    },
    isDone: async () => {
      const { email, usedAt } = only<{ email: string; usedAt: number | null }>(
        desk.database,
        "SELECT email, usedAt FROM Invitation WHERE id = ?",
        id,
      );
      const joined = rows<{ id: string; hash: string }>(
        desk.database,
        "SELECT id, passwordHash AS hash FROM Member WHERE email = ?",
        email,
      );
      expect(joined).toHaveLength(usedAt === null ? 0 : 1);
      for (const member of joined) {
        expect(await verifyPassword(member.hash, NEXT_PASSWORD)).toBe(true);
        expectAgreed(desk, member.id, true, ["member.joined", "auth.signed_in"]);
        expect(openSessions(desk, member.id)).toHaveLength(1);
      }
      return joined.length === 1;
    },
  };
}

/** Changes passwords and lets people join, and kills the server in the middle of it. @returns how many were done, and how many not */
export async function changeThroughKills(
  desk: Desk,
  { kills, each }: { kills: number; each: number },
): Promise<{ done: number; undone: number }> {
  const seed = killSeed();
  const told = { done: 0, undone: 0 };
  for (let kill = 1; kill <= kills; kill++) {
    const acts = await Promise.all(upTo(each).flatMap(() => [changingPassword(desk), joining(desk)]));
    // Three at a time, so that on any machine the kill finds some done, some under way and some not begun.
    const waiting = [...acts];
    let killed = false;
    const sent = upTo(3).map(async () => {
      for (let act = waiting.shift(); act && !killed; act = waiting.shift())
        act.answered = await act.send().catch(() => false);
    });
    // After another answer each time, and so many milliseconds into the next commits; the last is never waited for.
    const [answers = 0, milliseconds = 0] = createHash("sha256").update(`${seed} ${kill}`).digest();
    const enough = answers % (acts.length - 1);
    await expect
      .poll(() => acts.filter(({ answered }) => answered).length, { intervals: [1] })
      .toBeGreaterThanOrEqual(enough);
    await sleep(milliseconds % 25);
    killed = true;
    await desk.server.kill();
    await Promise.all(sent);
    const before = await Promise.all(acts.map(({ isDone }) => isDone()));
    await desk.start();
    expect(await Promise.all(acts.map(({ isDone }) => isDone()))).toEqual(before);
    expect(acts.filter(({ answered }, index) => answered && !before[index])).toEqual([]);
    const sequences = events(desk.database).map(({ sequence }) => sequence);
    expect(sequences).toEqual(upTo(sequences.length));
    const done = before.filter(Boolean).length;
    told.done += done;
    told.undone += acts.length - done;
  }
  return told;
}
