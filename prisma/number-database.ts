/** Gives a database a number of its own in its header, by which lib/database-file.ts tells another one that is copied over it under the running server. Leaves the number of one that has one. */
import { randomInt } from "node:crypto";
import Database from "better-sqlite3";

/** As many as SQLite's `user_version` takes. */
const NUMBERS = 2 ** 31;

/** @param file the database */
export function numberDatabase(file: string): void {
  const db = new Database(file, { fileMustExist: true, timeout: 2_000 });
  try {
    if (db.pragma("user_version", { simple: true }) === 0) db.pragma(`user_version = ${randomInt(1, NUMBERS)}`);
  } finally {
    db.close();
  }
}
