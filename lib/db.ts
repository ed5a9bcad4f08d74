/** The one door to the database: a reading client that cannot write, and two ways to write, one at a time: `transaction`, and `preparedTransaction` for what must be fast. Refuses a database that is not as durable as a ledger must be. */
import { AsyncLocalStorage } from "node:async_hooks";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import type { Transaction as DriverTransaction, SqlDriverAdapter } from "@prisma/driver-adapter-utils";
import type { Database as Connection, Statement } from "better-sqlite3";
import { type Prisma, PrismaClient } from "@/prisma/generated/client";
import { databaseFile, rememberFiles } from "./database-file";
import { env } from "./env";

/** What a verb is given inside `transaction`. */
export type Tx = Prisma.TransactionClient;

// Another process can hold the write lock (a backup, a second start). Waiting blocks this process, so not for long.
const BUSY_TIMEOUT_MS = 1_000;
const QUEUE_TIMEOUT_MS = 10_000;

const statement = (sql: string) => ({ sql, args: [], argTypes: [] });

/** Lets writers in one at a time, in the order in which they came. */
class Turnstile {
  #last = Promise.resolve();

  /** @returns lets the next one in */
  async enter(): Promise<() => void> {
    const previous = this.#last;
    let release = () => {};
    this.#last = new Promise((resolve) => {
      release = resolve;
    });
    await previous;
    return release;
  }
}

type Value = string | number | bigint | null | Date | Buffer;

/** Prepared once and kept: what differs from one use to the next is bound. */
export type Statements = {
  /** @returns the rows of a SELECT, or of a RETURNING */
  rows<Row>(sql: string, ...values: Value[]): Row[];
  /** One statement, however many rows; each has the columns of the first. */
  insert(table: string, rows: readonly Record<string, Value>[]): void;
};

/** `?, ?, ?` */
export const placeholders = (count: number) => Array(count).fill("?").join(", ");

/** As Prisma writes an instant. */
const bound = (value: Value) => (value instanceof Date ? value.toISOString().replace("Z", "+00:00") : value);

/** The connection that Prisma's transactions use, for those that need none of what Prisma does. */
class WritingConnection implements Statements {
  readonly #client: Connection;
  readonly #turnstile: Turnstile;
  readonly #assertSameFiles: () => void;
  readonly #prepared = new Map<string, Statement>();

  constructor(client: Connection, turnstile: Turnstile, assertSameFiles: () => void) {
    this.#client = client;
    this.#turnstile = turnstile;
    this.#assertSameFiles = assertSameFiles;
  }

  #prepare(sql: string): Statement {
    // Prisma reads every integer as a BigInt; none of ours outgrows a number.
    const statement = this.#prepared.get(sql) ?? this.#client.prepare(sql).safeIntegers(false);
    this.#prepared.set(sql, statement);
    return statement;
  }

  rows<Row>(sql: string, ...values: Value[]): Row[] {
    return this.#prepare(sql).all(...values.map(bound)) as Row[];
  }

  insert(table: string, rows: readonly Record<string, Value>[]): void {
    const columns = Object.keys(rows[0] ?? {});
    const row = `(${placeholders(columns.length)})`;
    const names = columns.map((column) => `"${column}"`).join(", ");
    this.#prepare(`INSERT INTO "${table}" (${names}) VALUES ${rows.map(() => row).join(", ")}`).run(
      ...rows.flatMap((each) => columns.map((column) => bound(each[column] ?? null))),
    );
  }

  async transaction<T>(work: (statements: Statements) => T): Promise<T> {
    const release = await this.#turnstile.enter();
    try {
      this.#assertSameFiles();
      this.#prepare("BEGIN IMMEDIATE").run();
      const result = work(this);
      this.#assertSameFiles();
      this.#prepare("COMMIT").run();
      // The file may have gone in between; then the commit is nowhere, and nothing may be handed out for it.
      this.#assertSameFiles();
      return result;
    } finally {
      // SQLite may have rolled back by itself (disk full).
      if (this.#client.inTransaction) this.#prepare("ROLLBACK").run();
      release();
    }
  }
}

