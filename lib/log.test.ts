/** What may be said of an unexpected error. */
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, existsSync, openSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, it } from "vitest";
import { describeError, escapeControls } from "./log";

it("its name, its code and where it happened, never its message, which may quote a secret", () => {
  const error = Object.assign(new TypeError("cannot read 'the secret itself'\nat its second line"), { code: "E_CODE" });
  const described = describeError(error);
  expect(described).toMatchObject({ error: "TypeError", code: "E_CODE" });
  expect(JSON.stringify(described)).not.toMatch(/the secret itself|second line/);
  expect(described.frames).toEqual(expect.arrayContaining([expect.stringMatching(/^\s+at .*log\.test\.ts/)]));
  expect((described.frames as string[]).length).toBeLessThanOrEqual(12);
});

it.each([["a secret"], [undefined], [null], [{ secret: "a secret" }], [42]])(
  "only the kind of what is no error: %j",
  (thrown) => {
    expect(describeError(thrown)).toEqual({ error: typeof thrown });
  },
);

it("no code that is no text, and no cause", () => {
  const error = Object.assign(new Error("x", { cause: new Error("the secret itself") }), {
    code: { secret: "the secret itself" },
  });
  expect(JSON.stringify(describeError(error))).not.toContain("the secret itself");
});

it("one whose name and stack are no text is described all the same", () => {
  const error = Object.assign(new Error("the secret itself"), { name: Symbol("x"), stack: 4 });
  expect(describeError(error)).toEqual({ error: "Error", frames: [] });
});

it("one that cannot be read is described all the same", () => {
  const { proxy, revoke } = Proxy.revocable(new Error("x"), {});
  revoke();
  const thrower = Object.defineProperty(new Error("x"), "stack", {
    get() {
      throw new Error("the secret itself");
    },
  });
  for (const error of [proxy, thrower]) expect(describeError(error)).toEqual({ error: "unreadable" });
});

it("no character that a terminal obeys gets into a line, and its value stays", () => {
  const value = { name: "a\u009b31m\u0085b\u007f\u2028\u202e\u2066 äé中 😀" };
  const line = escapeControls(JSON.stringify(value));
  expect(line).not.toMatch(/[\p{Cc}\u2028\u202e\u2066]/u);
  expect(JSON.parse(line)).toEqual(value);
  expect(line).toContain("äé中 😀");
});

/** What a process of its own writes, and how it ends. @param script may call `log` */
const writing = (script: string, stdout: number | "pipe") =>
  spawnSync(
    process.execPath,
    [
      ...["--import", createRequire(import.meta.url).resolve("tsx"), "--input-type=module", "-e"],
      `const { log } = await import(${JSON.stringify(join(import.meta.dirname, "log.ts"))});\n${script}`,
    ],
    {
      stdio: ["ignore", stdout, "pipe"],
      encoding: "utf8",
      env: {
        ...process.env,
        TSX_TSCONFIG_PATH: join(import.meta.dirname, "../tsconfig.json"),
        AUTH_SECRET: randomBytes(32).toString("base64url"),
        SEALING_KEYS: `test:${randomBytes(32).toString("base64url")}`,
        LOG_LEVEL: "info",
      },
    },
  );

it.runIf(existsSync("/dev/full"))("a log that cannot be written does not end the process", () => {
  const full = openSync("/dev/full", "w");
  const { stderr, status } = writing(
    `for (let line = 0; line < 2_000; line++) log().warn("x".repeat(100));
     await new Promise((resolve) => setTimeout(resolve, 200));
     console.error("still here");`,
    full,
  );
  closeSync(full);
  expect({ stderr, status }).toEqual({ stderr: "still here\n", status: 0 });
});

it("a log goes on once there is room again, however much was lost", () => {
  const { stdout, status } = writing(
    `const { default: fs } = await import("node:fs");
     const { writeSync } = fs;
     fs.writeSync = () => { throw Object.assign(new Error("full"), { code: "ENOSPC" }); };
     for (let line = 0; line < 2_000; line++) log().warn("x".repeat(100));
     fs.writeSync = writeSync;
     log().warn("the first");
     log().warn("the second");`,
    "pipe",
  );
  const told = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line).msg);
  expect(told).toEqual(expect.arrayContaining(["the second"]));
  expect({ status, kept: stdout.length < 128 * 1024 }).toEqual({ status: 0, kept: true });
});
