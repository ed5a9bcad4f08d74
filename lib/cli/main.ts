/** The command line's process: its streams and its environment. */
import { text } from "node:stream/consumers";
import packageJson from "@/package.json";
import { run } from "./run";

// A reader that has enough, such as `head`, closes the pipe.
process.stdout.on("error", () => process.exit(0));

process.exitCode = await run(
  {
    env: process.env,
    isTerminal: { out: process.stdout.isTTY === true, in: process.stdin.isTTY === true },
    out: (line) => process.stdout.write(line),
    err: (line) => process.stderr.write(line),
    readInput: () => text(process.stdin),
    now: () => Math.floor(Date.now() / 1000),
  },
  process.argv.slice(2),
  packageJson.version,
);
