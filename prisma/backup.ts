/**
 * Copies the database into a new file while the server runs, opens the copy to check it, and says what else belongs to
 * a backup (`npm run backup [FILE]`). Never overwrites a file, and leaves none under the name that is not whole.
 */
import "./this-node";
import { existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import Database from "better-sqlite3";
import type { SealingKey } from "@/lib/env";
import { groupDigits } from "@/lib/text/group-digits";
import { codeOf, messageOf } from "@/lib/thrown";
import { CopyError, copyDatabase, faultsIn, linkIfPossible, syncFolder } from "./copy-database";
import { AS_THE_SERVER, isOutOfSight, plain } from "./shell";

export class BackupError extends Error {}

const counted = (count: number, what: string) => `${groupDigits(count)} ${what}${count === 1 ? "" : "s"}`;

type Counts = { tokens: number; events: number };

type Sealed = { id: string; sealed: string; label: string };

/** How long a copy that a killed backup has left is kept: another one may be at work on it. */
const LEFTOVER_MS = 60 * 60 * 1000;

const reasons: Record<string, string> = {
  EEXIST: "it exists, and nothing is overwritten. Choose another name",
  ENOENT: "its folder does not exist",
  ENOTDIR: "its folder is a file",
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
  EROFS: "nothing can be written there",
  ENAMETOOLONG: "its name is too long",
  ENOSPC: "the disk is full",
  SQLITE_FULL: "the disk is full",
  EIO: "the disk cannot be written",
  SQLITE_IOERR_WRITE: "the disk is full, or cannot be written",
};

/** Beside the database. In UTC, so that the names stand in the order of their time. */
export function defaultTarget(file: string, at: Date): string {
  const time = at.toISOString().replace(/\.\d+|[-:]/g, "");
  return join(dirname(file), "backups", `${basename(file).replace(/\.db$/, "")}-${time}.db`);
}

function count(db: Database.Database): Counts {
  const rows = (table: string) => db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0;
  return { tokens: rows("IssuedToken"), events: rows("AuditEvent") };
}

/** @returns how much is in it @throws BackupError unless it is whole and holds at least what `before` counts */
function check(copy: string, before: Counts): Counts {
  const db = new Database(copy, { readonly: true });
  try {
    const [fault] = faultsIn(db);
    if (fault) throw new BackupError(`Nothing was backed up: the copy is not whole (${fault}). Look after the disk.`);
    const counts = count(db);
    if (counts.tokens < before.tokens || counts.events < before.events)
      throw new BackupError("Nothing was backed up: the copy holds less than the database. Look after the disk.");
    return counts;
  } finally {
    db.close();
  }
}

/** @throws BackupError */
function confirmThere(file: string): void {
  if (isOutOfSight(file))
    throw new BackupError(`Nothing was backed up: this user may not look for ${file}. ${AS_THE_SERVER}`);
  if (!existsSync(file))
    throw new BackupError(`Nothing was backed up: there is no database at ${file}. DATABASE_URL says where it is.`);
}

function open(file: string): { db: Database.Database; before: Counts } {
  confirmThere(file);
  let db: Database.Database | undefined;
  try {
    db = new Database(file, { readonly: true, fileMustExist: true });
    return { db, before: count(db) };
  } catch (error) {
    db?.close();
    throw new BackupError(
      `Nothing was backed up: ${file} cannot be read as Claimcheck's database (${messageOf(error)}).`,
    );
  }
}

/** Gives a finished copy its name, unless there is a file of that name. */
function publish(partial: string, target: string): void {
  if (!linkIfPossible(partial, target)) {
    if (existsSync(target)) throw Object.assign(new Error("exists"), { code: "EEXIST" });
    renameSync(partial, target);
  }
  syncFolder(dirname(target));
}

function removeLeftovers(folder: string, now: number): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (/\.db\.\d+\.partial(?:-journal)?$/.test(name) && now - statSync(path).mtimeMs > LEFTOVER_MS)
      rmSync(path, { force: true });
  }
}

/**
 * @param file the database
 * @param target a file that is not there yet
 * @throws BackupError
 */
export function backUp(file: string, target: string): Counts {
  const { db, before } = open(file);
  // Until it is checked it has another name: what bears the name is whole, whenever this is killed.
  const partial = `${target}.${process.pid}.partial`;
  try {
    if (lstatSync(target, { throwIfNoEntry: false })) throw Object.assign(new Error("exists"), { code: "EEXIST" });
    removeLeftovers(dirname(target), Date.now());
    copyDatabase(db, partial);
    try {
      const counts = check(partial, before);
      publish(partial, target);
      return counts;
    } finally {
      rmSync(partial, { force: true });
    }
  } catch (error) {
    throw notBackedUp(error, target);
  } finally {
    db.close();
  }
}

