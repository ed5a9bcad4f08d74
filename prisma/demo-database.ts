/** Deletes and makes the demo's database file. Refuses any file that the demo did not make itself, and one that is in use. */
import { closeSync, existsSync, mkdirSync, openSync, readSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { StartError } from "@/lib/start/start-error";
import { codeOf } from "@/lib/thrown";

export const DEMO_DATABASE_URL = "file:./data/demo.db";

/** Marks a file as the demo's own, in SQLite's header ("Database File Format", §1.3.17): "demo" in ASCII. */
const APPLICATION_ID = 0x64_65_6d_6f;
const APPLICATION_ID_OFFSET = 68;

/** Leaves a marked file without tables. @throws StartError */
export function recreateDemoDatabase(file: string): void {
  if (existsSync(file)) {
    if (!isDemo(file)) {
      throw new StartError(
        `${file} was not made by the demo, so it is not replaced. Move it elsewhere, then start the demo again.`,
      );
    }
    if (isInUse(file)) throw new StartError("The demo is running already. Stop it, then start it again.");
  }
  try {
    for (const suffix of ["", "-wal", "-shm", "-journal"]) rmSync(`${file}${suffix}`, { force: true });
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const database = new Database(file);
    database.pragma(`application_id = ${APPLICATION_ID}`);
    database.close();
  } catch (error) {
    throw new StartError(`${file} cannot be written (${codeOf(error)}). Give this user the right to write there.`);
  }
}

function isDemo(file: string): boolean {
  const bytes = Buffer.alloc(4);
  const descriptor = openSync(file, "r");
  try {
    return readSync(descriptor, bytes, 0, 4, APPLICATION_ID_OFFSET) === 4 && bytes.readUInt32BE() === APPLICATION_ID;
  } finally {
    closeSync(descriptor);
  }
}

/** Leaving WAL mode takes a lock that nobody gets while another connection is open. */
function isInUse(file: string): boolean {
  const database = new Database(file, { timeout: 0 });
  try {
    return database.pragma("journal_mode = DELETE", { simple: true }) !== "delete";
  } catch (error) {
    if (codeOf(error)?.startsWith("SQLITE_BUSY")) return true;
    throw error;
  } finally {
    database.close();
  }
}
