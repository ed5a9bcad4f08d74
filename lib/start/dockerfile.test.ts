/** The Dockerfile where no Docker runs: a linter finds nothing, all that it copies is there and not left out, and what it starts is nobody's but the desk's. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { validate } from "dockerfile-utils";
import { expect, it } from "vitest";
import { parseSettings } from "@/lib/env";
import { findVersion } from "./find-version";

const ROOT = join(import.meta.dirname, "../..");
const text = readFileSync(join(ROOT, "Dockerfile"), "utf8");
const lines = text.split("\n").filter((line) => /^[A-Z]/.test(line));
const argumentsOf = (instruction: string) =>
  lines.filter((line) => line.startsWith(`${instruction} `)).map((line) => line.slice(instruction.length + 1));
const ignored = readFileSync(join(ROOT, ".dockerignore"), "utf8").split("\n");

it("has nothing that a linter finds", () => {
  expect(validate(text)).toEqual([]);
  expect(validate("FROM node\nCOPPY . .\n")).not.toEqual([]);
});

it("copies what is there", () => {
  const sources = argumentsOf("COPY")
    .filter((words) => !words.startsWith("--from="))
    .flatMap((words) => words.split(" ").slice(0, -1));
  expect(sources.length).toBeGreaterThan(3);
  expect(sources.filter((source) => !existsSync(join(ROOT, source)) || ignored.includes(source))).toEqual([]);
});

it("lets in of git what tells the commit, and nothing else", () => {
  const letIn = ignored.filter((rule) => rule.startsWith("!")).map((rule) => rule.slice(1));
  const checkout = mkdtempSync(join(tmpdir(), "claimcheck-image-"));
  const image = mkdtempSync(join(tmpdir(), "claimcheck-image-"));
  const commit = "0123456789abcdef0123456789abcdef01234567";
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(checkout, path)), { recursive: true });
    writeFileSync(join(checkout, path), text);
  };
  const inImage = () => {
    for (const path of letIn.filter((each) => existsSync(join(checkout, each))))
      cpSync(join(checkout, path), join(image, path), { recursive: true });
    writeFileSync(join(image, "package.json"), '{"version":"1.2.3"}');
    return findVersion(image);
  };
  try {
    put(".git/HEAD", "ref: refs/heads/main\n");
    put(".git/config", "[remote] url = https://somebody:password@example.com/");
    put(".git/packed-refs", `${commit} refs/heads/main\n`);
    expect(inImage()).toBe("1.2.3 (0123456)");
    put(".git/refs/heads/main", `f${commit.slice(1)}\n`);
    expect(inImage()).toBe("1.2.3 (f123456)");
    expect(existsSync(join(image, ".git/config"))).toBe(false);
  } finally {
    for (const folder of [checkout, image]) rmSync(folder, { recursive: true });
  }
});

it("leaves out secrets and data, and nothing that the build is told from", () => {
  const secret = [".env", ".env.*", "data", "backup.*", "**/*.db", "**/*.db-*", "**/*.partial*"];
  expect(ignored).toEqual(expect.arrayContaining([...secret, ".git", "node_modules", ".next"]));
  const sources = [...readFileSync(join(ROOT, "lib/start/ensure-build.ts"), "utf8").matchAll(/^ {2}"([^"]+)",$/gm)];
  expect(sources.length).toBeGreaterThan(5);
  expect(sources.map(([, path]) => path ?? "").filter((path) => ignored.includes(path))).toEqual([]);
});

it("git leaves out the same: copies of the database and of .env, by what name they are made or half-made", () => {
  const checkout = mkdtempSync(join(tmpdir(), "claimcheck-ignored-"));
  const isIgnored = (path: string) => spawnSync("git", ["check-ignore", "-q", path], { cwd: checkout }).status === 0;
  try {
    spawnSync("git", ["init", "-q"], { cwd: checkout });
    cpSync(join(ROOT, ".gitignore"), join(checkout, ".gitignore"));
    const copies = [
      "data/copy.db",
      "desk-copy.db",
      "out/desk.db",
      "desk.db-wal",
      "desk.db.123.partial",
      "desk.db.123.partial-journal",
      "backup.env",
    ];
    const paths = [...copies, ".env", ".env.new", ".env.bak", ".env.example", "lib/db.ts"];
    expect(paths.filter((path) => !isIgnored(path))).toEqual([".env.example", "lib/db.ts"]);
  } finally {
    rmSync(checkout, { recursive: true });
  }
});

it("runs as somebody who is not root, with settings that the desk takes, and asks after its health", () => {
  const [, last = ""] = text.split(/^FROM .*$/m).slice(-2);
  expect(last).toMatch(/^USER node$/m);
  expect(last.indexOf("USER node")).toBeGreaterThan(last.lastIndexOf("RUN "));
  expect(last).toMatch(/^HEALTHCHECK [^\n]*\/api\/health/m);
  const set = argumentsOf("ENV").flatMap((words) => words.split(" ").map((word) => word.split("=", 2)));
  const settings = parseSettings({
    ...Object.fromEntries(set),
    AUTH_SECRET: "drawn-by-nobody-at-all-for-the-tests-4711",
    SEALING_KEYS: `k1:${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64url")}`,
  });
  expect(settings).toMatchObject({ HOST: "0.0.0.0", PORT: 3000, DATABASE_URL: "file:/data/claimcheck.db" });
  expect(argumentsOf("VOLUME")).toEqual(["/data"]);
});
