/** The Dockerfile's steps, done by hand where no Docker runs: what it copies, what it runs, and what it starts, as a user who can write nothing but the data. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { findVersion } from "@/lib/start/find-version";
import { expect, test } from "../stage/fixtures";
import { freePort } from "../stage/nginx";
import { ROOT } from "../stage/server";

/** Of Debian's `nobody`, who owns nothing. */
const NOBODY = 65534;

const steps = readFileSync(join(ROOT, "Dockerfile"), "utf8")
  .split("\n")
  .map((line) => /^([A-Z]+) (.*)$/.exec(line) ?? [])
  .flatMap(([, name, words]) => (name && words ? [{ name, words }] : []));

/** What the context holds: the files of this checkout that .dockerignore leaves in, and what it lets in of git's own. */
function context(): string[] {
  const ignored = readFileSync(join(ROOT, ".dockerignore"), "utf8").split("\n").filter(Boolean);
  const isIgnored = (file: string) =>
    ignored.some((rule) =>
      rule.startsWith("**/*") ? file.endsWith(rule.slice(4)) : file === rule || file.startsWith(`${rule}/`),
    );
  const files = execFileSync("git", ["-C", ROOT, "ls-files", "-z"], { encoding: "utf8" }).split("\0").filter(Boolean);
  const letIn = ignored.filter((rule) => rule.startsWith("!")).map((rule) => rule.slice(1));
  return [...files.filter((file) => !isIgnored(file)), ...letIn.filter((path) => existsSync(join(ROOT, path)))];
}

function commandOf(name: string): string[] {
  const words = steps.findLast((step) => step.name === name)?.words ?? "";
  return JSON.parse(words.slice(words.indexOf("["))) as string[];
}

test("built by the Dockerfile's steps, the desk starts where nothing can be written but its data, and is healthy", async ({
  folder,
}) => {
  test.skip(
    process.getuid?.() !== 0 || spawnSync("unshare", ["--mount", "true"]).status !== 0,
    "This needs root, and mounts of its own (unshare --mount).",
  );
  const app = join(folder, "app");
  const data = join(folder, "data");
  mkdirSync(app);
  mkdirSync(data, { mode: 0o700 });
  chownSync(data, NOBODY, NOBODY);
  for (const path of [dirname(folder), folder]) execFileSync("chmod", ["a+x", path]);

  const plain = { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "" } as unknown as NodeJS.ProcessEnv;
  const files = context();
  // The second stage takes the first one's folder as it is.
  const second = steps.findLastIndex(({ name }) => name === "FROM");
  for (const { name, words } of steps.slice(0, second)) {
    if (name === "COPY") {
      for (const source of words.split(" ").slice(0, -1)) {
        const taken = files.filter((file) => source === "." || file === source || file.startsWith(`${source}/`));
        expect(taken, words).not.toEqual([]);
        for (const file of taken) cpSync(join(ROOT, file), join(app, file), { recursive: true });
      }
    } else if (name === "RUN") {
      const { status, stdout, stderr } = spawnSync("sh", ["-c", words], { cwd: app, env: plain, encoding: "utf8" });
      expect(status, `${words}:\n${stdout}${stderr}`).toBe(0);
    }
  }

  const set = steps.filter(({ name }) => name === "ENV").flatMap(({ words }) => words.split(" "));
  const port = await freePort();
  const env = {
    ...plain,
    ...Object.fromEntries(set.map((word) => word.split("=", 2))),
    HOST: "127.0.0.1",
    PORT: `${port}`,
    DATABASE_URL: `file:${data}/claimcheck.db`,
    HOME: "/nonexistent",
    TMPDIR: data,
    AUTH_SECRET: crypto.randomUUID() + crypto.randomUUID(),
    SEALING_KEYS: `k1:${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64url")}`,
  };
  const readOnly = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && cd "$1" && shift && exec "$@"';
  const asNobody = ["setpriv", `--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups"];
  let output = "";
  const child: ChildProcess = spawn(
    "unshare",
    ["--mount", "sh", "-c", readOnly, "sh", app, ...asNobody, ...commandOf("CMD")],
    { env, stdio: ["ignore", "pipe", "pipe"] },
  );
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (output += chunk));
  const gone = new Promise<number | null>((resolve) => child.once("close", resolve));
  try {
    const [program = "", ...rest] = commandOf("HEALTHCHECK");
    await expect
      .poll(() => spawnSync(program, rest, { env }).status, { message: output, timeout: 120_000, intervals: [1_000] })
      .toBe(0);
    expect((await fetch(`http://localhost:${port}/setup`)).status).toBe(200);
    expect(statSync(join(data, "claimcheck.db")).uid).toBe(NOBODY);
    await expect.poll(() => output).toContain("Claimcheck is ready at");
    // In a worktree git keeps its own elsewhere, where no image is built.
    const known = existsSync(join(ROOT, ".git/HEAD")) ? ROOT : app;
    expect(output).toContain(`Version ${findVersion(known)}\n`);
    expect(output).not.toContain("Building");
  } finally {
    child.kill("SIGTERM");
    expect(await gone).toBe(0);
  }
});
