/** Which file is the database, and whether the one that was opened is still the one at its path. Refuses one that was deleted, moved, replaced or overwritten under the running server: what is written into it nobody would find. */
import { closeSync, openSync, readSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, resolve } from "node:path";

/**
 * A blank or a carriage return at its end, as files of settings from Windows have it, goes: the driver leaves it out,
 * and with it this would be another file than the one that is open.
 * @param url `file:` and a path
 * @returns the path, absolute
 */
export function databaseFile(url: string): string {
  return resolve(url.replace(/^file:/, "").trim());
}

/** Code of the cause where it was found after a commit: what was committed is in the file that was open, and there again once that is put back. */
export const COMMITTED = "COMMITTED";

export class DatabaseFileError extends Error {
  constructor(
    /** The last one is found before a reading: nothing was to be recorded. */
    readonly code: "DATABASE_GONE" | "DATABASE_REPLACED" | "DATABASE_UNREADABLE",
    options?: ErrorOptions,
  ) {
    super(code, options);
    this.name = "DatabaseFileError";
  }
}

/** SQLite's own: the database, its log with the latest commits, and the log's index, through which processes share their locks. */
const SUFFIXES = ["", "-wal", "-shm"];

const markOf = (file: string) => `${file}-overwritten`;

/** SQLite keeps its log beside the file itself, and not beside a link to it. */
const itself = (file: string) => (look(file) ? realpathSync(file) : file);

/** An empty one holds nothing that would get into another database. */
const hasLog = (file: string) => (look(`${file}-wal`)?.size ?? 0) > 0;

/** Once all is closed of a database that another was copied over: what opens it next would read the log that lies beside it into that one. */
export function markOverwritten(given: string): void {
  try {
    const file = itself(given);
    if (hasLog(file)) writeFileSync(markOf(file), "");
  } catch {
    // Where no mark can be made, the process must end all the same; what it logs says as much.
  }
}

/** Before SQLite opens it, which may change it. @returns why it must not be opened, and what to do; undefined: it may */
export function whyNotToOpen(given: string): string | undefined {
  const file = itself(given);
  if (!look(markOf(file))) return undefined;
  if (hasLog(file)) {
    const name = basename(file);
    return `${file} was overwritten while the server was running, and ${name}-wal is the log of the database that was there before. To start with what lies there now, remove ${name}-wal and ${name}-shm. If it was SQLite's own .restore, remove ${name}-overwritten instead.`;
  }
  rmSync(markOf(file), { force: true });
  return undefined;
}

type Seen = {
  /** Device and inode. */
  identity: string;
  /** Differs once anything was written; a clock that is set back does not hide it. */
  written: string;
  size: number;
};

/** Undefined where there is no file. Full width: an inode may be larger than a number holds exactly. */
function look(path: string): Seen | undefined {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return (
    found && {
      identity: `${found.dev}:${found.ino}`,
      written: `${found.ctimeNs}:${found.size}`,
      size: Number(found.size),
    }
  );
}

type Header = {
  /** What never changes while a database is in use: its name, page size and journal, and its own number. */
  fixed: string;
  /** Never shrinks; with a log it stays for as long as one connection writes. */
  changes: number;
  /** Bytes that its pages take: a database that is used gives one back to who tidies it up alone. */
  size: number;
};

/** Source: SQLite, "Database File Format", section 1.3. Byte 18, which says who may write, is for SQLite to refuse. */
function readHeader(handle: number): Header {
  const bytes = Buffer.alloc(100);
  readSync(handle, bytes, 0, bytes.length, 0);
  const [name, journal, number] = [bytes.subarray(0, 18), bytes.subarray(19, 24), bytes.subarray(60, 64)];
  const pageSize = bytes.readUInt16BE(16);
  return {
    fixed: Buffer.concat([name, journal, number]).toString("latin1"),
    changes: bytes.readUInt32BE(24),
    // 1 stands for 65,536, which two bytes do not hold.
    size: bytes.readUInt32BE(28) * (pageSize === 1 ? 65_536 : pageSize),
  };
}

export type RememberedFiles = {
  /**
   * Costs a few microseconds. Whoever copies another database over the file leaves its inode as it was: told, too.
   * @throws DatabaseFileError unless the same files are at their paths and the database in them is the same
   */
  assertSame(): void;
  /** The same after a commit, with {@link COMMITTED} for its cause. */
  assertSameAfterCommit(): void;
  /**
   * For who reads: of one that was moved or deleted the whole is still open; of one that another was copied over, what is
   * read is in part of the one and in part of the other.
   * @throws DatabaseFileError where another database lies in the file that was opened
   */
  assertNotOverwritten(): void;
  isOverwritten(): boolean;
  /** Once the database is closed. */
  forget(): void;
};

/** Call it when the files are open. */
export function rememberFiles(file: string): RememberedFiles {
  const opened = SUFFIXES.map((suffix) => {
    const path = `${file}${suffix}`;
    return { path, identity: look(path)?.identity };
  });
  // Open as long as the database is: POSIX drops all locks that this process has on a file when it closes any handle of
  // it, SQLite's too, and the next program that reads the database would take the log away from under the server.
  const handle = openSync(file, "r");
  let header = readHeader(handle);
  let last = look(file);

  /**
   * `shorter`: it was tidied up by another program, through SQLite, which counts that as a change; or such a copy was put
   * there. `other`: another database, or an earlier state.
   */
  function compareContent(seen: Seen): "same" | "shorter" | "other" {
    // SQLite moves its log into the file once in a thousand pages; meanwhile nobody writes there.
    if (seen.written === last?.written) return "same";
    const present = readHeader(handle);
    // Not than its first page says: that is moved first, and the last one later than what somebody else still reads.
    const isShorter = present.size < header.size || seen.size < (last?.size ?? 0);
    if (present.fixed !== header.fixed || present.changes < header.changes) return "other";
    if (isShorter) return present.changes > header.changes ? "shorter" : "other";
    header = present;
    last = seen;
    return "same";
  }

  function assertSame(): void {
    for (const { path, identity } of opened) {
      const present = look(path);
      if (present?.identity !== identity)
        throw new DatabaseFileError(present === undefined ? "DATABASE_GONE" : "DATABASE_REPLACED");
      // One that is shorter may be either: nothing is written into it.
      if (path === file && present && compareContent(present) !== "same")
        throw new DatabaseFileError("DATABASE_REPLACED");
    }
  }

  function assertNotOverwritten(): void {
    const present = look(file);
    if (present && present.identity === opened[0]?.identity && compareContent(present) === "other")
      throw new DatabaseFileError("DATABASE_UNREADABLE");
  }

  return {
    assertSame,
    assertNotOverwritten,
    isOverwritten() {
      try {
        assertNotOverwritten();
        return false;
      } catch (error) {
        // What cannot be looked at is closed as ever.
        return error instanceof DatabaseFileError;
      }
    },
    assertSameAfterCommit() {
      try {
        assertSame();
      } catch (error) {
        throw error instanceof DatabaseFileError
          ? new DatabaseFileError(error.code, { cause: { code: COMMITTED } })
          : error;
      }
    },
    forget: () => closeSync(handle),
  };
}
