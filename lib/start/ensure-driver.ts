/** Makes sure that the SQLite driver for the Node that runs loads, and builds the one for Node 20 if need be. Refuses an installation that was made for another Node. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { messageOf } from "@/lib/thrown";
import { StartError } from "./start-error";

/** What a build needs, and the commands of which one is enough. Windows finds its compiler in other ways. */
const BUILD_NEEDS: [what: string, commands: string[]][] = [
  ["Python 3", ["python3", "python"]],
  ["make", ["make", "gmake"]],
  ["a C++ compiler", ["c++", "g++", "clang++"]],
];

/** Why the driver does not load; undefined when it does. */
function failureToLoad(root: string, name: string): string | undefined {
  try {
    const Database = createRequire(join(root, "package.json"))(name);
    new Database(":memory:").close();
    return undefined;
  } catch (error) {
    return messageOf(error).split("\n")[0];
  }
}

/** What its build lacks on this machine; empty on Windows, and when all is there. */
function missingForBuild(): string[] {
  if (process.platform === "win32") return [];
  const answers = (command: string) => spawnSync(command, ["--version"], { stdio: "ignore" }).status === 0;
  return BUILD_NEEDS.filter(([, commands]) => !commands.some(answers)).map(([what]) => what);
}

/** Fetches or builds it, by its own install script. @returns what that printed */
function build(root: string, name: string): string {
  const { stdout, stderr, error } = spawnSync(
    "npm",
    ["rebuild", name, "--ignore-scripts=false", "--foreground-scripts"],
    { cwd: root, encoding: "utf8", maxBuffer: Number.POSITIVE_INFINITY, shell: process.platform === "win32" },
  );
  return error ? `npm: ${error.message}` : `${stdout}${stderr}`;
}

/**
 * @param root the project's folder
 * @param node the version of the Node that runs
 * @throws StartError with what to do
 */
export function ensureDriver(root: string, node = process.versions.node): void {
  const [major = 0] = node.split(".").map(Number);
  // The same choice as in prisma/driver.
  const name = major < 22 ? "better-sqlite3-12" : "better-sqlite3-13";
  if (!existsSync(join(root, "node_modules", name))) {
    throw new StartError(`What is installed in node_modules is not for Node ${node}. Run npm ci with this Node.`);
  }
  let failure = failureToLoad(root, name);
  if (failure === undefined) return;
  if (major >= 22) {
    throw new StartError(
      `The SQLite driver does not load on Node ${node} (${failure}). Run npm ci with this Node; if that does not help, this system is not supported.`,
    );
  }
  console.log(`Building the SQLite driver for Node ${major}. This takes about a minute, once.`);
  const output = build(root, name);
  failure = failureToLoad(root, name);
  if (failure === undefined) return;
  const missing = missingForBuild();
  if (missing.length === 0) console.error(output.trim());
  throw new StartError(
    `The SQLite driver could not be built for Node ${node}: ${missing.length > 0 ? `${missing.join(", ")} not found` : "the lines above say why"}. Building it needs Python 3, make and a C++ compiler; Node 22.14 or newer needs none of them.`,
  );
}
