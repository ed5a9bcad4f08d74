/** The command line's process: its streams and its environment. */
import { fstatSync } from "node:fs";
import { buffer } from "node:stream/consumers";
import packageJson from "@/package.json";
import { EXIT } from "./io";
import { run } from "./run";
import { UsageError } from "./usage-error";

// npm runs it in the checkout's root; files are named as seen from where it was called.
const { INIT_CWD, npm_lifecycle_event: script, npm_package_name: of } = process.env;
if (INIT_CWD && script === "cli" && of === packageJson.name) process.chdir(INIT_CWD);

let unwritten = false;
process.stdout.on("error", ({ code }: NodeJS.ErrnoException) => {
  // A reader that has enough, such as `head`, closes the pipe: what was found stays found.
  if (code === "EPIPE" || unwritten) return;
  unwritten = true;
  process.stderr.write(`The answer could not be written (${code}).\n`);
  process.exitCode = EXIT.unreachable;
});
process.stderr.on("error", () => {});

async function readInput(): Promise<Buffer> {
  // Node takes a folder as an input with nothing in it.
  if (!process.stdin.isTTY && fstatSync(process.stdin.fd).isDirectory())
    throw new UsageError("Standard input is a folder. Give a file: `< token.txt`.");
  return buffer(process.stdin).catch(() => {
    throw new UsageError("Standard input cannot be read.");
  });
}

const code = await run(
  {
    env: process.env,
    isTerminal: { out: process.stdout.isTTY === true, in: process.stdin.isTTY === true },
    out: (line) => process.stdout.write(line),
    err: (line) => process.stderr.write(line),
    readInput,
    now: () => Math.floor(Date.now() / 1000),
  },
  process.argv.slice(2),
  packageJson.version,
);
if (!unwritten) process.exitCode = code;
