/** The databases as they were before a migration, which stay beside the new one: names them, finds them, and clears away all but the last two. */
import { readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type Database from "better-sqlite3";
import { copyDatabase, linkIfPossible } from "./copy-database";

/** How many databases of before a migration are kept. */
const KEPT = 2;

/**
 * The databases of before a migration, newest first. One that bears no migration's name, such as `before-upgrade` or
 * `before-2026_11_28`, is somebody's own backup, and not ours to remove.
 */
export function keptFiles(file: string, migrations: readonly { name: string }[]): string[] {
  const folder = dirname(file);
  const start = `${basename(file).replace(/\.db$/, "")}.before-`;
  const names = new Set(migrations.map(({ name }) => name));
  const migrationOf = (name: string) => name.slice(start.length).replace(/(?:\.\d+)?\.db$/, "");
  return readdirSync(folder)
    .filter((name) => name.startsWith(start) && name.endsWith(".db") && names.has(migrationOf(name)))
    .map((name) => join(folder, name))
    .sort((a, b) => statSync(b).ctimeMs - statSync(a).ctimeMs);
}

/**
 * Gives the database as it is a second name, under which it stays when another takes its place; where there are no
 * links, a copy gets it.
 * @param db the same database, locked
 * @returns that name
 * @throws CopyError, or the error of the file system
 */
export function keepBefore(db: Database.Database, file: string, migration: string): string {
  const { ino } = statSync(file, { bigint: true });
  for (let number = 1; ; number++) {
    const kept = `${file.replace(/\.db$/, "")}.before-${migration}${number === 1 ? "" : `.${number}`}.db`;
    const there = statSync(kept, { bigint: true, throwIfNoEntry: false });
    // A start that was killed has named it already.
    if (there?.ino === ino) return kept;
    if (there) continue;
    if (!linkIfPossible(file, kept)) keepCopy(db, kept);
    return kept;
  }
}

/** What bears the name is whole, whenever this is killed. */
function keepCopy(db: Database.Database, kept: string): void {
  const partial = `${kept}.partial`;
  for (const suffix of ["", "-journal"]) rmSync(partial + suffix, { force: true });
  copyDatabase(db, partial);
  renameSync(partial, kept);
}

/** @param kept the newest, which stays whatever its time says */
export function removeOlder(file: string, kept: string, migrations: readonly { name: string }[]): void {
  const older = keptFiles(file, migrations).filter((each) => each !== kept);
  for (const each of older.slice(KEPT - 1)) rmSync(each);
}
