/** The programs for the server's own shell on a Node on which they cannot work. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { runProgram } from "./test-database";

const asNode = (node: string) => ({
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(
    `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${node}" } })`,
  )}`,
  DATABASE_URL: "file:no-such-desk.db",
});

it.each(["backup.ts", "member.ts", "reseal.ts"])(
  "%s says in a line that it does not run on that Node, and fails",
  (name) => {
    const { stdout, stderr, status } = runProgram(
      tmpdir(),
      [join(import.meta.dirname, name), "list"],
      asNode("23.1.0"),
    );
    expect({ stdout, status }).toEqual({ stdout: "", status: 1 });
    expect(stderr).toMatch(/^Claimcheck does not run on Node 23\.1\.0\. Use Node 24 or newer; .*\n$/);
  },
);

it.each(["backup.ts", "member.ts", "reseal.ts", "demo.ts"])(
  "%s says in a line that what is installed is for another Node, and makes nothing",
  (name) => {
    const other = process.versions.node.startsWith("20.") ? "24.1.0" : "20.19.0";
    const folder = mkdtempSync(join(tmpdir(), "claimcheck-node-"));
    try {
      const { stdout, stderr, status } = runProgram(folder, [join(import.meta.dirname, name)], asNode(other));
      expect({ stdout, status }).toEqual({ stdout: "", status: 1 });
      expect(stderr).toBe(`What is installed in node_modules is not for Node ${other}. Run npm ci with this Node.\n`);
      expect(readdirSync(folder)).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
