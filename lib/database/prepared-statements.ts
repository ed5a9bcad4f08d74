/** Statements that are prepared once and kept, and transactions made of them, which a thread writes: for those that need none of what Prisma does. Refuses to commit into a file that nobody would find. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Database as Connection, Statement } from "better-sqlite3";
import type { RememberedFiles } from "../database-file";
import type { Turnstile } from "./turnstile";
import { type Blank, type Change, isOutdated, outdated, type SqliteValue, WritingThread } from "./writing-thread";

export type Value = string | number | bigint | boolean | null | Date | Uint8Array;

/** Rows of a SELECT. */
export type Read = <Row>(sql: string, ...values: Value[]) => Promise<Row[]>;

export type Inserts<Cell> = {
  /** One statement, however many rows; each has the columns of the first. */
  insert(table: string, rows: readonly Record<string, Cell>[]): void;
};

/** Prepared once and kept: what differs from one use to the next is bound. */
export type Statements = Inserts<Value> & {
  /** @returns the rows of a SELECT, as they were before the transaction began */
  rows<Row>(sql: string, ...values: Value[]): Row[];
  /** Changes rows. */
  run(sql: string, ...values: Value[]): void;
  /** The same; where it does not change so many, somebody else has written since the rows were read, and nothing is done. */
  runFor(rows: number, sql: string, ...values: Value[]): void;
};

/** `?, ?, ?` */
export const placeholders = (count: number) => Array(count).fill("?").join(", ");

/** As Prisma writes it. */
function bound(value: Value): SqliteValue {
  if (value instanceof Date) return value.getTime();
  return typeof value === "boolean" ? Number(value) : value;
}

/** Those of batches and lists differ by how long these are: kept without end they would take hundreds of megabytes. */
const MOST_PREPARED = 200;

export class ReadingConnection implements Pick<Statements, "rows"> {
  protected readonly client: Connection;
  readonly #prepared = new Map<string, Statement>();

  constructor(client: Connection) {
    this.client = client;
  }

  protected prepare(sql: string): Statement {
    // Prisma reads every integer as a BigInt; none of ours outgrows a number.
    const statement = this.#prepared.get(sql) ?? this.client.prepare(sql).safeIntegers(false);
    // What was used last is last, and what was not for longest goes first.
    this.#prepared.delete(sql);
    this.#prepared.set(sql, statement);
    if (this.#prepared.size > MOST_PREPARED) this.#prepared.delete(this.#prepared.keys().next().value ?? "");
    return statement;
  }

  rows<Row>(sql: string, ...values: Value[]): Row[] {
    // Of what a statement gives only whoever wrote it knows.
    return this.prepare(sql).all(...values.map(bound)) as Row[];
  }
}

/** One statement for all of them. */
function insertOf<Cell>(
  table: string,
  rows: readonly Record<string, Cell>[],
): { sql: string; values: (Cell | null)[] } {
  const columns = Object.keys(rows[0] ?? {});
  const row = `(${placeholders(columns.length)})`;
  const names = columns.map((column) => `"${column}"`).join(", ");
  return {
    sql: `INSERT INTO "${table}" (${names}) VALUES ${rows.map(() => row).join(", ")}`,
    values: rows.flatMap((each) => columns.map((column) => each[column] ?? null)),
  };
}

/** What can be told before the lock is there: rows, of which some numbers are blank. */
export type Ahead = Inserts<Value | Blank>;

/** Also says what the blanks are; then the rows that were told ahead are written. */
export type FillingStatements = Statements & { fill(counters: Readonly<Record<string, number>>): void };

const isBlank = (value: Value | Blank): value is Blank =>
  typeof value === "object" && value !== null && "counter" in value;

/** What a thread could undo of a statement would go to a file: of a few tokens that is as much as their rows. */
const OF_THREADS = ["temp_store = MEMORY"];

/** Of a thread that writes thousands of rows at once. */
const FOR_MUCH = [
  // They touch more pages than it would keep by itself.
  "cache_size = -65536",
  // The log is moved when it is told, and not in the midst of a COMMIT.
  "wal_autocheckpoint = 0",
];

const changeOf = (sql: string, values: readonly Value[], rows?: number): Change => [sql, values.map(bound), rows];

/** What became of another program's writing meanwhile is read again; so often nobody comes in between. */
const MOST_ATTEMPTS = 10;

type Files = Pick<RememberedFiles, "assertSame" | "assertSameAfterCommit">;

export class WritingConnection extends ReadingConnection {
  readonly #turnstile: Turnstile;
  readonly #files: Files;
  readonly #settings: { timeout: number; pragmas: readonly string[] };
  /** Kept for as long as nothing fails in it. */
  #thread: WritingThread | undefined;
  /** Whether what it was given last was committed. */
  #written: Promise<boolean> = Promise.resolve(true);

  /** @param settings of a connection that writes as this one does */
  constructor(
    client: Connection,
    turnstile: Turnstile,
    files: Files,
    settings: { timeout: number; pragmas: readonly string[] },
  ) {
    super(client);
    this.#turnstile = turnstile;
    this.#files = files;
    this.#settings = settings;
  }

