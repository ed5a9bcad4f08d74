/** kill -9 while tokens are issued in parallel: after the restart every token that was handed out is in the ledger and in the audit log, numbers have no gaps, and nothing is half there. Fifty kills: e2e/long/kills.spec.ts. */
import { test } from "./stage/fixtures";
import { byTheApi, byTheForm, issueThroughKills } from "./stage/kill-rounds";

// What is promised here must never fail once.
test.describe.configure({ retries: 0, timeout: 300_000 });

test("no token without a record, however suddenly the server dies", async ({ desk, open }) => {
  await issueThroughKills(desk, await byTheForm(desk, await open("issuer", "/issue")), { kills: 3, connections: 8 });
  await issueThroughKills(desk, byTheApi(desk), { kills: 1, connections: 8 });
});
