/** Which file is the database, and whether the one that was opened is still the one at its path. Refuses one that was deleted, moved or replaced under the running server: what is written into it nobody would find. */
import { statSync } from "node:fs";
import { resolve } from "node:path";

/** @param url `file:` and a path @returns the path, absolute */
export function databaseFile(url: string): string {
  return resolve(url.replace(/^file:/, ""));
}

export class DatabaseFileError extends Error {
  constructor(readonly code: "DATABASE_GONE" | "DATABASE_REPLACED") {
    super(code);
    this.name = "DatabaseFileError";
  }
}

/** SQLite's own: the database, its log with the latest commits, and the log's index, through which processes share their locks. */
const SUFFIXES = ["", "-wal", "-shm"];

/** Device and inode; undefined where there is no file. Full width: an inode may be larger than a number holds exactly. */
function identityOf(path: string): string | undefined {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found && `${found.dev}:${found.ino}`;
}

/**
 * Call it when the files are open.
 * @returns a check that costs a few microseconds, and throws DatabaseFileError unless the same files are at their paths
 */
export function rememberFiles(file: string): () => void {
  const opened = SUFFIXES.map((suffix) => {
    const path = `${file}${suffix}`;
    return { path, identity: identityOf(path) };
  });
  return () => {
    for (const { path, identity } of opened) {
      const present = identityOf(path);
      if (present === identity) continue;
      throw new DatabaseFileError(present === undefined ? "DATABASE_GONE" : "DATABASE_REPLACED");
    }
  };
}
