/** One process, two module graphs: a server action of Next's bundle and plain Node in the server's own process issue at once, stand in one queue, and share one commit. */
import { join } from "node:path";
import { ledger } from "../stage/database";
import { expect, test } from "../stage/fixtures";
import { compose, issueButton, issuedToken } from "../stage/issue-form";
import { ROOT, TSX } from "../stage/server";
import { catchAction, send } from "../stage/server-action";

test.use({
  deskSettings: { NODE_OPTIONS: `--import ${TSX} --import ${join(ROOT, "e2e/stage/issue-in-process.ts")}` },
});

test("what an action and plain Node issue at once is one commit", async ({ desk, open }) => {
  const page = await open("issuer", "/issue");
  await compose(page, { purpose: "Before" });
  const action = await catchAction(page, () => issueButton(page).click());
  await expect(issuedToken(page)).toBeVisible();
  await page.context().close();

  process.kill(desk.server.pid, "SIGUSR2");
  await desk.server.line(/^plain Node: waiting/);
  const [form] = action.arguments as [Record<string, unknown>];
  const body = [{ ...form, jti: crypto.randomUUID(), purpose: "By the action" }];
  const { result } = await send(action, { cookie: desk.cookieOf("issuer"), body });
  expect(result).toMatchObject({ ok: true, data: { number: 4 } });
  // Both of plain Node's and the action's together.
  expect(await desk.server.line(/^plain Node: (?!waiting)/)).toBe("plain Node: commits of 3");
  expect(ledger(desk.database).map(({ number, purpose }) => [number, purpose])).toEqual([
    [1, "Before"],
    [2, ""],
    [3, ""],
    [4, "By the action"],
  ]);
});
