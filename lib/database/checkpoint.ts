/** Moves what stands in the database's log (WAL) into its file, in a thread of its own: behind a large commit that takes longer than a page may wait. */
import { Worker } from "node:worker_threads";

// No file of its own, which whoever bundles this module would not take along. The driver is found from where the desk was started.
const CODE = `
  const { workerData: file } = require("node:worker_threads");
  const database = new (require("better-sqlite3"))(file, { fileMustExist: true });
  database.pragma("wal_checkpoint(PASSIVE)");
  database.close();
`;

/** Ends when it is done, or could not be: then the next commit does it. */
export function checkpoint(file: string): Promise<void> {
  return new Promise((resolve) => {
    const worker = new Worker(CODE, { eval: true, workerData: file, execArgv: [] });
    worker.on("error", () => resolve());
    worker.on("exit", () => resolve());
    // Nobody waits for it: what it does not get to, the next start does.
    worker.unref();
  });
}
