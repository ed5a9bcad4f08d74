/** A full disk and a read-only database under the running server: nothing is issued, the page says why and keeps what was typed, and it goes on once the disk does. */
import { spawnSync } from "node:child_process";
import { closeSync, cpSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import Database from "better-sqlite3";
import { databaseIn, events, ledger } from "../stage/database";
import { expect, test } from "../stage/fixtures";
import { compose, issue, issueButton, issuedToken } from "../stage/issue-form";
import { catchAction, send } from "../stage/server-action";

// What is promised here must never fail once.
test.describe.configure({ retries: 0 });

const refusal = (page: Page) => page.getByRole("alert").filter({ hasText: "could not be recorded" });

const books = (file: string) => ({ ledger: ledger(file), events: events(file) });

/** What the books on a disk of another process say. SQLite would look for them on ours: it reads a copy. */
function booksOf(disk: string): ReturnType<typeof books> {
  const copy = mkdtempSync(join(tmpdir(), "claimcheck-copy-"));
  try {
    cpSync(join(disk, "data"), join(copy, "data"), { recursive: true, filter: (path) => !path.endsWith("/fill") });
    return books(databaseIn(copy));
  } finally {
    rmSync(copy, { recursive: true });
  }
}

/** Writes zeros until there is no room left. */
function fill(file: string): void {
  const handle = openSync(file, "w");
  try {
    for (;;) writeSync(handle, Buffer.alloc(4096));
  } catch (error) {
    expect((error as NodeJS.ErrnoException).code).toBe("ENOSPC");
  } finally {
    closeSync(handle);
  }
}

/** A user's own namespace, in which a small disk can be mounted over `data`; the process that runs in it stays the one that was started. */
const SMALL_DISK = `set -- unshare --user --map-root-user --mount sh -c '
  cp -a data seed && mount -t tmpfs -o size=4m none data && cp -a seed/. data && rm -r seed && exec "$@"
' sh "$@"`;

test("a full disk: nothing is issued, and the same form is issued once there is room", async ({
  desks,
  folder,
  start,
  visit,
  watch,
}) => {
  const may = spawnSync("unshare", ["--user", "--map-root-user", "--mount", "true"]).status === 0;
  test.skip(!may, "this system lets nobody mount a disk of their own (no unshare with a user namespace)");
  watch.allow(/"msg":"action failed"/, "the disk is full");
  desks.prepared.copyTo(folder);
  const server = await start(folder, {}, SMALL_DISK);
  const disk = join("/proc", String(server.pid), "root", folder);
  const page = await visit(`${server.address}/issue`, desks.prepared.sessions.issuer);
  await issue(page, { purpose: "Before" });
  const before = booksOf(disk);
  expect(before.ledger).toHaveLength(1);

  fill(join(disk, "data/fill"));
  await compose(page, { purpose: "Onto a full disk" });
  await issueButton(page).click();
  await expect(refusal(page)).toHaveText(
    /This could not be recorded, so it was not done: the disk is full\. What you typed is kept\. /,
  );
  await expect(page.getByLabel("Purpose")).toHaveValue("Onto a full disk");
  // Looking goes on.
  const reading = await page.context().newPage();
  await reading.goto("/audit");
  await expect(reading.getByRole("row", { name: /issued a token/ })).toContainText("No. 1");
  expect(booksOf(disk)).toEqual(before);

  rmSync(join(disk, "data/fill"));
  await issueButton(page).click();
  await expect(issuedToken(page)).toContainText("No. 2");
  await expect(refusal(page)).toBeHidden();
  expect(booksOf(disk).ledger.map(({ purpose }) => purpose)).toEqual(["Before", "Onto a full disk"]);
});

/** In a file's header: how it may be written to. A number that SQLite does not know says that it may only be read. */
const WRITE_VERSION_AT = 18;
const WRITE_AHEAD_LOG = 2;
const OF_THE_FUTURE = 3;

function setWriteVersion(file: string, version: number): void {
  const handle = openSync(file, "r+");
  writeSync(handle, Buffer.of(version), 0, 1, WRITE_VERSION_AT);
  closeSync(handle);
  // Whoever has it open reads its header anew once the log is another.
  const database = new Database(file);
  database.pragma("wal_checkpoint(TRUNCATE)");
  database.close();
}

test("a read-only database: nothing is issued, and the same form is issued once it can be written", async ({
  desk,
  open,
  watch,
}) => {
  watch.allow(/"msg":"(action|export) failed"/, "the database is read-only");
  watch.allow(/status of 503/, "nor is an export recorded");
  const page = await open("issuer", "/issue");
  await issue(page, { purpose: "Before" });
  const before = books(desk.database);
  setWriteVersion(desk.database, OF_THE_FUTURE);
  await compose(page, { purpose: "Into what may only be read" });
  const action = await catchAction(page, () => issueButton(page).click());
  await expect(refusal(page)).toHaveText(
    /This could not be recorded, so it was not done: the database is read-only\. What you typed is kept\. /,
  );
  await expect(page.getByLabel("Purpose")).toHaveValue("Into what may only be read");
  const answer = await send(action, { cookie: desk.cookieOf("issuer") });
  expect(answer.result?.error?.code).toBe("record_unavailable");
  expect(answer.text).not.toMatch(/eyJ/);
  const reading = await page.context().newPage();
  await reading.goto("/audit");
  await expect(reading.getByRole("row", { name: /issued a token/ })).toContainText("No. 1");
  // It asks for news, also while the server is stopped below.
  await reading.close();
  // What is taken along has its record, too; and whoever leaves is out, at least here.
  const leaving = await open("auditor", "/audit");
  await leaving.getByRole("button", { name: "Export…" }).click();
  await leaving
    .getByRole("dialog")
    .getByRole("button", { name: /^Export/ })
    .click();
  await expect(leaving.getByRole("dialog")).toContainText("nothing was exported: the database is read-only.");
  await leaving.keyboard.press("Escape");
  await leaving.getByRole("button", { name: /Account of/ }).click();
  await leaving.getByRole("button", { name: "Sign out" }).click();
  await expect(leaving).toHaveURL(/\/sign-in\?session=open$/);
  await expect(leaving.getByText("The server could not record it")).toBeVisible();
  await leaving.goto("/audit");
  await expect(leaving).toHaveURL(/\/sign-in\?next=/);
  expect(books(desk.database)).toEqual(before);

  // Whoever has seen such a header believes it until the file is opened anew.
  await desk.server.stop();
  setWriteVersion(desk.database, WRITE_AHEAD_LOG);
  await desk.start();
  await issueButton(page).click();
  await expect(issuedToken(page)).toContainText("No. 2");
  expect(ledger(desk.database).at(-1)?.purpose).toBe("Into what may only be read");
});
