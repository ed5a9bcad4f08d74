/** The copy of a database to which migrations are applied, and which takes its place. Refuses a database that somebody else has open, and leaves no copy when a migration fails. */
import { renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { messageOf } from "@/lib/thrown";
import { CopyError, copyDatabase, faultsIn, syncFolder } from "./copy-database";
import { appliedMigrations, type Migration, MigrationError, pendingMigrations } from "./migration-history";
import { applyMigrations } from "./schema-engine";

/** Takes the whole database for this connection alone, with nothing left in a log beside it. @throws an error with SQLITE_BUSY when somebody else has it */
export function lockAlone(db: Database.Database): void {
  const busy = () => Object.assign(new Error("another connection is open"), { code: "SQLITE_BUSY" });
  if (db.pragma("journal_mode = DELETE", { simple: true }) !== "delete") throw busy();
  db.pragma("locking_mode = EXCLUSIVE");
  db.exec("BEGIN EXCLUSIVE; COMMIT");
  // A server that starts may have come in between.
  if (db.pragma("journal_mode", { simple: true }) !== "delete") throw busy();
}

/** Behind what the engine says may stand where in it that happened: `at f (…)`, and frames with numbers. */
const lastLine = (error: unknown) =>
  messageOf(error)
    .trim()
    .split("\n")
    .findLast((line) => !/^\s*(?:at |with |\d+: |$)/.test(line))
    ?.replace(/\.$/, "");

function removeCopy(copy: string): void {
  for (const suffix of ["", "-journal", "-wal", "-shm"]) rmSync(copy + suffix, { force: true });
}

/** Applies the migrations to a copy. @returns the copy's path @throws MigrationError when one fails; then there is no copy */
export async function migratedCopy(
  db: Database.Database,
  file: string,
  folder: string,
  known: Migration[],
  pending: Migration[],
): Promise<string> {
  const copy = `${file}.migrating`;
  // Of a start that was killed.
  removeCopy(copy);
  try {
    // A migration may write a table anew, and its journal holds what it replaces.
    copyDatabase(db, copy, 3);
    await applyMigrations(`file:${copy}`, folder, known);
    const migrated = new Database(copy);
    try {
      const [fault] = faultsIn(migrated);
      if (fault) throw new Error(fault);
      const missing = pendingMigrations(file, appliedMigrations(migrated), known);
      if (missing[0]) throw new Error(`"${missing[0].name}" was left out`);
    } finally {
      migrated.close();
    }
    return copy;
  } catch (error) {
    throw givenUp(copy, pending, error);
  }
}

/** Removes the copy. @returns what tells that nothing happened to the database, and why */
export function givenUp(copy: string, pending: Migration[], error: unknown): MigrationError {
  removeCopy(copy);
  const names = pending.map(({ name }) => `"${name}"`).join(", ");
  return new MigrationError(
    `The database could not be brought up to date (${names}): ${
      error instanceof CopyError ? error.message : lastLine(error)
    }. It is as it was: start the version that made it, or put right what failed and start again.`,
  );
}

/** By one rename. To be called while `file` is locked: what a killed program left beside it is spent, and must not meet the new one. */
export function putInPlace(copy: string, file: string): void {
  for (const suffix of ["-journal", "-wal", "-shm"]) rmSync(file + suffix, { force: true });
  renameSync(copy, file);
  syncFolder(dirname(file));
}