  #newThread(more: readonly string[] = []): WritingThread {
    const { timeout, pragmas } = this.#settings;
    return new WritingThread({ file: this.client.name, timeout, pragmas: [...pragmas, ...OF_THREADS, ...more] });
  }

  /**
   * `work` reads, decides, and says what is to be written; a thread of its own writes it and waits for the disk, while
   * others are answered and the next one decides: it does not see yet what is written before it. Whether what was read
   * is still so, also by another program, `work` asks by `runFor`: if not, it is done anew, once nobody else writes.
   */
  async transaction<T>(work: (statements: Statements) => T): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#attempt(work, attempt === 1);
      } catch (error) {
        if (!isOutdated(error) || attempt === MOST_ATTEMPTS) throw error;
      }
    }
  }

  async #attempt<T>(work: (statements: Statements) => T, isBehind: boolean): Promise<T> {
    const release = await (isBehind ? this.#turnstile.enterBehind() : this.#turnstile.enter());
    const before = this.#written;
    const changes: Change[] = [];
    let result: T;
    let writing: Promise<void>;
    try {
      this.#files.assertSame();
      result = work({
        rows: (sql, ...values) => this.rows(sql, ...values),
        run: (sql, ...values) => changes.push(changeOf(sql, values)),
        runFor: (rows, sql, ...values) => changes.push(changeOf(sql, values, rows)),
        insert: (table, rows) => {
          const { sql, values } = insertOf(table, rows);
          changes.push(changeOf(sql, values));
        },
      });
      writing = this.#write(changes);
      this.#written = writing.then(
        () => true,
        () => false,
      );
    } finally {
      release(this.#written);
    }
    try {
      await writing;
    } catch (error) {
      // After a failure the thread does nothing more, whoever asks.
      if (isBehind && !(await before)) throw outdated("What was to be written before it failed.");
      throw error;
    }
    // The file may have gone in between; then the commit is nowhere, and nothing may be handed out for it.
    this.#files.assertSameAfterCommit();
    return result;
  }

  async #write(changes: readonly Change[]): Promise<void> {
    this.#thread ??= this.#newThread();
    const thread = this.#thread;
    try {
      await thread.ask(["BEGIN IMMEDIATE", []], ...changes, ["COMMIT", []]);
    } catch (error) {
      if (this.#thread === thread) this.#thread = undefined;
      // Rolls back what it had begun: SQLite may have done so by itself (disk full), or not have begun.
      await thread.end();
      throw error;
    }
  }

  /** Before the connection is closed. */
  async end(): Promise<void> {
    const thread = this.#thread;
    this.#thread = undefined;
    await thread?.end();
  }

  /**
   * The same for thousands of rows, by a thread for these alone: between two slices everything else has its turn, but
   * for who writes. `ahead` makes the rows, before anybody has to wait; `work` decides under the lock.
   */
  async slicedTransaction<T>(
    ahead: (statements: Ahead) => Generator<void>,
    work: (statements: FillingStatements) => Generator<void, T>,
  ): Promise<T> {
    this.#files.assertSame();
    const thread = this.#newThread(FOR_MUCH);
    const run = (sql: string, ...values: Value[]) => thread.tell({ act: "run", changes: [changeOf(sql, values)] });
    let release = () => {};
    try {
      const insertAhead: Ahead["insert"] = (table, rows) => {
        const { sql, values } = insertOf(table, rows);
        thread.tell({ act: "hold", sql, values: values.map((value) => (isBlank(value) ? value : bound(value))) });
      };
      await toItsEnd(ahead({ insert: insertAhead }));
      // It has taken in all of it before anybody waits.
      await thread.ask();
      release = await this.#turnstile.enter();
      this.#files.assertSame();
      await thread.ask(["BEGIN IMMEDIATE", []]);
      const result = await toItsEnd(
        work({
          rows: (sql, ...values) => this.rows(sql, ...values),
          run,
          runFor: (rows, sql, ...values) => thread.tell({ act: "run", changes: [changeOf(sql, values, rows)] }),
          insert: (table, rows) => {
            const { sql, values } = insertOf(table, rows);
            run(sql, ...values);
          },
          fill: (counters) => thread.tell({ act: "fill", counters }),
        }),
      );
      await thread.ask();
      this.#files.assertSame();
      await thread.ask(["COMMIT", []]);
      this.#files.assertSameAfterCommit();
      // From the log into the file: the next COMMIT on this connection would do it, and keep pages waiting. Before anybody
      // else writes: meanwhile the file is shorter than its first page says, as one is that was replaced.
      thread.tell({ act: "moveLog" });
      // It is committed whatever becomes of that: what is not moved now, a later commit moves.
      await thread.ask().catch(() => {});
      release();
      return result;
    } finally {
      // Where something failed, nobody else can write before it is rolled back.
      await thread.end();
      release();
    }
  }
}

/** Between two slices everything else has its turn. */
async function toItsEnd<T>(slices: Generator<void, T>): Promise<T> {
  for (;;) {
    const slice = slices.next();
    if (slice.done) return slice.value;
    await nextTurn();
  }
}
