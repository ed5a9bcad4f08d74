/** A connection that writes in a thread of its own: meanwhile this thread answers others. SQLite lets one connection write at a time, so whoever tells it to begin has the turnstile. */
import { Worker } from "node:worker_threads";

/** What the driver takes. */
export type SqliteValue = string | number | bigint | Uint8Array | null;

/** A number that is known only under the lock: so many after a counter's. With text around it, it is that text. */
export type Blank = { counter: string; plus: number; before?: string; after?: string };

/** What changes rows, what is bound in it, and how many rows it must change, if that is known. */
export type Change = readonly [sql: string, values: readonly SqliteValue[], rows?: number | undefined];

/** The first that failed. */
type Failure = { code?: string; message: string };

type Told =
  | { act: "hold"; sql: string; values: readonly (SqliteValue | Blank)[] }
  | { act: "fill"; counters: Readonly<Record<string, number>> }
  | { act: "run"; changes: readonly Change[] }
  | { act: "moveLog" };

/** What a transaction was made from is no longer so: make it anew. */
export const outdated = (message: string) => Object.assign(new Error(message), { code: "OUTDATED" });

/** Whether it failed so, as what changes other rows than it must does in the thread too. */
export const isOutdated = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "OUTDATED";

type Asking = { resolve: () => void; reject: (error: unknown) => void };

export class WritingThread {
  readonly #worker: Worker;
  readonly #ended: Promise<void>;
  readonly #asking: Asking[] = [];
  #isGone = false;
  #broken: unknown = new Error("The writing thread ended by itself.");

  /** @param options `timeout`: how long it waits for another program's lock, in milliseconds */
  constructor(options: { file: string; timeout: number; pragmas: readonly string[] }) {
    this.#worker = new Worker(new URL("./writing-thread-side.js", import.meta.url), {
      workerData: options,
      // What the process was started with, such as NODE_OPTIONS, is not for a thread that needs nothing of it.
      execArgv: [],
      env: {},
    });
    // A process that waits for nothing from it may end.
    this.#worker.unref();
    this.#worker.on("message", (failure: Failure | null) => {
      const asking = this.#asking.shift();
      if (this.#asking.length === 0) this.#worker.unref();
      if (failure) asking?.reject(Object.assign(new Error(failure.message), { code: failure.code }));
      else asking?.resolve();
    });
    this.#worker.on("error", (error) => {
      this.#broken = error;
    });
    this.#ended = new Promise((resolve) =>
      this.#worker.once("exit", () => {
        this.#isGone = true;
        for (const { reject } of this.#asking.splice(0)) reject(this.#broken);
        resolve();
      }),
    );
  }

  /** Does not wait for it; what fails is told by the next `ask`. `hold`: it is done when `fill` says the numbers. */
  tell(told: Told): void {
    this.#worker.postMessage(told);
  }

  /** Once they and all before them are done. @throws what one of them failed with */
  ask(...changes: readonly Change[]): Promise<void> {
    if (this.#isGone) return Promise.reject(this.#broken);
    this.#worker.ref();
    return new Promise((resolve, reject) => {
      this.#asking.push({ resolve, reject });
      this.#worker.postMessage({ act: "run", changes, answer: true });
    });
  }

  /** Rolls back what was not committed. */
  async end(): Promise<void> {
    this.#worker.ref();
    this.#worker.postMessage({ act: "end" });
    await this.#ended;
  }
}
