/** What the programs for the server's own shell import first: refuses in a line, as a start would, a Node on which they cannot work, before anything loads the driver that is not there. */
import { fileURLToPath } from "node:url";
import { checkNode } from "@/lib/start/check-node";
import { ensureDriver } from "@/lib/start/ensure-driver";
import { messageOf } from "@/lib/thrown";

try {
  checkNode(process.versions.node);
  // Not by `import.meta.dirname`, which an old Node does not have.
  ensureDriver(fileURLToPath(new URL("..", import.meta.url)));
} catch (error) {
  console.error(messageOf(error));
  process.exit(1);
}
