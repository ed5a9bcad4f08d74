/** The programs for the server's own shell on a Node on which they cannot work. */
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { runProgram } from "./test-database";

const AS_NODE_23 =
  'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "23.1.0", modules: "131" } })';

it.each(["backup.ts", "member.ts", "reseal.ts"])(
  "%s says in a line that it does not run on that Node, and fails",
  (name) => {
    const { stdout, stderr, status } = runProgram(tmpdir(), [join(import.meta.dirname, name), "list"], {
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(AS_NODE_23)}`,
      DATABASE_URL: "file:no-such-desk.db",
    });
    expect({ stdout, status }).toEqual({ stdout: "", status: 1 });
    expect(stderr).toMatch(/^Claimcheck does not run on Node 23\.1\.0\. Use Node 24 or newer; .*\n$/);
  },
);
