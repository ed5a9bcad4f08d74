/** The file that was opened, with its log and its log's index, is told from any other at the same path. */

import {
  appendFileSync,
  copyFileSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, it, onTestFinished } from "vitest";
import { rememberFiles } from "./database-file";

let folder: string;
let file: string;
const SUFFIXES = ["", "-wal", "-shm"];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "claimcheck-"));
  file = join(folder, "desk.db");
  for (const suffix of SUFFIXES) writeFileSync(file + suffix, Buffer.alloc(100));
});
afterEach(() => rmSync(folder, { recursive: true }));

it("the same files, written to meanwhile, are the same", () => {
  const { assertSame: check, forget } = rememberFiles(file);
  onTestFinished(forget);
  for (const suffix of SUFFIXES) appendFileSync(file + suffix, "y");
  expect(check).not.toThrow();
});

it.each(SUFFIXES)("desk.db%s deleted, or replaced by a copy, is told", (suffix) => {
  const { assertSame: check, forget } = rememberFiles(file);
  onTestFinished(forget);
  copyFileSync(file + suffix, join(folder, "copy"));
  rmSync(file + suffix);
  expect(check).toThrow("DATABASE_GONE");
  // Its inode may be given out again at once.
  writeFileSync(join(folder, "other"), "");
  renameSync(join(folder, "copy"), file + suffix);
  expect(check).toThrow("DATABASE_REPLACED");
});

it("what the database was like earlier, copied over it, is told; its own log moved into it is not", () => {
  for (const suffix of SUFFIXES) rmSync(file + suffix);
  const database = new Database(file);
  onTestFinished(() => void database.close());
  database.pragma("journal_mode = WAL");
  database.exec("CREATE TABLE token (text)");
  database.pragma("wal_checkpoint(TRUNCATE)");
  copyFileSync(file, join(folder, "backup"));
  const { assertSame: check, forget } = rememberFiles(file);
  onTestFinished(forget);
  // By one connection: with a log the file's own count of changes stays where it is.
  database.exec("INSERT INTO token VALUES (randomblob(50000))");
  database.pragma("wal_checkpoint(TRUNCATE)");
  expect(check).not.toThrow();
  copyFileSync(join(folder, "backup"), file);
  expect(check).toThrow("DATABASE_REPLACED");
});

/** Grown by a page that is then written again. */
function openGrown(): Database.Database {
  for (const suffix of SUFFIXES) rmSync(file + suffix);
  const database = new Database(file);
  database.pragma("journal_mode = WAL");
  database.exec("CREATE TABLE token (text)");
  database.pragma("wal_checkpoint(TRUNCATE)");
  return database;
}

it("a log that is moved into it while somebody reads an earlier state is no other file, though it is shorter than its first page says", () => {
  const database = openGrown();
  const { assertSame: check, forget } = rememberFiles(file);
  const insert = database.prepare("INSERT INTO token VALUES (randomblob(?))");
  insert.run(50_000);
  // As a backup does, for as long as it takes.
  const reader = new Database(file, { readonly: true });
  onTestFinished(() => {
    forget();
    reader.close();
    database.close();
  });
  reader.exec("BEGIN; SELECT count(*) FROM token");
  reader.prepare("SELECT count(*) FROM token").get();
  // In place: of the same length, so that the file's last page is in the log again, and its first is not.
  database.exec("UPDATE token SET text = randomblob(50000)");
  database.pragma("wal_checkpoint(PASSIVE)");
  const bytes = readFileSync(file);
  expect(bytes.readUInt32BE(28) * 4096).toBeGreaterThan(bytes.length);
  expect(check).not.toThrow();
  reader.exec("COMMIT");
  database.pragma("wal_checkpoint(TRUNCATE)");
  expect(check).not.toThrow();
});

it("a file that has become shorter is told", () => {
  const database = openGrown();
  database.exec("INSERT INTO token VALUES (randomblob(50000))");
  database.pragma("wal_checkpoint(TRUNCATE)");
  const { assertSame: check, forget } = rememberFiles(file);
  onTestFinished(() => {
    forget();
    database.close();
  });
  truncateSync(file, 8192);
  expect(check).toThrow("DATABASE_REPLACED");
});
