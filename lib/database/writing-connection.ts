/** Transactions of prepared statements, which a thread writes, one behind the other. Refuses to commit into a file that nobody would find. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Database as Connection } from "better-sqlite3";
import type { RememberedFiles } from "../database-file";
import {
  type Ahead,
  bound,
  type FillingStatements,
  insertOf,
  ReadingConnection,
  type Statements,
  type Value,
} from "./prepared-statements";
import type { Turnstile } from "./turnstile";
import { type Blank, type Change, isOutdated, outdated, WritingThread } from "./writing-thread";

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
