/** Makes what an installation lacks, since no install script runs: the SQLite driver for Node 20, and the Prisma client. Refuses a Node on which nothing works. */
import { join } from "node:path";
import { checkNode } from "./check-node";
import { ensureClient } from "./ensure-client";
import { ensureDriver } from "./ensure-driver";
import { StartError } from "./start-error";

/** @param root the project's folder @throws StartError with what to do */
export function ensureInstall(root: string): void {
  checkNode(process.versions.node);
  ensureDriver(root);
  ensureClient(root);
}

if (process.argv[1] === import.meta.filename) {
  try {
    ensureInstall(join(import.meta.dirname, "../.."));
  } catch (error) {
    console.error(error instanceof StartError ? error.message : error);
    process.exit(1);
  }
}
