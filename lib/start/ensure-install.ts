/** Makes what an installation lacks, since no install script runs: the SQLite driver for Node 20, and the Prisma client. Refuses a Node on which nothing works. */
import { fileURLToPath } from "node:url";
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

// Not by `import.meta.filename`, which an old Node does not have: there it would do nothing, and say nothing.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    ensureInstall(fileURLToPath(new URL("../..", import.meta.url)));
  } catch (error) {
    console.error(error instanceof StartError ? error.message : error);
    process.exit(1);
  }
}
