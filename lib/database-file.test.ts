/** The file that was opened, with its log and its log's index, is told from any other at the same path. */

import { once } from "node:events";
import { appendFileSync, copyFileSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
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

it("a log that another program is moving into it, first page first, is waited for; a file that stays short is told", async () => {
  for (const suffix of SUFFIXES) rmSync(file + suffix);
  const database = new Database(file);
  database.pragma("journal_mode = WAL");
  database.exec("CREATE TABLE token (text)");
  database.pragma("wal_checkpoint(TRUNCATE)");
  const short = readFileSync(file);
  database.exec("INSERT INTO token VALUES (randomblob(50000))");
  database.pragma("wal_checkpoint(TRUNCATE)");
  const whole = readFileSync(file);
  const PAGE = 4096;
  const first = Buffer.concat([whole.subarray(0, PAGE), short.subarray(PAGE)]);
  writeFileSync(file, short);
  const { assertSame: check, forget } = rememberFiles(file);
  onTestFinished(() => {
    forget();
    database.close();
  });
  writeFileSync(file, first);
  expect(check).toThrow("DATABASE_REPLACED");
  const rest = `const { workerData: [file, whole], parentPort } = require("node:worker_threads");
    parentPort.postMessage("ready");
    setTimeout(() => require("node:fs").writeFileSync(file, whole), 50);`;
  const moving = new Worker(rest, { eval: true, workerData: [file, whole] });
  await once(moving, "message");
  expect(check).not.toThrow();
  await once(moving, "exit");
});
