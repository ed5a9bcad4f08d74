/** The one door to the database: a reading client that cannot write, and `transaction`, through which every write goes. Refuses a database that is not as durable as a ledger must be. */
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import type { Transaction as DriverTransaction, SqlDriverAdapter } from "@prisma/driver-adapter-utils";
import { Prisma, PrismaClient } from "@/prisma/generated/client";
import { env } from "./env";

/** What a verb is given inside `transaction`. */
export type Tx = Prisma.TransactionClient;

// Another process can hold the write lock (a backup, a second start). Waiting blocks this process, so not for long.
const BUSY_TIMEOUT_MS = 1_000;
const QUEUE_TIMEOUT_MS = 10_000;

const statement = (sql: string) => ({ sql, args: [], argTypes: [] });

/**
 * The library's adapter, with two differences that promise 1 needs:
 * a transaction takes the write lock at once (BEGIN IMMEDIATE), so that it never fails half-way because of another
 * writer; and a COMMIT that fails is rolled back and lets the next one in (the library leaves the transaction open and
 * its lock held, after which every write would wait for ever).
 */
class LedgerAdapter extends PrismaBetterSqlite3 {
  override async connect(): Promise<SqlDriverAdapter> {
    const adapter = await super.connect();
    // better-sqlite3 opens WAL files with synchronous=NORMAL, which may lose an acknowledged commit in a power cut.
    await adapter.executeScript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;");
    let last = Promise.resolve();
    adapter.startTransaction = async (): Promise<DriverTransaction> => {
      const previous = last;
      let release = () => {};
      last = new Promise((resolve) => {
        release = resolve;
      });
      await previous;
      const finish = async (sql: string) => {
        try {
          await adapter.executeRaw(statement(sql));
        } catch (error) {
          // SQLite may have rolled back by itself (disk full); then there is nothing left to roll back.
          await adapter.executeRaw(statement("ROLLBACK")).catch(() => {});
          throw error;
        } finally {
          release();
        }
      };
      try {
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
        commit: () => finish("COMMIT"),
        rollback: () => finish("ROLLBACK"),
      };
    };
    return adapter;
  }
}

type Database = { reader: PrismaClient; writer: PrismaClient };

function open(): Database {
  const url = env().DATABASE_URL;
  return {
    // A connection of its own sees only what is committed, also while a transaction is under way on the other.
    reader: new PrismaClient({ adapter: new PrismaBetterSqlite3({ url, readonly: true, timeout: BUSY_TIMEOUT_MS }) }),
    writer: new PrismaClient({
      adapter: new LedgerAdapter({ url, timeout: BUSY_TIMEOUT_MS }),
      transactionOptions: { maxWait: QUEUE_TIMEOUT_MS, timeout: QUEUE_TIMEOUT_MS },
    }),
  };
}

// Next bundles this module more than once into one process, and server.ts loads it too: all share one database.
const shared = globalThis as typeof globalThis & { claimcheckDatabase?: Database };

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
export function transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return database().writer.$transaction(work);
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

/** By code, Prisma's or SQLite's: an error's text may quote anything. */
const writeFailures: [code: RegExp, reason: string][] = [
  [/^SQLITE_FULL/, "the disk is full"],
  [/^SQLITE_(READONLY|PERM)/, "the database is read-only"],
  [/^SQLITE_(BUSY|LOCKED|PROTOCOL)|^P(1008|2028)$/, "the database is locked by another program"],
  [/^SQLITE_(IOERR|CANTOPEN|CORRUPT|NOTADB)/, "the database file cannot be read or written"],
];

function writeFailure(error: unknown): string | undefined {
  const codes = codesOf(error);
  return writeFailures.find(([code]) => codes.some((each) => code.test(each)))?.[1];
}

/** Whether an error means that the database could not be written (locked, full, read-only, gone), as opposed to a bug or a broken rule. */
export function isWriteFailure(error: unknown): boolean {
  return writeFailure(error) !== undefined;
}

/** Whether a row with the same unique value is there already. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
}

/** A sentence for people on why the database could not be written. */
export function writeFailureReason(error: unknown): string {
  return writeFailure(error) ?? "the database file cannot be read or written";
}

/** The codes of an error and of what lies beneath it: Prisma wraps the driver's error, and the driver SQLite's. */
function codesOf(error: unknown): string[] {
  if (typeof error !== "object" || error === null) return [];
  const { code, originalCode, cause, meta } = error as Record<"code" | "originalCode" | "cause", unknown> & {
    meta?: { driverAdapterError?: unknown };
  };
  const own = [code, originalCode].filter((each) => typeof each === "string");
  return [...own, ...codesOf(cause), ...codesOf(meta?.driverAdapterError)];
}

/** Closes both connections; the next use opens them anew. */
export async function closeDatabase(): Promise<void> {
  const open = shared.claimcheckDatabase;
  shared.claimcheckDatabase = undefined;
  await open?.reader.$disconnect();
  await open?.writer.$disconnect();
}
