/** The one door to the database: a reading client that cannot write, and `transaction`, through which every write goes. Refuses a database that is not as durable as a ledger must be. */
import { AsyncLocalStorage } from "node:async_hooks";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import type { Transaction as DriverTransaction, SqlDriverAdapter } from "@prisma/driver-adapter-utils";
import { type Prisma, PrismaClient } from "@/prisma/generated/client";
import { databaseFile, rememberFiles } from "./database-file";
import { env } from "./env";

/** What a verb is given inside `transaction`. */
export type Tx = Prisma.TransactionClient;

// Another process can hold the write lock (a backup, a second start). Waiting blocks this process, so not for long.
const BUSY_TIMEOUT_MS = 1_000;
const QUEUE_TIMEOUT_MS = 10_000;

const statement = (sql: string) => ({ sql, args: [], argTypes: [] });

/**
 * The library's adapter, with three differences that promise 1 needs:
 * a transaction takes the write lock at once (BEGIN IMMEDIATE), so that it never fails half-way because of another
 * writer; a COMMIT that fails is rolled back and lets the next one in (the library leaves the transaction open and
 * its lock held, after which every write would wait for ever); and nothing counts as committed unless the file that
 * holds it is still the one at its path, where the next start will look for it.
 */
class LedgerAdapter extends PrismaBetterSqlite3 {
  readonly #file: string;

  constructor(file: string) {
    super({ url: `file:${file}`, timeout: BUSY_TIMEOUT_MS });
    this.#file = file;
  }

  override async connect(): Promise<SqlDriverAdapter> {
    const adapter = await super.connect();
    // better-sqlite3 opens WAL files with synchronous=NORMAL, which may lose an acknowledged commit in a power cut.
    await adapter.executeScript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;");
    // SQLite opens the log with the first reading.
    await adapter.executeScript("SELECT 1 FROM sqlite_schema LIMIT 1");
    const assertSameFiles = rememberFiles(this.#file);
    let last = Promise.resolve();
    adapter.startTransaction = async (): Promise<DriverTransaction> => {
      const previous = last;
      let release = () => {};
      last = new Promise((resolve) => {
        release = resolve;
      });
      await previous;
      const finish = async (end: () => Promise<void>) => {
        try {
          await end();
        } catch (error) {
          // SQLite may have rolled back by itself (disk full); then there is nothing left to roll back.
          await adapter.executeRaw(statement("ROLLBACK")).catch(() => {});
          throw error;
        } finally {
          release();
        }
      };
      try {
        assertSameFiles();
        await adapter.executeRaw(statement("BEGIN IMMEDIATE"));
      } catch (error) {
        release();
        throw error;
      }
      return {
        provider: adapter.provider,
        adapterName: adapter.adapterName,
        options: { usePhantomQuery: true },
        queryRaw: (query) => adapter.queryRaw(query),
        executeRaw: (query) => adapter.executeRaw(query),
        commit: () =>
          finish(async () => {
            assertSameFiles();
            await adapter.executeRaw(statement("COMMIT"));
            // The file may have gone in between; then the commit is nowhere, and nothing may be handed out for it.
            assertSameFiles();
          }),
        rollback: () =>
          finish(async () => {
            await adapter.executeRaw(statement("ROLLBACK"));
          }),
      };
    };
    return adapter;
  }
}

type Database = { reader: PrismaClient; writer: PrismaClient };

function open(): Database {
  const file = databaseFile(env().DATABASE_URL);
  return {
    // A connection of its own sees only what is committed, also while a transaction is under way on the other.
    reader: new PrismaClient({
      adapter: new PrismaBetterSqlite3({ url: `file:${file}`, readonly: true, timeout: BUSY_TIMEOUT_MS }),
    }),
    writer: new PrismaClient({
      adapter: new LedgerAdapter(file),
      transactionOptions: { maxWait: QUEUE_TIMEOUT_MS, timeout: QUEUE_TIMEOUT_MS },
    }),
  };
}

// Next bundles this module more than once into one process, and server.ts loads it too: all share one database.
const shared = globalThis as typeof globalThis & {
  claimcheckDatabase?: Database;
  claimcheckCommits?: AsyncLocalStorage<{ committed: boolean }>;
};

function database(): Database {
  shared.claimcheckDatabase ??= open();
  return shared.claimcheckDatabase;
}

/** For reading only; a write through it fails in SQLite itself. */
export function reader(): PrismaClient {
  return database().reader;
}

/**
 * Runs `work` in one transaction, one at a time, and resolves only when it is durably committed.
 * If `work` or the commit fails, nothing of it remains.
 */
export async function transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  const result = await database().writer.$transaction(work);
  const watched = commits().getStore();
  if (watched) watched.committed = true;
  return result;
}

function commits() {
  shared.claimcheckCommits ??= new AsyncLocalStorage();
  return shared.claimcheckCommits;
}

/** Runs `work`, and can tell at any time whether one of its transactions has been committed: what failed afterwards has not undone it. */
export function watchCommits<T>(work: () => Promise<T>): { done: Promise<T>; hasCommitted: () => boolean } {
  const watched = { committed: false };
  return { done: commits().run(watched, work), hasCommitted: () => watched.committed };
}

/** Reads back what a ledger depends on. @throws Error naming the setting that is not as it must be */
export async function assertDurable(): Promise<void> {
  const { writer } = database();
  const expected = { journal_mode: "wal", synchronous: 2n, foreign_keys: 1n };
  for (const [name, value] of Object.entries(expected)) {
    const rows = await writer.$queryRawUnsafe<Record<string, unknown>[]>(`PRAGMA ${name}`);
    const actual = rows[0]?.[name];
    if (String(actual) !== String(value))
      throw new Error(`SQLite did not accept ${name} = ${value}; it is ${String(actual)}.`);
  }
}

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
    /^DATABASE_REPLACED$/,
    { reason: "the database file was replaced by another while the server was running", advice: RESTART },
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
  [/^SQLITE_(IOERR|CANTOPEN|CORRUPT|NOTADB)/, FILE_FAILS],
];

function writeFailure(error: unknown): WriteFailure | undefined {
  const codes = codesOf(error);
  return writeFailures.find(([code]) => codes.some((each) => code.test(each)))?.[1];
}

/** Whether an error means that the database could not be written (locked, full, read-only, gone), as opposed to a bug or a broken rule. */
export function isWriteFailure(error: unknown): boolean {
  return writeFailure(error) !== undefined;
}

/** Whether a row with the same unique value is there already. */
export function isUniqueViolation(error: unknown): boolean {
  return codesOf(error).includes("P2002");
}

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
    const { code, originalCode, cause, meta } = each as Record<"code" | "originalCode" | "cause", unknown> & {
      meta?: { driverAdapterError?: unknown } | null;
    };
    codes.push(...[code, originalCode].filter((one) => typeof one === "string"));
    waiting.push(cause, meta?.driverAdapterError);
  }
  return codes;
}

/** Closes both connections; the next use opens them anew. */
export async function closeDatabase(): Promise<void> {
  const open = shared.claimcheckDatabase;
  shared.claimcheckDatabase = undefined;
  await open?.reader.$disconnect();
  await open?.writer.$disconnect();
}
