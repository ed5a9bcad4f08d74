/**
 * What the programs for the server's own shell have in common: the desk's settings and database, who acts, and what they
 * say. They work beside the running server and without it, bring a database of an older version up to date as a start would, and make none.
 */
import "./this-node";
import { accessSync, existsSync } from "node:fs";
import Database from "better-sqlite3";
import type { System } from "@/lib/auth/actor";
import { codeOf, messageOf } from "@/lib/thrown";

/** What a program says to whoever typed it, in a line. */
export class ShellError extends Error {}

/** Without the characters that a terminal would obey. */
export const plain = (text: string) => text.replace(/\p{C}/gu, "?");

export const AS_THE_SERVER = "Run this as the user that the server runs as.";

/** Whether this user may not look where the file would be: then nobody knows that it is not there. */
export function isOutOfSight(file: string): boolean {
  try {
    accessSync(file);
    return false;
  } catch (error) {
    return codeOf(error) === "EACCES";
  }
}

/** @throws ShellError for what is no database of a desk @throws MigrationError when it cannot be brought up to date, as while a server of that older version runs */
async function bringUpToDate(file: string): Promise<void> {
  const { appliedMigrations } = await import("./migration-history");
  const { migrate } = await import("./migrate");
  const { protectBooksIn } = await import("./protect-books");
  let known: number;
  try {
    const db = new Database(file, { fileMustExist: true });
    try {
      known = appliedMigrations(db).length;
    } finally {
      db.close();
    }
  } catch (error) {
    throw new ShellError(`${file} cannot be read as Claimcheck's database (${messageOf(error)}).`);
  }
  if (known === 0) throw new ShellError(`There is no desk in ${file} yet: start the server first.`);
  const applied = await migrate(`file:${file}`);
  if (applied.length > 0) protectBooksIn(file);
}

/** @param program as typed, for the record @returns who acts @throws ShellError, StartError, SettingsError, MigrationError */
export async function openDeskHere(program: string): Promise<System> {
  const { readSettings } = await import("@/lib/start/load-env");
  const { databaseUrlIn, env } = await import("@/lib/env");
  const { databaseFile, whyNotToOpen } = await import("@/lib/database-file");
  const { newId } = await import("@/lib/new-id");
  readSettings();
  const file = databaseFile(databaseUrlIn(process.env));
  if (isOutOfSight(file)) throw new ShellError(`This user may not look for ${file}. ${AS_THE_SERVER}`);
  if (!existsSync(file)) throw new ShellError(`There is no database at ${file}. DATABASE_URL says where it is.`);
  const reason = whyNotToOpen(file);
  if (reason) throw new ShellError(reason);
  // All that is wrong is told before anything is done.
  env();
  await bringUpToDate(file);
  return {
    kind: "system",
    origin: { via: "shell", address: "this machine", userAgent: program, requestId: newId() },
  };
}

/** @returns what to say of it in a line; undefined of a bug, which is told whole */
async function toldOf(error: unknown): Promise<string | undefined> {
  const { StartError } = await import("@/lib/start/start-error");
  const { SettingsError } = await import("@/lib/env");
  const { MigrationError } = await import("./migration-history");
  const { isAppError } = await import("@/lib/errors");
  if (
    isAppError(error) ||
    [ShellError, StartError, SettingsError, MigrationError].some((each) => error instanceof each)
  )
    return messageOf(error);
  const { isCommitted, isWriteFailure, writeFailureAdvice, writeFailureReason } = await import("@/lib/write-failure");
  if (!isWriteFailure(error)) return undefined;
  const what = isCommitted(error)
    ? "This could not be recorded to its end, and may have been done all the same"
    : "This could not be recorded, so it was not done";
  return `${what}: ${writeFailureReason(error)}. ${writeFailureAdvice(error)}`;
}

/** Prints what `work` says, or in a line why it could not, and closes the database. */
export async function runInShell(work: () => Promise<string>): Promise<void> {
  try {
    console.log(await work());
  } catch (error) {
    console.error((await toldOf(error)) ?? error);
    process.exitCode = 1;
  } finally {
    const { closeDatabase } = await import("@/lib/db");
    await closeDatabase();
  }
}
