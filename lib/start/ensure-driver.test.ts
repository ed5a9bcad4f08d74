/** Which driver a Node needs, what is built for it, and what is said when there is none. In folders with drivers made up for the purpose. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ensureDriver } from "./ensure-driver";
import { StartError } from "./start-error";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "claimcheck-driver-"));
  writeFileSync(join(root, "package.json"), JSON.stringify({ allowScripts: { "better-sqlite3": true } }));
  writeFileSync(join(root, ".npmrc"), "ignore-scripts=true\n");
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true });
});

/** @param install its install script @param binary what it is before that */
function addDriver(name: string, { install = "", binary = "" } = {}): void {
  const folder = join(root, "node_modules", name);
  mkdirSync(folder, { recursive: true });
  const manifest = { name: "better-sqlite3", version: "12.0.0", scripts: install ? { install } : {} };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  writeFileSync(join(folder, "index.js"), 'module.exports = require("./binary.js");');
  if (binary) writeFileSync(join(folder, "binary.js"), binary);
}

const WORKS = "module.exports = class { close() {} };";
const refusal = (node: string) => {
  try {
    ensureDriver(root, node);
  } catch (error) {
    expect(error).toBeInstanceOf(StartError);
    return (error as Error).message;
  }
  return undefined;
};

/** A PATH on which nothing but these programs is found. */
function programsOnly(programs: string[], bin: string): string {
  mkdirSync(bin);
  for (const program of programs) {
    const places = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, program));
    symlinkSync(realpathSync(places.find((place) => existsSync(place)) ?? program), join(bin, program));
  }
  return bin;
}

it.each([
  ["20.20.2", "better-sqlite3-12", "better-sqlite3-13"],
  ["22.14.0", "better-sqlite3-13", "better-sqlite3-12"],
  ["24.21.0", "better-sqlite3-13", "better-sqlite3-12"],
  ["26.0.0", "better-sqlite3-13", "better-sqlite3-12"],
])("Node %s takes %s, and an installation with nothing but %s is one to run npm ci in", (node, right, wrong) => {
  addDriver(wrong, { binary: WORKS });
  expect(refusal(node)).toBe(`What is installed in node_modules is not for Node ${node}. Run npm ci with this Node.`);
  addDriver(right, { binary: WORKS });
  expect(refusal(node)).toBeUndefined();
});

it("Node 20's is built by its own install script, though npm is told to run none", () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  addDriver("better-sqlite3-12", { install: `node -e "fs.writeFileSync('binary.js', '${WORKS}')"` });
  expect(refusal("20.20.2")).toBeUndefined();
  expect(refusal("20.20.2")).toBeUndefined();
  expect(log.mock.calls).toEqual([["Building the SQLite driver for Node 20. This takes about a minute, once."]]);
});

it("what its build lacks is said in one line", () => {
  vi.spyOn(console, "log").mockImplementation(() => {});
  const errors = vi.spyOn(console, "error").mockImplementation(() => {});
  addDriver("better-sqlite3-12", { install: "exit 1" });
  vi.stubEnv("PATH", programsOnly(["node", "npm", "env", "sh"], join(root, "bin")));
  expect(refusal("20.20.2")).toBe(
    "The SQLite driver could not be built for Node 20.20.2: Python 3, make, a C++ compiler not found. Building it needs Python 3, make and a C++ compiler; Node 22.14 or newer needs none of them.",
  );
  expect(errors).not.toHaveBeenCalled();
});

it("a driver of 22 or newer that does not load is not built, and why is said in one line", () => {
  addDriver("better-sqlite3-13", { install: "exit 1", binary: 'throw new Error("GLIBC_2.38 not found\\nmore");' });
  expect(refusal("24.21.0")).toBe(
    "The SQLite driver does not load on Node 24.21.0 (GLIBC_2.38 not found). Run npm ci with this Node; if that does not help, this system is not supported.",
  );
});

it("package.json says of every package that has an install script whether it may run, and of no other", () => {
  const read = (name: string) => JSON.parse(readFileSync(join(import.meta.dirname, "../..", name), "utf8"));
  const locked = Object.entries(
    read("package-lock.json").packages as Record<string, { name?: string; hasInstallScript?: boolean }>,
  );
  const names = locked
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    // An alias is known by the package's own name.
    .map(([path, { name }]) => name ?? path.replace(/^.*node_modules\//, ""));
  const { allowScripts } = read("package.json") as { allowScripts: Record<string, boolean> };
  expect(Object.keys(allowScripts).sort()).toEqual([...new Set(names)].sort());
  expect(Object.keys(allowScripts).filter((name) => allowScripts[name])).toEqual(["better-sqlite3"]);
});
