/** Tells errors of a database that cannot be written (locked, full, read-only, gone) from bugs and broken rules, by code alone, and says to people what is the case and what to do. Never repeats an error's text, which may quote anything. */

import { COMMITTED } from "./database-file";

type WriteFailure = { reason: string; advice: string };

const TRY_AGAIN = "Try again; if it goes on, tell whoever runs this server.";
const RESTART = "Tell whoever runs this server: the file must be put back, or the server restarted.";
const FILE_FAILS = {
  reason: "the database file cannot be read or written",
  advice: "Look in the audit log before you try again; if it goes on, tell whoever runs this server.",
};

/** By code, ours, Prisma's or SQLite's: an error's text may quote anything. */
const writeFailures: [code: RegExp, failure: WriteFailure][] = [
  [
    /^DATABASE_GONE$/,
    { reason: "the database file was deleted or moved while the server was running", advice: RESTART },
  ],
  [
    /^DATABASE_(REPLACED|UNREADABLE)$/,
    {
      reason: "the database file was replaced, or rewritten by another program, while the server was running",
      advice: RESTART,
    },
  ],
  [/^SQLITE_FULL/, { reason: "the disk is full", advice: TRY_AGAIN }],
  [/^SQLITE_(READONLY|PERM)/, { reason: "the database is read-only", advice: TRY_AGAIN }],
  [
    /^SQLITE_(BUSY|LOCKED|PROTOCOL)|^P1008$/,
    { reason: "the database is locked by another program", advice: TRY_AGAIN },
  ],
  // Our own queue, of writes that wait for one another.
  [
    /^P2028$/,
    {
      reason: "the desk is busy, and too much is waiting to be recorded",
      advice: "Try again in a moment; if it goes on, tell whoever runs this server.",
    },
  ],
  [
    /^SQLITE_(CORRUPT|NOTADB)/,
    { reason: "the database file is damaged, or was overwritten while the server was running", advice: RESTART },
  ],
  [/^SQLITE_(IOERR|CANTOPEN)/, FILE_FAILS],
];

function writeFailure(error: unknown): WriteFailure | undefined {
  const codes = codesOf(error);
  return writeFailures.find(([code]) => codes.some((each) => code.test(each)))?.[1];
}

/** Whether an error means that the database could not be written (locked, full, read-only, gone), as opposed to a bug or a broken rule. */
export function isWriteFailure(error: unknown): boolean {
  return writeFailure(error) !== undefined;
}

/** Whether it was committed all the same, and will be there again once the file is. */
export const isCommitted = (error: unknown): boolean => codesOf(error).includes(COMMITTED);

/** Whether it could not be read, which had nothing to record. */
export const isUnreadable = (error: unknown): boolean => codesOf(error).includes("DATABASE_UNREADABLE");

/** A clause for people on why the database could not be written. */
export function writeFailureReason(error: unknown): string {
  return (writeFailure(error) ?? FILE_FAILS).reason;
}

/** A sentence for people on what to do about it. */
export function writeFailureAdvice(error: unknown): string {
  return (writeFailure(error) ?? FILE_FAILS).advice;
}

/** More than any real error wraps. A chain may be endless, or lead back to itself. */
const MAX_CAUSES = 32;

/** The codes of an error and of what lies beneath it: Prisma wraps the driver's error, and the driver SQLite's. */
function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  const seen = new Set<object>();
  const waiting = [error];
  while (waiting.length > 0 && seen.size < MAX_CAUSES) {
    const each = waiting.shift();
    if (typeof each !== "object" || each === null || seen.has(each)) continue;
    seen.add(each);
    codes.push(...[ask(each, "code"), ask(each, "originalCode")].filter((one) => typeof one === "string"));
    waiting.push(ask(each, "cause"), ask(ask(each, "meta"), "driverAdapterError"));
  }
  return codes;
}

/** What it answers is looked at, not believed; it may throw in its turn. */
function ask(thrown: unknown, name: string): unknown {
  try {
    // Anything but nothing may be asked for any name.
    return (thrown as Record<string, unknown> | null | undefined)?.[name];
  } catch {
    return undefined;
  }
}
