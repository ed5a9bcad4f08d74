/** Compares the migrations that a database has had with those that this program knows. Refuses a database whose migrations are not the first of our own, by name and content. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type Database from "better-sqlite3";
import { codeOf } from "@/lib/thrown";
import { keptFiles } from "./kept-before";

export class MigrationError extends Error {}

export type Migration = { name: string; sql: string };
type Applied = { name: string; checksum: string; finished: boolean };

/** The migrations that this program knows, oldest first. @throws MigrationError when a folder has none */
export function knownMigrations(folder: string): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, sql: readMigration(join(folder, name, "migration.sql")) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A change of versions takes the file away, and leaves its folder where something else lies in it. */
function readMigration(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new MigrationError(
      `${file} cannot be read (${codeOf(error)}). Put it back as it was; or, where its folder is left over from another version, remove the folder.`,
    );
  }
}

/** The migrations that the database has had, in their order; empty for a new file. */
export function appliedMigrations(db: Database.Database): Applied[] {
  const exists = db.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_prisma_migrations'").get();
  if (!exists) return [];
  return db
    .prepare<[], { name: string; checksum: string; finished: number }>(
      "SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY rowid",
    )
    .all()
    .map((row) => ({ ...row, finished: row.finished === 1 }));
}

/** Prisma's: SHA-256 of the file. A checkout may have changed its line ends, which is no other content. */
function hasContent({ sql }: Migration, checksum: string): boolean {
  const unix = sql.replaceAll("\r\n", "\n");
  return [sql, unix, unix.replaceAll("\n", "\r\n")].some(
    (text) => createHash("sha256").update(text).digest("hex") === checksum,
  );
}

/** @param file where the database is, to find what was kept of before @returns the migrations that are still to come @throws MigrationError unless those that it has had are the first ones known */
export function pendingMigrations(file: string, applied: Applied[], known: Migration[]): Migration[] {
  const newest = known.at(-1)?.name ?? "";
  for (const [index, { name, checksum, finished }] of applied.entries()) {
    const own = known[index];
    if (!known.some((each) => each.name === name)) {
      throw new MigrationError(
        name > newest
          ? `The database is newer than this program: it has had the migration "${name}", which is not known here. Start the version that made it, or restore a backup.`
          : `The database has had the migration "${name}", which this program does not have. Start the version that made the database, or restore a backup that fits this one.`,
      );
    }
    if (!finished) {
      // Named for the first of several that were due together.
      const kept = keptFiles(file, known).find(
        (each) => (/\.before-(.+?)(?:\.\d+)?\.db$/.exec(each)?.[1] ?? name) <= name,
      );
      throw new MigrationError(
        kept
          ? `The migration "${name}" did not finish. Restore the backup made before it, ${kept}, then start again.`
          : `The migration "${name}" did not finish, and no copy of before it lies beside ${file}. Restore a backup of your own over it; without one, move the file away and start again with an empty database.`,
      );
    }
    if (applied.findIndex((each) => each.name === name) < index) {
      throw new MigrationError(
        `The database says that it has had the migration "${name}" twice. Restore a backup, or start the version that made the database.`,
      );
    }
    if (own?.name !== name) {
      throw new MigrationError(
        `The database has had the migration "${name}", but not "${own?.name}", which comes before it. Start the version that made the database, or restore a backup that fits this one.`,
      );
    }
    if (!hasContent(own, checksum)) {
      throw new MigrationError(
        `The migration "${name}" is not the one that the database has had: its file was changed since. Put back prisma/migrations/${name}/migration.sql as it was, or start the version that made the database.`,
      );
    }
  }
  return known.slice(applied.length);
}
