/** Instants take a quarter of the room that their text would take, in the rows and in each index. */
export const asMilliseconds = { timestampFormat: "unixepoch-ms" } as const;

/**
 * The library's adapter, with three differences that promise 1 needs:
 * a transaction takes the write lock at once (BEGIN IMMEDIATE), so that it never fails half-way because of another
 * writer; a COMMIT that fails is rolled back and lets the next one in (the library leaves the transaction open and
 * its lock held, after which every write would wait for ever); and nothing counts as committed unless the file that
 * holds it is still the one at its path, where the next start will look for it.
 */
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import type { Transaction as DriverTransaction, SqlDriverAdapter } from "@prisma/driver-adapter-utils";
import type { Database as Connection } from "better-sqlite3";
import { type RememberedFiles, rememberFiles } from "../database-file";
import { ReadingConnection } from "./prepared-statements";
import { Turnstile } from "./turnstile";
import { WritingConnection } from "./writing-connection";

// Another process can hold the write lock (a backup, a second start). Waiting blocks this process, so not for long.
export const BUSY_TIMEOUT_MS = 1_000;

// The library keeps it to itself. Another one beside it would have to wait for its lock, and block the process meanwhile.
const connectionOf = (adapter: SqlDriverAdapter) => (adapter as SqlDriverAdapter & { client: Connection }).client;

/** Cannot write, in SQLite itself. */
export class ReadingAdapter extends PrismaBetterSqlite3 {
  readonly #assertReadable: () => void;
  /** What the client reads through, once it is connected. */
  connection: ReadingConnection | undefined;

  /** @param assertReadable throws where what would be read is not to be believed */
  constructor(file: string, assertReadable: () => void) {
    super({ url: `file:${file}`, readonly: true, timeout: BUSY_TIMEOUT_MS }, asMilliseconds);
    this.#assertReadable = assertReadable;
  }

  override async connect(): Promise<SqlDriverAdapter> {
    const adapter = await super.connect();
    this.connection = new ReadingConnection(connectionOf(adapter), this.#assertReadable);
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query) => {
      this.#assertReadable();
      return queryRaw(query);
    };
    return adapter;
  }
}

/** Of every connection that writes. */
const SETTINGS = [
  // better-sqlite3 opens WAL files with NORMAL, which may lose an acknowledged commit in a power cut.
  "synchronous = FULL",
  "foreign_keys = ON",
  // Or REPLACE would delete a row of the books without asking its trigger: prisma/protect-books.ts.
  "recursive_triggers = ON",
];

const statement = (sql: string) => ({ sql, args: [], argTypes: [] });

export class LedgerAdapter extends PrismaBetterSqlite3 {
  readonly #file: string;
  /** What the client writes through, once it is connected. */
  connection: WritingConnection | undefined;
  /** What was opened, once it is connected. */
  files: RememberedFiles | undefined;

  constructor(file: string) {
    super({ url: `file:${file}`, timeout: BUSY_TIMEOUT_MS }, asMilliseconds);
    this.#file = file;
  }

  override async connect(): Promise<SqlDriverAdapter> {
    const adapter = await super.connect();
    await adapter.executeScript("PRAGMA journal_mode = WAL");
    for (const setting of SETTINGS) await adapter.executeScript(`PRAGMA ${setting}`);
    // SQLite opens the log with the first reading.
    await adapter.executeScript("SELECT 1 FROM sqlite_schema LIMIT 1");
    const files = rememberFiles(this.#file);
    this.files = files;
    const turnstile = new Turnstile();
    const connection = new WritingConnection(connectionOf(adapter), turnstile, files, {
      timeout: BUSY_TIMEOUT_MS,
      pragmas: SETTINGS,
    });
    this.connection = connection;
    const dispose = adapter.dispose.bind(adapter);
    adapter.dispose = async () => {
      await connection.end();
      await dispose();
      files.forget();
    };
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
        files.assertSame();
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
            files.assertSame();
            await adapter.executeRaw(statement("COMMIT"));
            // The file may have gone in between; then the commit is nowhere, and nothing may be handed out for it.
            files.assertSameAfterCommit();
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
