/** Statements that are prepared once and kept: for those that need none of what Prisma does. */
import type { Database as Connection, Statement } from "better-sqlite3";
import type { Blank, SqliteValue } from "./writing-thread";

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
export function bound(value: Value): SqliteValue {
  if (value instanceof Date) return value.getTime();
  return typeof value === "boolean" ? Number(value) : value;
}

/** Those of batches and lists differ by how long these are: kept without end they would take hundreds of megabytes. */
const MOST_PREPARED = 200;

export class ReadingConnection implements Pick<Statements, "rows"> {
  protected readonly client: Connection;
  readonly #prepared = new Map<string, Statement>();
  readonly #assertReadable: () => void;

  /** @param assertReadable throws where what would be read is not to be believed */
  constructor(client: Connection, assertReadable: () => void = () => {}) {
    this.client = client;
    this.#assertReadable = assertReadable;
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
    this.#assertReadable();
    // Of what a statement gives only whoever wrote it knows.
    return this.prepare(sql).all(...values.map(bound)) as Row[];
  }
}

/** One statement for all of them. */
export function insertOf<Cell>(
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
