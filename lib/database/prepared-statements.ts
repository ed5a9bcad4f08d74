/** Statements that are prepared once and kept, and a transaction made of them, on the connection that Prisma's transactions use: for those that need none of what Prisma does. Refuses to commit into a file that nobody would find. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Database as Connection, Statement } from "better-sqlite3";
import type { Turnstile } from "./turnstile";
import { type Blank, type SqliteValue, WritingThread } from "./writing-thread";

export type Value = string | number | bigint | boolean | null | Date | Uint8Array;

/** Rows of a SELECT. */
export type Read = <Row>(sql: string, ...values: Value[]) => Promise<Row[]>;

export type Inserts<Cell> = {
  /** One statement, however many rows; each has the columns of the first. */
  insert(table: string, rows: readonly Record<string, Cell>[]): void;
};

/** Prepared once and kept: what differs from one use to the next is bound. */
export type Statements = Inserts<Value> & {
  /** @returns the rows of a SELECT; in `slicedTransaction` as they were before it began */
  rows<Row>(sql: string, ...values: Value[]): Row[];
  /** Changes rows. */
  run(sql: string, ...values: Value[]): void;
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

export class WritingConnection extends ReadingConnection implements Statements {
  readonly #turnstile: Turnstile;
  readonly #assertSameFiles: () => void;
  readonly #settings: { timeout: number; pragmas: readonly string[] };

  /** @param settings of a connection that writes as this one does */
  constructor(
    client: Connection,
    turnstile: Turnstile,
    assertSameFiles: () => void,
    settings: { timeout: number; pragmas: readonly string[] },
  ) {
    super(client);
    this.#turnstile = turnstile;
    this.#assertSameFiles = assertSameFiles;
    this.#settings = settings;
  }

  run(sql: string, ...values: Value[]): void {
    this.prepare(sql).run(...values.map(bound));
  }

  insert(table: string, rows: readonly Record<string, Value>[]): void {
    const { sql, values } = insertOf(table, rows);
    this.run(sql, ...values);
  }

  async transaction<T>(work: (statements: Statements) => T): Promise<T> {
    const release = await this.#turnstile.enter();
    try {
      this.#assertSameFiles();
      this.run("BEGIN IMMEDIATE");
      const result = work(this);
      this.#assertSameFiles();
      this.run("COMMIT");
      // The file may have gone in between; then the commit is nowhere, and nothing may be handed out for it.
      this.#assertSameFiles();
      return result;
    } finally {
      // SQLite may have rolled back by itself (disk full).
      if (this.client.inTransaction) this.run("ROLLBACK");
      release();
    }
  }

  /**
   * The same for thousands of rows: a thread of its own writes, and between two slices everything else has its turn, but
   * for who writes. `ahead` makes the rows, before anybody has to wait; `work` decides under the lock. What `work` reads
   * it reads through this connection, which sees what was committed before: nobody else commits anything meanwhile.
   */
  async slicedTransaction<T>(
    ahead: (statements: Ahead) => Generator<void>,
    work: (statements: FillingStatements) => Generator<void, T>,
  ): Promise<T> {
    this.#assertSameFiles();
    const thread = new WritingThread({ file: this.client.name, ...this.#settings });
    const run = (sql: string, ...values: Value[]) => thread.tell({ act: "run", sql, values: values.map(bound) });
    let release = () => {};
    try {
      const insertAhead: Ahead["insert"] = (table, rows) => {
        const { sql, values } = insertOf(table, rows);
        thread.tell({ act: "hold", sql, values: values.map((value) => (isBlank(value) ? value : bound(value))) });
      };
      await toItsEnd(ahead({ insert: insertAhead }));
      // It has taken in all of it before anybody waits.
      await thread.ask("SELECT 1");
      release = await this.#turnstile.enter();
      this.#assertSameFiles();
      await thread.ask("BEGIN IMMEDIATE");
      const result = await toItsEnd(
        work({
          rows: (sql, ...values) => this.rows(sql, ...values),
          run,
          insert: (table, rows) => {
            const { sql, values } = insertOf(table, rows);
            run(sql, ...values);
          },
          fill: (counters) => thread.tell({ act: "fill", counters }),
        }),
      );
      await thread.ask("SELECT 1");
      this.#assertSameFiles();
      await thread.ask("COMMIT");
      this.#assertSameFiles();
      // From the log into the file: the next COMMIT on this connection would do it, and keep pages waiting. Before anybody
      // else writes: meanwhile the file is shorter than its first page says, as one is that was replaced.
      thread.tell({ act: "moveLog" });
      // It is committed whatever becomes of that: what is not moved now, a later commit moves.
      await thread.ask("SELECT 1").catch(() => {});
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
