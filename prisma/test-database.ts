/** For tests only: an empty database that is migrated once, a folder for each test, and programs of ours that are run there or killed at a moment. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import Database from "better-sqlite3";
import { afterEach, beforeEach } from "vitest";

const TSX = createRequire(import.meta.url).resolve("tsx");

const CACHE = join(import.meta.dirname, "../node_modules/.cache/claimcheck");
const MIGRATIONS = join(import.meta.dirname, "migrations");

/** An empty database. Migrated once and kept for as long as the migrations are the same: loading the schema engine takes longer than most tests. */
export async function migratedDatabase(): Promise<string> {
  const hash = createHash("sha256");
  for (const name of readdirSync(MIGRATIONS, { recursive: true, encoding: "utf8" })
    .filter((each) => each.endsWith(".sql"))
    .sort())
    hash.update(name).update(readFileSync(join(MIGRATIONS, name)));
  const database = join(CACHE, `${hash.digest("hex").slice(0, 16)}.db`);
  if (!existsSync(database)) {
    const { migrate } = await import("./migrate");
    mkdirSync(CACHE, { recursive: true });
    const unfinished = `${database}.${randomUUID()}`;
    await migrate(`file:${unfinished}`);
    // Several test files begin at once: whoever is last replaces it by its equal.
    renameSync(unfinished, database);
  }
  return database;
}

/** @param begin what is done before each test, with a folder that is taken away after it */
export function eachInItsFolder(begin: (folder: string) => unknown): void {
  let folder: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "claimcheck-test-"));
    await begin(folder);
  });
  afterEach(() => rmSync(folder, { recursive: true }));
}

export function withDatabase<T>(file: string, work: (database: Database.Database) => T): T {
  const database = new Database(file);
  try {
    return work(database);
  } finally {
    database.close();
  }
}

/** In an environment that is empty but for this. */
const inFolder = (cwd: string, settings: Record<string, string>) => ({
  cwd,
  // Next's types ask for NODE_ENV, which a process may do without.
  env: {
    PATH: process.env.PATH,
    TSX_TSCONFIG_PATH: join(import.meta.dirname, "../tsconfig.json"),
    ...settings,
  } as unknown as NodeJS.ProcessEnv,
});

/** Runs one to its end. @param words the program's file, and what it is told */
export const runProgram = (folder: string, words: string[], settings: Record<string, string> = {}) =>
  spawnSync(process.execPath, ["--import", TSX, ...words], { ...inFolder(folder, settings), encoding: "utf8" });

/** Starts one, which may say on stdout how far it is. */
export const startProgram = (folder: string, words: string[], settings: Record<string, string> = {}) =>
  spawn(process.execPath, ["--import", TSX, ...words], {
    ...inFolder(folder, settings),
    stdio: ["ignore", "pipe", "inherit"],
  });

/** Kills it, and waits until it is gone. @param begun what is waited for first, unless it ends before @param afterMs how long after that */
export async function killProgram(child: ChildProcess, begun: () => boolean, afterMs: number): Promise<void> {
  const exit = once(child, "exit");
  while (!begun() && child.exitCode === null) await pause(1);
  await pause(afterMs);
  child.kill("SIGKILL");
  await exit;
}