/**
 * The library's adapter, with three differences that promise 1 needs:
 * a transaction takes the write lock at once (BEGIN IMMEDIATE), so that it never fails half-way because of another
 * writer; a COMMIT that fails is rolled back and lets the next one in (the library leaves the transaction open and
 * its lock held, after which every write would wait for ever); and nothing counts as committed unless the file that
 * holds it is still the one at its path, where the next start will look for it.
 */
class LedgerAdapter extends PrismaBetterSqlite3 {
  readonly #file: string;
  /** What the client writes through, once it is connected. */
  connection: WritingConnection | undefined;

  constructor(file: string) {
    super({ url: `file:${file}`, timeout: BUSY_TIMEOUT_MS });
    this.#file = file;
  }

  override async connect(): Promise<SqlDriverAdapter> {
    const adapter = await super.connect();
    // better-sqlite3 opens WAL files with synchronous=NORMAL, which may lose an acknowledged commit in a power cut.
    await adapter.executeScript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;");
    // Or REPLACE would delete a row of the books without asking its trigger: prisma/protect-books.ts.
    await adapter.executeScript("PRAGMA recursive_triggers = ON");
    // SQLite opens the log with the first reading.
    await adapter.executeScript("SELECT 1 FROM sqlite_schema LIMIT 1");
    const assertSameFiles = rememberFiles(this.#file);
    const turnstile = new Turnstile();
    // The library keeps it to itself. A second connection would wait for this one's lock, and block the process meanwhile.
    const { client } = adapter as SqlDriverAdapter & { client: Connection };
    this.connection = new WritingConnection(client, turnstile, assertSameFiles);
    adapter.startTransaction = async (): Promise<DriverTransaction> => {
      const release = await turnstile.enter();
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

type Database = { reader: PrismaClient; writer: PrismaClient; adapter: LedgerAdapter };

function open(): Database {
  const file = databaseFile(env().DATABASE_URL);
  const adapter = new LedgerAdapter(file);
  return {
    adapter,
    // A connection of its own sees only what is committed, also while a transaction is under way on the other.
    reader: new PrismaClient({
      adapter: new PrismaBetterSqlite3({ url: `file:${file}`, readonly: true, timeout: BUSY_TIMEOUT_MS }),
    }),
    writer: new PrismaClient({
      adapter,
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
  noteCommit();
  return result;
}

/**
 * Like `transaction`, with prepared statements instead of Prisma's client: `work` does all of it at once, without
 * waiting for anything. For issuing alone, where Prisma's statements would take ten times as long.
 */
export async function preparedTransaction<T>(work: (statements: Statements) => T): Promise<T> {
  const { writer, adapter } = database();
  if (!adapter.connection) await writer.$connect();
  if (!adapter.connection) throw new Error("The database's client has not connected.");
  const result = await adapter.connection.transaction(work);
  noteCommit();
  return result;
}

/** For whoever has had something committed by another's transaction. */
export function noteCommit(): void {
  const watched = commits().getStore();
  if (watched) watched.committed = true;
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
  const expected = { journal_mode: "wal", synchronous: 2n, foreign_keys: 1n, recursive_triggers: 1n };
  for (const [name, value] of Object.entries(expected)) {
    const rows = await writer.$queryRawUnsafe<Record<string, unknown>[]>(`PRAGMA ${name}`);
    const actual = rows[0]?.[name];
    if (String(actual) !== String(value))
      throw new Error(`SQLite did not accept ${name} = ${value}; it is ${String(actual)}.`);
  }
}

/** Closes both connections; the next use opens them anew. */
export async function closeDatabase(): Promise<void> {
  const open = shared.claimcheckDatabase;
  shared.claimcheckDatabase = undefined;
  await open?.reader.$disconnect();
  await open?.writer.$disconnect();
}
