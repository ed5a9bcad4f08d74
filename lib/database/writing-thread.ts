/** A connection that writes in a thread of its own, for thousands of rows: meanwhile this thread answers pages. SQLite lets one connection write at a time, so whoever tells it to begin has the turnstile. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";

/** What the driver takes. */
export type SqliteValue = string | number | bigint | Uint8Array | null;

/** A number that is known only under the lock: so many after a counter's. With text around it, it is that text. */
export type Blank = { counter: string; plus: number; before?: string; after?: string };

/** The first that failed. */
type Failure = { code?: string; message: string };

type Told =
  | { act: "hold"; sql: string; values: readonly (SqliteValue | Blank)[] }
  | { act: "fill"; counters: Readonly<Record<string, number>> }
  | { act: "run"; sql: string; values: readonly SqliteValue[] }
  | { act: "moveLog" };

export class WritingThread {
  readonly #worker: Worker;
  readonly #ended: Promise<void>;
  #broken: unknown = new Error("The writing thread ended by itself.");

  /** @param options `timeout`: how long it waits for another program's lock, in milliseconds */
  constructor(options: { file: string; timeout: number; pragmas: readonly string[] }) {
    this.#worker = new Worker(new URL("./writing-thread-side.js", import.meta.url), {
      workerData: options,
      execArgv: [],
    });
    this.#worker.on("error", (error) => {
      this.#broken = error;
    });
    this.#ended = new Promise((resolve) => this.#worker.once("exit", () => resolve()));
  }

  /** Does not wait for it; what fails is told by the next `ask`. `hold`: it is done when `fill` says the numbers. */
  tell(told: Told): void {
    this.#worker.postMessage(told);
  }

  /** Once it and all before it are done. @throws what one of them failed with */
  async ask(sql: string): Promise<void> {
    const answered: Promise<(Failure | null)[]> = once(this.#worker, "message");
    // The thread may break: then it is not this that says so.
    answered.catch(() => {});
    this.#worker.postMessage({ act: "run", sql, values: [], answer: true });
    const answer = await Promise.race([answered, this.#ended]);
    if (!answer) throw this.#broken;
    const [failure] = answer;
    if (failure) throw Object.assign(new Error(failure.message), { code: failure.code });
  }

  /** Rolls back what was not committed. */
  async end(): Promise<void> {
    this.#worker.postMessage({ act: "end" });
    await this.#ended;
  }
}
