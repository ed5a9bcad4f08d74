/** Makes the data folder, brings the database up to date, and refuses one that it could not rely on. */
import { accessSync, chmodSync, closeSync, constants, mkdirSync, openSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { databaseFile } from "@/lib/database-file";
import { assertDurable } from "@/lib/db";
import { unopenableSecrets } from "@/lib/keys/check-keyring";
import { codeOf, messageOf } from "@/lib/thrown";
import { migrate } from "@/prisma/migrate";
import { MigrationError } from "@/prisma/migration-history";
import { numberDatabase } from "@/prisma/number-database";
import { protectBooksIn } from "@/prisma/protect-books";
import { StartError } from "./start-error";

/** Node's own way of making all of a path tries for ever where nobody can make anything, as in /proc. */
function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another start was faster; or it is a file, or a link that leads nowhere.
    if (!statSync(folder).isDirectory()) throw error;
  }
}

/** What SQLite keeps beside a database, and opens with it. */
const BESIDE = ["-journal", "-wal", "-shm"];

/** @param url `file:` and a path @throws StartError */
export async function ensureDatabase(url: string): Promise<void> {
  const file = databaseFile(url);
  try {
    makeFolder(dirname(file));
    // Opening a pipe would wait for its other end, and a device has no content to keep.
    for (const each of ["", ...BESIDE].map((ending) => file + ending)) {
      const there = statSync(each, { throwIfNoEntry: false });
      if (there && !there.isFile() && !there.isDirectory()) {
        throw new StartError(`DATABASE_URL: ${each} is a device or a pipe, which keeps nothing. Choose another place.`);
      }
    }
    accessSync(dirname(file), constants.W_OK);
    closeSync(openSync(file, "a", 0o600));
    chmodSync(file, 0o600);
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(
      `DATABASE_URL: ${file} cannot be written (${codeOf(error)}). Choose another place, or give this user the right to write there.`,
    );
  }
  const unopenable = await bringToUse(url, file).catch((error: unknown) => {
    if (error instanceof MigrationError) throw new StartError(error.message);
    throw new StartError(`DATABASE_URL: ${file} cannot be used: ${messageOf(error).trim().split("\n").at(-1)}`);
  });
  if (unopenable.length > 0) {
    throw new StartError(
      `SEALING_KEYS does not open the secret of ${unopenable.map((label) => `"${label}"`).join(", ")}. Put back the keyring that sealed it.`,
    );
  }
}

/** @returns the labels of the keys whose secret cannot be opened: the first that is read of the tables, so one that is damaged shows here */
async function bringToUse(url: string, file: string): Promise<string[]> {
  const migrated = await migrate(url);
  numberDatabase(file);
  const lost = protectBooksIn(file);
  if (lost.length > 0 && migrated.length === 0)
    console.log("The database had lost what keeps its books from being changed; it is there again.");
  await assertDurable();
  return unopenableSecrets();
}
