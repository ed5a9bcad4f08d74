/** The data folder deleted, moved or replaced under the running server: nothing more is issued into a file that nobody will find, the page says why, and a restart mends it. */
import { spawnSync } from "node:child_process";
import { copyFileSync, cpSync, existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { events, ledger } from "../stage/database";
import type { Desk } from "../stage/desk";
import { expect, test } from "../stage/fixtures";
import { compose, issue, issueButton, issuedToken } from "../stage/issue-form";
import { ROOT } from "../stage/server";
import { catchAction, send } from "../stage/server-action";

// What is promised here must never fail once.
test.describe.configure({ retries: 0 });

const data = (desk: Desk) => join(desk.folder, "data");
const aside = (desk: Desk) => join(desk.folder, "aside");

/** Presses the button and expects the refusal, in the page and over the action; nothing may be in any answer. */
async function expectRefused(desk: Desk, page: Page, reason: string): Promise<void> {
  const action = await catchAction(page, () => issueButton(page).click());
  await expect(page.getByRole("alert").filter({ hasText: "could not be recorded" })).toHaveText(
    new RegExp(
      `This could not be recorded, so it was not done: ${reason} while the server was running\\. What you typed is kept\\. Tell whoever runs this server: the file must be put back, or the server restarted\\.`,
    ),
  );
  await expect(issuedToken(page)).toBeHidden();
  await expect(page.getByLabel("Purpose")).toHaveValue("Into nowhere");
  const answer = await send(action, { cookie: desk.cookieOf("issuer") });
  expect(answer.result?.error?.code).toBe("record_unavailable");
  expect(answer.text).not.toMatch(/eyJ/);
  // Reading goes on with what was opened.
  const reading = await page.context().newPage();
  await reading.goto("/audit");
  await expect(reading.getByRole("heading", { name: "Audit" })).toBeVisible();
  await reading.close();
}

test.beforeEach(({ watch }) => watch.allow(/"msg":"action failed"/, "the database is not where it was"));

test("moved away: refused until it is put back", async ({ desk, open }) => {
  const page = await open("issuer", "/issue");
  await issue(page, { purpose: "Before" });
  const before = { ledger: ledger(desk.database), events: events(desk.database) };
  await page.goto("/issue");
  await compose(page, { purpose: "Into nowhere" });
  renameSync(data(desk), aside(desk));
  await expectRefused(desk, page, "the database file was deleted or moved");
  expect(existsSync(desk.database)).toBe(false);
  renameSync(aside(desk), data(desk));
  expect({ ledger: ledger(desk.database), events: events(desk.database) }).toEqual(before);
  await issueButton(page).click();
  await expect(issuedToken(page)).toBeVisible();
  expect(ledger(desk.database)).toHaveLength(before.ledger.length + 1);
});

test("replaced by a copy: refused until the restart, which takes the copy as it is", async ({ desk, open }) => {
  const page = await open("issuer", "/issue");
  await issue(page, { purpose: "Before" });
  await page.goto("/issue");
  await compose(page, { purpose: "Into nowhere" });
  renameSync(data(desk), aside(desk));
  cpSync(aside(desk), data(desk), { recursive: true });
  const before = { ledger: ledger(desk.database), events: events(desk.database) };
  await expectRefused(desk, page, "the database file was replaced, or rewritten by another program,");
  expect({ ledger: ledger(desk.database), events: events(desk.database) }).toEqual(before);

  await desk.server.stop();
  // Stopping tidies up after the database that it had open, and not after the one that is there now.
  expect({ ledger: ledger(desk.database), events: events(desk.database) }).toEqual(before);
  rmSync(aside(desk), { recursive: true });
  await desk.start();
  await issueButton(page).click();
  await expect(issuedToken(page)).toContainText(`No. ${before.ledger.length + 1}`);
  expect(ledger(desk.database).at(-1)?.purpose).toBe("Into nowhere");
});

test("overwritten where it lies, by a backup: refused, and left as it is by the stop; the restart goes on with it", async ({
  desk,
  open,
  watch,
}) => {
  const page = await open("issuer", "/issue");
  await issue(page, { purpose: "In the backup" });
  const backup = spawnSync("npm", ["run", "--silent", "backup", "--prefix", ROOT, join(desk.folder, "backup.db")], {
    cwd: desk.folder,
    env: { ...process.env, DATABASE_URL: `file:${desk.database}` },
    encoding: "utf8",
  });
  expect(backup.status).toBe(0);
  const before = { ledger: ledger(desk.database), events: events(desk.database) };
  await page.goto("/issue");
  await issue(page, { purpose: "After the backup" });
  await page.goto("/issue");
  await compose(page, { purpose: "Into nowhere" });
  copyFileSync(join(desk.folder, "backup.db"), desk.database);
  await issueButton(page).click();
  await expect(page.getByRole("alert").filter({ hasText: "the database file was replaced" })).toBeVisible();

  watch.allow(/"msg":"health: the database fails"/, "it was overwritten");
  expect(await (await fetch(`${desk.address}/api/health`)).json()).toMatchObject({ ready: false });
  expect(await desk.server.stop()).toEqual({ code: 0, signal: null });
  expect(desk.server.text).toContain("is left as it was put there: remove its -wal and -shm");
  watch.allow(/^server: \S+ was overwritten while the server was running, and/, "the start says so");
  // It refuses to start before SQLite opens it, as often as somebody tries.
  await expect(desk.start()).rejects.toThrow(/was overwritten while the server was running.*remove claimcheck\.db-wal/);
  for (const suffix of ["-wal", "-shm"]) rmSync(desk.database + suffix, { force: true });
  expect({ ledger: ledger(desk.database), events: events(desk.database) }).toEqual(before);
  await desk.start();
  await issueButton(page).click();
  await expect(issuedToken(page)).toContainText(`No. ${before.ledger.length + 1}`);
  expect(ledger(desk.database).at(-1)?.purpose).toBe("Into nowhere");
});

test("deleted: refused until the restart, which begins anew", async ({ desk, open }) => {
  const page = await open("issuer", "/issue");
  await compose(page, { purpose: "Into nowhere" });
  rmSync(data(desk), { recursive: true });
  await expectRefused(desk, page, "the database file was deleted or moved");
  expect(existsSync(data(desk))).toBe(false);
  await desk.server.stop();
  await desk.start();
  expect(await desk.server.line(/^Create the first admin at /)).toContain(desk.address);
  expect(ledger(desk.database)).toEqual([]);
});
