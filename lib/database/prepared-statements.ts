/** Statements that are prepared once and kept, and a transaction made of them, on the connection that Prisma's transactions use: for those that need none of what Prisma does. Refuses to commit into a file that nobody would find. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Database as Connection, Statement } from "better-sqlite3";
import type { Turnstile } from "./turnstile";

export type Value = string | number | bigint | boolean | null | Date | Uint8Array;

/** Rows of a SELECT. */
export type Read = <Row>(sql: string, ...values: Value[]) => Promise<Row[]>;

/** Prepared once and kept: what differs from one use to the next is bound. */
export type Statements = {
  /** @returns the rows of a SELECT, or of a RETURNING */
  rows<Row>(sql: string, ...values: Value[]): Row[];
  /** One statement, however many rows; each has the columns of the first. */
  insert(table: string, rows: readonly Record<string, Value>[]): void;
};

/** `?, ?, ?` */
export const placeholders = (count: number) => Array(count).fill("?").join(", ");

/** As Prisma writes it. */
function bound(value: Value) {
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

export class WritingConnection extends ReadingConnection implements Statements {
  readonly #turnstile: Turnstile;
  readonly #assertSameFiles: () => void;

  constructor(client: Connection, turnstile: Turnstile, assertSameFiles: () => void) {
    super(client);
    this.#turnstile = turnstile;
    this.#assertSameFiles = assertSameFiles;
  }

  insert(table: string, rows: readonly Record<string, Value>[]): void {
    const columns = Object.keys(rows[0] ?? {});
    const row = `(${placeholders(columns.length)})`;
    const names = columns.map((column) => `"${column}"`).join(", ");
    this.prepare(`INSERT INTO "${table}" (${names}) VALUES ${rows.map(() => row).join(", ")}`).run(
      ...rows.flatMap((each) => columns.map((column) => bound(each[column] ?? null))),
    );
  }

  transaction<T>(work: (statements: Statements) => T): Promise<T> {
    return this.#within(async () => work(this));
  }

  /** The same for what takes longer: between two slices everything else has its turn, but for who writes. */
  slicedTransaction<T>(work: (statements: Statements) => Generator<void, T>): Promise<T> {
    return this.#within(async () => {
      const slices = work(this);
      for (;;) {
        const slice = slices.next();
        if (slice.done) return slice.value;
        await nextTurn();
      }
    });
  }

  async #within<T>(work: () => Promise<T>): Promise<T> {
    const release = await this.#turnstile.enter();
    try {
      this.#assertSameFiles();
      this.prepare("BEGIN IMMEDIATE").run();
      const result = await work();
      this.#assertSameFiles();
      this.prepare("COMMIT").run();
      // The file may have gone in between; then the commit is nowhere, and nothing may be handed out for it.
      this.#assertSameFiles();
      return result;
    } finally {
      // SQLite may have rolled back by itself (disk full).
      if (this.client.inTransaction) this.prepare("ROLLBACK").run();
      release();
    }
  }
}
