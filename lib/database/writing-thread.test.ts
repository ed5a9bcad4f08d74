/** The thread that writes: what goes wrong in it is told with its code, nothing after it is done, and its end lets others write. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, expect, it } from "vitest";
import { failureOf } from "@/lib/test-desk";
import { writeFailureReason } from "@/lib/write-failure";
import { WritingThread } from "./writing-thread";

const folder = mkdtempSync(join(tmpdir(), "claimcheck-thread-"));
const file = join(folder, "thread.db");

const insert = (text: string) =>
  ({ act: "run", changes: [[`INSERT INTO "Note" ("text") VALUES (?)`, [text]]] }) as const;
const notes = () => {
  const db = new Database(file);
  try {
    return db.prepare(`SELECT "text" FROM "Note"`).pluck().all();
  } finally {
    db.close();
  }
};

beforeAll(() => {
  const db = new Database(file);
  db.exec(`PRAGMA journal_mode = WAL; CREATE TABLE "Note" ("text" TEXT NOT NULL UNIQUE)`);
  db.close();
});

afterAll(() => rmSync(folder, { recursive: true }));

it("writes what it was told, and what it was told ahead once its numbers are said", async () => {
  const thread = new WritingThread({ file, timeout: 0, pragmas: [] });
  const blank = { counter: "ledger", plus: 2, before: "No. ", after: "." };
  thread.tell({ act: "hold", sql: `INSERT INTO "Note" ("text") VALUES (?)`, values: [blank] });
  await thread.ask(["BEGIN IMMEDIATE", []]);
  thread.tell(insert("first"));
  thread.tell({ act: "fill", counters: { ledger: 40 } });
  await thread.ask(["COMMIT", []]);
  await thread.end();
  expect(notes()).toEqual(["first", "No. 42."]);
});

it.each([
  ["a full disk", ["max_page_count = 1"], "x".repeat(10_000), "SQLITE_FULL", "the disk is full"],
  ["a database that is read-only", ["query_only = ON"], "x", "SQLITE_READONLY", "the database is read-only"],
  ["a rule of the database", [], "first", "SQLITE_CONSTRAINT_UNIQUE", undefined],
])("tells of %s, does nothing that follows, and leaves nothing", async (_, pragmas, text, code, reason) => {
  const before = notes();
  const thread = new WritingThread({ file, timeout: 0, pragmas });
  thread.tell({ act: "run", changes: [["BEGIN", []]] });
  thread.tell(insert(text));
  thread.tell(insert("after it"));
  const failure = await failureOf(thread.ask(["COMMIT", []]));
  await thread.end();
  expect(failure).toMatchObject({ code });
  if (reason) expect(writeFailureReason(failure)).toBe(reason);
  expect(notes()).toEqual(before);
});

it("tells of a database that it cannot open", async () => {
  const thread = new WritingThread({ file: join(folder, "nowhere.db"), timeout: 0, pragmas: [] });
  expect(await failureOf(thread.ask(["BEGIN IMMEDIATE", []]))).toMatchObject({ code: "SQLITE_CANTOPEN" });
  await thread.end();
});

it("rolls back what it had not committed when it ends, and others can write again", async () => {
  const before = notes();
  const thread = new WritingThread({ file, timeout: 0, pragmas: [] });
  await thread.ask(["BEGIN IMMEDIATE", []]);
  thread.tell(insert("never"));
  await thread.end();
  expect(notes()).toEqual(before);
  const db = new Database(file, { timeout: 0 });
  db.exec("BEGIN IMMEDIATE; COMMIT");
  db.close();
});
