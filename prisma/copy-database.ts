/** Copies a database into a new file that only its owner can read. Refuses to overwrite a file, and to begin where there is no room. */
import { closeSync, fsyncSync, linkSync, openSync, rmSync, statfsSync } from "node:fs";
import { dirname } from "node:path";
import type Database from "better-sqlite3";
import { codeOf } from "@/lib/thrown";

/** Beside what the copy takes: for its journal, and so that the disk is not full afterwards. */
const SPARE_BYTES = 16 * 1024 * 1024;

/** Why there is no copy, as a sentence for whoever runs the server. */
export class CopyError extends Error {}

const inMegabytes = (bytes: number) => `${Math.ceil(bytes / 1_000_000)} MB`;

/**
 * @param from an open database; others may go on writing to it
 * @param target a file that is not there yet; when this throws, it is not there either
 * @param times how many times its own size the copy may come to
 * @throws CopyError, or the error of the file system (EEXIST, EACCES, …)
 */
export function copyDatabase(from: Database.Database, target: string, times = 1): void {
  // With `simple`, a pragma gives its one number.
  const numberOf = (pragma: string) => from.pragma(pragma, { simple: true }) as number;
  const needed = numberOf("page_count") * numberOf("page_size") * times + SPARE_BYTES;
  const { bavail, bsize } = statfsSync(dirname(target));
  if (bavail * bsize < needed) {
    throw new CopyError(
      `there is no room in ${dirname(target)}: it takes ${inMegabytes(needed)}, and ${inMegabytes(bavail * bsize)} are free`,
    );
  }
  // SQLite writes into an empty file that is there, so it is nobody else's from its first byte.
  closeSync(openSync(target, "wx", 0o600));
  try {
    from.prepare("VACUUM INTO ?").run(target);
    const copy = openSync(target, "r+");
    fsyncSync(copy);
    closeSync(copy);
  } catch (error) {
    rmSync(target, { force: true });
    throw error;
  }
}

/** What file systems without hard links say: FAT, SMB and FUSE mounts, some containers' volumes. */
const WITHOUT_LINKS = ["EPERM", "ENOTSUP", "ENOSYS", "EXDEV"];

/** Gives a file a second name, unless something has that name. @returns whether the file system can @throws the error of the file system (EEXIST, EACCES, …) */
export function linkIfPossible(file: string, name: string): boolean {
  try {
    linkSync(file, name);
    return true;
  } catch (error) {
    if (WITHOUT_LINKS.includes(codeOf(error) ?? "")) return false;
    throw error;
  }
}

/** Makes the names in a folder last through a power cut. */
export function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const descriptor = openSync(folder, "r");
  fsyncSync(descriptor);
  closeSync(descriptor);
}

/** What SQLite finds wrong in a database; nothing when it is whole. */
export function faultsIn(database: Database.Database): string[] {
  // Each pragma has columns of its own, as SQLite documents them.
  const rowsOf = <Row>(pragma: string) => database.pragma(pragma) as Row[];
  const report = rowsOf<{ integrity_check: string }>("integrity_check(5)");
  const broken = rowsOf<{ table: string }>("foreign_key_check");
  return [
    ...report.map(({ integrity_check }) => integrity_check).filter((line) => line !== "ok"),
    ...broken.slice(0, 5).map(({ table }) => `a row of ${table} refers to one that is not there`),
  ];
}