function notBackedUp(error: unknown, target: string): BackupError {
  if (error instanceof BackupError) return error;
  const reason = error instanceof CopyError ? error.message : (reasons[codeOf(error) ?? ""] ?? messageOf(error));
  return new BackupError(`Nothing was backed up to ${target}: ${reason}.`);
}

/** Makes the folder of a target that nobody has named. @throws BackupError */
function makeFolderOf(target: string): void {
  const folder = dirname(target);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (codeOf(error) === "EEXIST")
      throw new BackupError(`Nothing was backed up: ${folder} is no folder. Move it away, or name a file.`);
    throw notBackedUp(error, target);
  }
}

/** @returns the labels of the keys whose secret in the copy the keyring does not open, each once */
async function unopenedIn(copy: string, keyring: readonly SealingKey[]): Promise<string[]> {
  const { open: unseal } = await import("@/lib/seal");
  const db = new Database(copy, { readonly: true });
  try {
    const rows = db
      .prepare<[], Sealed>(
        "SELECT v.id, v.sealed, k.label FROM SecretVersion v JOIN SigningKey k ON k.id = v.keyId ORDER BY k.label",
      )
      .all();
    const isClosed = ({ id, sealed }: Sealed) => {
      try {
        unseal(sealed, id, keyring);
        return false;
      } catch {
        return true;
      }
    };
    return [...new Set(rows.filter(isClosed).map(({ label }) => plain(label)))];
  } finally {
    db.close();
  }
}

/** What else belongs to the backup, as far as it is found here. */
async function sayKeyring(copy: string, inEnvironment: boolean): Promise<string> {
  const { envFile } = await import("../lib/start/load-env");
  const { SettingsError, sealingKeysIn } = await import("../lib/env");
  const file = envFile();
  const keepOther = (which: string) =>
    `Keep with it the keyring ${which}: without that one the signing secrets in it cannot be opened.`;
  if (!process.env.SEALING_KEYS)
    return `SEALING_KEYS is neither in this environment nor in ${file}. ${keepOther("that the server runs with")}`;
  const here = inEnvironment ? "in this environment" : `in ${file}`;
  try {
    const closed = await unopenedIn(copy, sealingKeysIn(process.env));
    if (closed.length > 0)
      return `SEALING_KEYS ${here} does not open the secret of ${closed.map((label) => `"${label}"`).join(", ")}. ${keepOther("that sealed it")}`;
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return `SEALING_KEYS ${here} cannot be read. ${keepOther("that the server runs with")}`;
  }
  const keyring = inEnvironment ? "SEALING_KEYS, which this environment sets" : `${file}, which holds SEALING_KEYS`;
  return `Keep ${keyring}, with it: without that keyring the signing secrets in it cannot be opened.`;
}

async function run([given, ...more]: string[]): Promise<string> {
  if (more.length > 0 || given?.startsWith("-"))
    throw new BackupError(
      "Nothing was backed up: say no more than a file's name, as in npm run backup -- data/copy.db.",
    );
  if (given && /\p{Cc}/u.test(given))
    throw new BackupError("Nothing was backed up: a line break or another control character is in the file's name.");
  const { readSettings } = await import("../lib/start/load-env");
  const { databaseUrlIn } = await import("../lib/env");
  const { databaseFile } = await import("../lib/database-file");
  const inEnvironment = Boolean(process.env.SEALING_KEYS);
  readSettings();
  const file = databaseFile(databaseUrlIn(process.env));
  const target = given ? resolve(given) : defaultTarget(file, new Date());
  confirmThere(file);
  if (!given) makeFolderOf(target);
  const { tokens, events } = backUp(file, target);
  return [
    `Backed up ${counted(tokens, "token")} and ${counted(events, "audit event")} to ${target}, and checked the copy.`,
    await sayKeyring(target, inEnvironment),
  ].join("\n");
}

if (process.argv[1] === import.meta.filename) {
  try {
    console.log(await run(process.argv.slice(2)));
  } catch (error) {
    const { StartError } = await import("../lib/start/start-error");
    const { SettingsError } = await import("../lib/env");
    const told = [BackupError, StartError, SettingsError].some((known) => error instanceof known);
    console.error(told ? messageOf(error) : error);
    process.exitCode = 1;
  }
}
