/** Fifty kills at seeded moments while sixteen connections issue: none of what was answered is lost, and nothing has a gap. Kills while batches are written: each is whole or not there. And kills while passwords are changed and people join: all of it is done, or nothing. */
import { ledger } from "../stage/database";
import { expect, test } from "../stage/fixtures";
import { batchesThroughKills, byTheApi, byTheForm, changeThroughKills, issueThroughKills } from "../stage/kill-rounds";

// What is promised here must never fail once.
test.describe.configure({ retries: 0 });

test("50 kills with 16 connections lose no token and leave no gap", async ({ desk, open }) => {
  const issue = await byTheForm(desk, await open("issuer", "/issue"));
  const { answered, entered } = await issueThroughKills(desk, issue, { kills: 50, connections: 16 });
  expect(answered).toBeGreaterThan(50 * 5);
  console.log(`50 kills: ${answered} tokens answered, ${entered} in the ledger.`);
});

test("50 kills while 16 programs ask the API lose no token and leave no gap", async ({ desk }) => {
  const before = ledger(desk.database).length;
  const { answered, entered } = await issueThroughKills(desk, byTheApi(desk), { kills: 50, connections: 16 });
  expect(answered).toBeGreaterThan(50 * 5);
  console.log(`50 kills: ${answered} tokens answered, ${entered - before} in the ledger.`);
});

test("12 kills while batches of a thousand are written leave each of them whole or not there at all", async ({
  desk,
}) => {
  const { whole, none } = await batchesThroughKills(desk, { kills: 12, tokens: 1_000 });
  expect(Math.min(whole, none)).toBeGreaterThan(0);
  console.log(`12 kills: ${whole} batches whole, ${none} not there.`);
});

test("10 kills in the middle of changing passwords and of joining leave each of them done or not, and never half", async ({
  desk,
}) => {
  const { done, undone } = await changeThroughKills(desk, { kills: 10, each: 4 });
  expect(Math.min(done, undone)).toBeGreaterThan(0);
  console.log(`10 kills: ${done} done, ${undone} not.`);
});
