/**
 * Brings a database up to date with prisma/migrations, by Prisma's own schema engine compiled to WebAssembly (the CLI
 * would download a native one). It works on a copy, which takes the database's place when all went well; the database
 * as it was is kept beside it. Refuses one whose migrations are not the first of this program's own, by name and content.
 *
 *   npx tsx prisma/migrate.ts diff NAME    writes prisma/migrations/<time>_NAME/migration.sql from schema.prisma
 */
import { realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { databaseFile, whyNotToOpen } from "@/lib/database-file";
import { codeOf } from "@/lib/thrown";
import { keepBefore, removeOlder } from "./kept-before";
import { givenUp, lockAlone, migratedCopy, putInPlace } from "./migrated-copy";
import { appliedMigrations, knownMigrations, MigrationError, pendingMigrations } from "./migration-history";
import { writeMigration } from "./write-migration";

const FOLDER = join(import.meta.dirname, "migrations");

/** How long a start waits for another program to let go of the database. */
const BUSY_TIMEOUT_MS = 2_000;

/**
 * Nothing happens to the database itself until its migrated copy takes its place, by one rename: a start that fails or
 * is killed on the way leaves it as it was.
 * @param url `file:` and a path
 * @returns the names of the migrations that were applied; empty when there was nothing to do
 * @throws MigrationError when the database was overwritten under the server, does not fit the program, somebody else has it open, or a migration fails
 */
export async function migrate(url: string, folder = FOLDER): Promise<string[]> {
  const file = databaseFile(url);
  const reason = whyNotToOpen(file);
  if (reason) throw new MigrationError(reason);
  try {
    return await bringUpToDate(file, folder);
  } catch (error) {
    if (!codeOf(error)?.startsWith("SQLITE_BUSY")) throw error;
    throw new MigrationError(
      `The database has to be brought up to date, and another program has ${file} open. Stop that one, then start again.`,
    );
  }
}

async function bringUpToDate(given: string, folder: string): Promise<string[]> {
  const known = knownMigrations(folder);
  const first = new Database(given, { timeout: BUSY_TIMEOUT_MS });
  // What is kept of before lies beside the file itself, and not beside a link to it.
  const file = realpathSync(given);
  try {
    if (pendingMigrations(file, appliedMigrations(first), known).length === 0) return [];
  } finally {
    first.close();
  }
  const { ino } = statSync(file, { bigint: true });
  const db = new Database(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    lockAlone(db);
    // Another start may have put its own in place while this one waited for the lock of the old one.
    if (statSync(file, { bigint: true }).ino !== ino) return await bringUpToDate(given, folder);
    const applied = appliedMigrations(db);
    const pending = pendingMigrations(file, applied, known);
    if (!pending[0]) return [];
    const copy = await migratedCopy(db, file, folder, known, pending);
    let kept: string | undefined;
    try {
      if (applied.length > 0) kept = keepBefore(db, file, pending[0].name);
    } catch (error) {
      throw givenUp(copy, pending, error);
    }
    putInPlace(copy, file);
    if (kept) {
      removeOlder(file, kept, known);
      console.log(`Brought the database up to date. As it was before, it is kept in ${kept}.`);
    }
    return pending.map(({ name }) => name);
  } finally {
    db.close();
  }
}

if (process.argv[1] === import.meta.filename && process.argv[2] === "diff") {
  const written = await writeMigration(FOLDER, process.argv[3] ?? "change");
  console.log(written ? `Wrote ${written}` : "The migrations lead to schema.prisma; nothing to write.");
}
