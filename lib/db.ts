/** The one door to the database: a reading client that cannot write, and ways to write, one at a time: `transaction`, `preparedTransaction` for what must be fast, and `slicedTransaction` for what is much, which threads of their own write. Refuses a database that is not as durable as a ledger must be. */
import { type Prisma, PrismaClient } from "@/prisma/generated/client";
import { noteCommit } from "./database/commits";
import * as events from "./database/find-events";
import { LedgerAdapter, ReadingAdapter } from "./database/ledger-adapter";
import type { Ahead, FillingStatements, Statements, Value } from "./database/prepared-statements";
import { databaseFile, markOverwritten } from "./database-file";
import { env } from "./env";
import { log } from "./log";
import { forgetProcessWide, processWide } from "./process-wide";

export { noteCommit, watchCommits } from "./database/commits";
export { indexText, indexTexts } from "./database/event-text";
export { type Branch, type EventSearch, isShort } from "./database/find-events";
export {
  type Ahead,
  type FillingStatements,
  type Inserts,
  placeholders,
  type Statements,
  type Value,
} from "./database/prepared-statements";
export type { TokenFacts } from "./database/token-facts";
export type { Blank } from "./database/writing-thread";

/** What a verb is given inside `transaction`. */
export type Tx = Prisma.TransactionClient;

const QUEUE_TIMEOUT_MS = 10_000;

type Database = {
  reader: PrismaClient;
  reading: ReadingAdapter;
  writer: PrismaClient;
  writing: LedgerAdapter;
};

function open(): Database {
  const file = databaseFile(env().DATABASE_URL);
  const writing = new LedgerAdapter(file);
  // A connection of its own sees only what is committed, also while a transaction is under way on the other.
  const reading = new ReadingAdapter(file, () => writing.files?.assertNotOverwritten());
  return {
    reading,
    reader: new PrismaClient({ adapter: reading }),
    writing,
    writer: new PrismaClient({
      adapter: writing,
      transactionOptions: { maxWait: QUEUE_TIMEOUT_MS, timeout: QUEUE_TIMEOUT_MS },
    }),
  };
}

const database = () => processWide("database", open);

/** For reading only; a write through it fails in SQLite itself. */
export function reader(): PrismaClient {
  return database().reader;
}

/**
 * The rows of a SELECT that is prepared once and kept. For what every request or every token asks, where Prisma's
 * client would take twenty times as long; columns come as SQLite has them: an instant in milliseconds, a truth as 0 or 1.
 */
export async function readRows<Row>(sql: string, ...values: Value[]): Promise<Row[]> {
  const { reader, reading } = database();
  if (!reading.connection) await reader.$connect();
  if (!reading.connection) throw new Error("The database's client has not connected.");
  return reading.connection.rows<Row>(sql, ...values);
}

/** So long requests that come together share an answer: of sixteen that ask without a pause, one asks. */
const SHARED_MS = 5;

/**
 * What requests that come together ask, such as for one key and its secret, is asked once: its answer is kept for a
 * moment, or until anything but the ledger is written here. What another program has changed meanwhile is seen under the
 * lock: whoever issues looks again there.
 * @param question what is asked, with what it is asked of
 */
export function onceForNow<Answer>(question: string, ask: () => Promise<Answer>): Promise<Answer> {
  const answers = answersForNow();
  if (answers.size === 0) setTimeout(forgetAnswers, SHARED_MS).unref();
  // Each question has one who asks, and one kind of answer.
  const answer = (answers.get(question) as Promise<Answer> | undefined) ?? ask();
  answers.set(question, answer);
  return answer;
}

const answersForNow = () => processWide("answers for now", () => new Map<string, Promise<unknown>>());
const forgetAnswers = () => answersForNow().clear();

/** By columns, by text, and by what the ledger says: the one place that searches the log. */
export function findEvents(search: events.EventSearch): Promise<events.FoundEvents> {
  return events.findEvents(readRows, search);
}

/** The same, for how many there are. @param most at most so many are counted */
export function countEvents(
  search: Omit<events.EventSearch, "order" | "take">,
  most: number,
): Promise<events.EventCount> {
  return events.countEvents(readRows, search, most);
}

/**
 * Runs `work` in one transaction, one at a time, and resolves only when it is durably committed.
 * If `work` or the commit fails, nothing of it remains.
 */
export async function transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  const result = await database().writer.$transaction(work);
  forgetAnswers();
  noteCommit();
  return result;
}

/**
 * Like `transaction`, with prepared statements instead of Prisma's client, written by a thread that is kept: `work` says
 * all of it at once, without waiting for anything. For issuing alone, where Prisma's statements would take ten times as long.
 */
export async function preparedTransaction<T>(work: (statements: Statements) => T): Promise<T> {
  // Whose commit it was only the caller knows: it may be of many, and one of them be answered long ago.
  return (await writingConnection()).transaction(work);
}

/**
 * The same for thousands of rows, which a thread of its own writes; wherever `ahead` or `work` yields, pages are
 * answered. `ahead` makes the rows, with blanks for numbers that are known only under the lock; `work` decides under the
 * lock, and says the numbers. Who writes waits for its end.
 */
export async function slicedTransaction<T>(
  ahead: (statements: Ahead) => Generator<void>,
  work: (statements: FillingStatements) => Generator<void, T>,
): Promise<T> {
  const result = await (await writingConnection()).slicedTransaction(ahead, work);
  forgetAnswers();
  noteCommit();
  return result;
}

async function writingConnection() {
  const { writer, writing } = database();
  if (!writing.connection) await writer.$connect();
  if (!writing.connection) throw new Error("The database's client has not connected.");
  return writing.connection;
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

/**
 * Closes both connections; the next use opens them anew. A database that somebody has copied over this one stays as it
 * was put there, and the log of the other beside it: which of them is wanted only they know.
 */
export async function closeDatabase(): Promise<void> {
  const was = forgetProcessWide<Database>("database");
  forgetAnswers();
  if (!was) return;
  const { reader, writer, writing } = was;
  const isOverwritten = writing.files?.isOverwritten() === true;
  // The last to close moves the log into the file, unless all it can do is read.
  for (const client of isOverwritten ? [writer, reader] : [reader, writer]) await client.$disconnect();
  if (!isOverwritten) return;
  log().warn(
    "the database was overwritten while the server was running, and is left as it was put there: remove its -wal and -shm, which are not its own, before the next start",
  );
  markOverwritten(databaseFile(env().DATABASE_URL));
}
