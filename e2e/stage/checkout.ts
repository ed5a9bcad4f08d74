/** A clean clone of this checkout, under a Node of its own and with few programs in reach: what a stranger has who clones it. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import type { OutputLine } from "./server";
import { ROOT } from "./server";

const STOP_MS = 20_000;

/** Where the programs of a Node stand. */
export type Toolchain = { node: string; npm: string };

function find(program: string): string | undefined {
  const places = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, program));
  return places.find((place) => existsSync(place));
}

/** The environment without what the npm above us has put there, save how it reaches its registry. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const kept = /^npm_config_(registry|userconfig|cache|cafile|proxy|https_proxy|noproxy)$/i;
  const mine = /^(npm_|NODE_|INIT_CWD$|PREPARED_DESK$|TSX_|DATABASE_URL$|AUTH_SECRET$|SEALING_KEYS$|CC$|CXX$|PYTHON$)/i;
  const entries = Object.entries(process.env).filter(([name]) => kept.test(name) || !mine.test(name));
  return Object.fromEntries(entries) as unknown as NodeJS.ProcessEnv;
}

/**
 * Fetches a Node and the npm that comes with it, by npm's own packages of them.
 * @throws Error when the registry does not have them for this system
 */
export function fetchNode(folder: string, node: number, npm: number): Toolchain {
  const name = `${process.platform === "darwin" && process.arch === "arm64" ? "node-bin" : "node"}-${process.platform}-${process.arch}`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), "{}");
  const { status, stderr } = spawnSync(
    "npm",
    ["install", "--no-save", "--ignore-scripts", `${name}@${node}`, `npm@${npm}`],
    { cwd: folder, env: plainEnvironment(), encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`Node ${node} could not be fetched (npm's package ${name}):\n${stderr}`);
  return {
    node: join(folder, "node_modules", name, "bin/node"),
    npm: join(folder, "node_modules/npm/bin/npm-cli.js"),
  };
}

/** The Node that runs this, and its npm. */
export function ownNode(): Toolchain {
  const npm = find("npm");
  if (!npm) throw new Error("There is no npm.");
  return { node: process.execPath, npm: realpathSync(npm) };
}

export class Checkout {
  readonly folder = mkdtempSync(join(tmpdir(), "claimcheck-clone-"));
  readonly output: OutputLine[] = [];
  readonly #root: string;
  readonly #env: NodeJS.ProcessEnv;
  #child: ChildProcess | undefined;
  #left: string | undefined;

  /** @param compiler whether one may be found; without it nothing is in reach but Node, npm, git and a shell */
  constructor({ node, npm }: Toolchain, { compiler }: { compiler: boolean }) {
    this.#root = join(this.folder, "claimcheck");
    const bin = join(this.folder, "bin");
    mkdirSync(bin);
    symlinkSync(realpathSync(node), join(bin, "node"));
    symlinkSync(npm, join(bin, "npm"));
    for (const program of ["git", "sh", "env"]) {
      const place = find(program);
      if (place) symlinkSync(realpathSync(place), join(bin, program));
    }
    this.#env = {
      ...plainEnvironment(),
      PATH: compiler ? `${bin}${delimiter}${process.env.PATH}` : bin,
      HOST: "127.0.0.1",
      PORT: "0",
    };
    execFileSync("git", ["clone", "--quiet", "--no-hardlinks", ROOT, this.#root]);
  }

  /** Runs a command of README's to its end. @returns what it printed @throws Error when it fails */
  run(program: string, ...words: string[]): string {
    const { status, stdout, stderr } = spawnSync(program, words, {
      cwd: this.#root,
      env: this.#env,
      encoding: "utf8",
      maxBuffer: 1e9,
    });
    if (status !== 0) throw new Error(`${program} ${words.join(" ")} ended with ${status}:\n${stdout}${stderr}`);
    return `${stdout}${stderr}`;
  }

  /** `npm start`. @returns its address and the link to create the first admin */
  async start(): Promise<{ address: string; setup: string }> {
    const child = spawn("npm", ["start"], {
      cwd: this.#root,
      env: this.#env,
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    this.#child = child;
    return new Promise((resolve, reject) => {
      let address = "";
      for (const from of ["stdout", "stderr"] as const) {
        createInterface(child[from]).on("line", (text) => {
          // npm's remarks on its own settings are not the server's.
          if (!/^npm (warn|notice)/.test(text)) this.output.push({ from, text });
          address ||= /^Claimcheck is ready at (\S+)$/.exec(text)?.[1] ?? "";
          const setup = /^Create the first admin at (\S+)$/.exec(text)?.[1];
          if (setup) resolve({ address, setup });
        });
      }
      child.on("close", (code, signal) => {
        this.#left = `code ${code}, signal ${signal}`;
        reject(new Error(`npm start ended (${this.#left}):\n${this.text}`));
      });
    });
  }

  get text(): string {
    return this.output.map(({ text }) => text).join("\n");
  }

  /** How the server ended; undefined while it runs. */
  get left(): string | undefined {
    return this.#left;
  }

  async remove(): Promise<void> {
    const child = this.#child;
    if (child?.pid && this.#left === undefined) {
      const gone = new Promise((resolve) => child.once("close", resolve));
      process.kill(-child.pid, "SIGTERM");
      const patience = setTimeout(() => child.pid && process.kill(-child.pid, "SIGKILL"), STOP_MS);
      await gone;
      clearTimeout(patience);
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
