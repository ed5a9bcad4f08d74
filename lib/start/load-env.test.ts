/** What comes from `.env`, and what the environment says already. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { settingNames } from "@/lib/env";
import { loadEnv } from "./load-env";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "claimcheck-load-"));
  vi.spyOn(process, "cwd").mockReturnValue(folder);
  vi.spyOn(console, "log").mockImplementation(() => {});
  for (const name of settingNames) delete process.env[name];
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (text: string) => writeFileSync(join(folder, ".env"), text);

it("a first start makes the secrets, says where, and never what", () => {
  loadEnv();
  const { AUTH_SECRET = "", SEALING_KEYS = "" } = process.env;
  expect(readFileSync(join(folder, ".env"), "utf8")).toContain(AUTH_SECRET);
  const said = vi.mocked(console.log).mock.calls.flat().join(" ");
  expect(said).toContain(join(folder, ".env"));
  expect(said).not.toContain(AUTH_SECRET);
  expect(said).not.toContain(SEALING_KEYS);
});

it("a second start says nothing", () => {
  loadEnv();
  vi.mocked(console.log).mockClear();
  loadEnv();
  expect(console.log).not.toHaveBeenCalled();
});

it("what the environment says has precedence", () => {
  write("PORT=4000\nHOST=::1\n");
  process.env.PORT = "5000";
  loadEnv();
  expect(process.env.PORT).toBe("5000");
  expect(process.env.HOST).toBe("::1");
});

it("an empty value in the environment counts as absent, as everywhere", () => {
  write("PORT=4000\n");
  Object.assign(process.env, { PORT: "", AUTH_SECRET: "" });
  loadEnv();
  expect(process.env.PORT).toBe("4000");
  expect(process.env.AUTH_SECRET).toHaveLength(43);
});

it("needs no file when the environment has both secrets", () => {
  Object.assign(process.env, { AUTH_SECRET: "a", SEALING_KEYS: "b" });
  expect(loadEnv).not.toThrow();
});
