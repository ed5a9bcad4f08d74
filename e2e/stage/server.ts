/** Starts, stops and kills Claimcheck as an operator does: one process, its settings in the environment, its `.env` and data in the folder that it is started in. */
import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";

export const ROOT = join(import.meta.dirname, "../..");
export const TSX = createRequire(import.meta.url).resolve("tsx");
const STOP_MS = 15_000;

export type Settings = Record<string, string>;
export type OutputLine = { from: "stdout" | "stderr"; text: string };
type Exit = { code: number | null; signal: NodeJS.Signals | null };

/** A process of Claimcheck, from its first line of output to its exit. */
export class Server {
  readonly output: OutputLine[];
  readonly exit: Promise<Exit>;
  /** Where it serves, once it is ready. */
  address = "";
  readonly #child: ChildProcess;
  readonly #start: number;
  readonly #waiting = new Set<() => void>();
  #left: Exit | undefined;

  /**
   * @param folder where it is started
   * @param settings the environment; PORT is 0 unless it says otherwise
   * @param output where its lines go, for those who follow several processes of one desk
   * @param shell commands that a shell runs before it becomes the server, such as a `ulimit`
   * @param root the project's folder
   */
  constructor(folder: string, settings: Settings = {}, output: OutputLine[] = [], shell?: string, root = ROOT) {
    this.output = output;
    this.#start = output.length;
    const command = [process.execPath, "--import", TSX, join(root, "server.ts")];
    const [program = "", ...rest] = shell ? ["bash", "-c", `${shell}; exec "$@"`, "bash", ...command] : command;
    const env = {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      TSX_TSCONFIG_PATH: join(root, "tsconfig.json"),
      PORT: "0",
      ...settings,
    } as unknown as NodeJS.ProcessEnv;
    const child = spawn(program, rest, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
    this.#child = child;
    for (const from of ["stdout", "stderr"] as const) {
      const lines = child[from];
      if (!lines) throw new Error(`The server has no ${from}.`);
      createInterface(lines).on("line", (text) => {
        this.output.push({ from, text });
        for (const look of this.#waiting) look();
      });
    }
    this.exit = new Promise((resolve) => {
      child.on("close", (code, signal) => {
        this.#left = { code, signal };
        for (const look of this.#waiting) look();
        resolve(this.#left);
      });
    });
  }

  /** Starts a server and waits until it serves. */
  static async ready(...parameters: ConstructorParameters<typeof Server>): Promise<Server> {
    const server = new Server(...parameters);
    server.address = (await server.line(/^Claimcheck is ready at /)).replace(/^.* /, "");
    return server;
  }

  /** The next line that matches, of this process. @throws Error with the output when the process ends without it */
  line(pattern: RegExp): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = this.output.slice(this.#start).find(({ text }) => pattern.test(text));
        if (!found && !this.#left) return;
        this.#waiting.delete(look);
        if (found) resolve(found.text);
        else reject(new Error(`The server ended without ${pattern}:\n${this.text}`));
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** Its output as one text. */
  get text(): string {
    return this.output.map(({ text }) => text).join("\n");
  }

  get pid(): number {
    return this.#child.pid ?? -1;
  }

  /** Asks it to stop and waits until it has. @throws Error when it doesn't */
  async stop(signal: "SIGTERM" | "SIGINT" = "SIGTERM"): Promise<Exit> {
    if (this.#left) return this.#left;
    this.#child.kill(signal);
    const patience = setTimeout(() => this.#child.kill("SIGKILL"), STOP_MS);
    const exit = await this.exit;
    clearTimeout(patience);
    if (exit.signal === "SIGKILL") throw new Error(`The server did not stop within ${STOP_MS} ms after ${signal}.`);
    return exit;
  }

  /** kill -9, and waits until it is gone. */
  async kill(): Promise<void> {
    if (this.#left) return;
    this.#child.kill("SIGKILL");
    await this.exit;
  }
}
