/** What becomes of a library's lines: one entry of a kind a minute, and nothing of what a client sent. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { routeConsole } from "./route-console";

const entries: { level: string; fields: Record<string, unknown>; message: string }[] = [];

vi.mock("@/lib/log", async (original) => ({
  ...(await original<typeof import("@/lib/log")>()),
  log: () =>
    Object.fromEntries(
      ["error", "warn", "info"].map((level) => [
        level,
        (fields: Record<string, unknown>, message: string) => entries.push({ level, fields, message }),
      ]),
    ),
}));

const methods = { ...console };
const warnings = process.listeners("warning");

beforeEach(() => {
  vi.useFakeTimers();
  entries.length = 0;
  routeConsole();
});

afterEach(() => {
  vi.runAllTimers();
  vi.useRealTimers();
  Object.assign(console, methods);
  process.removeAllListeners("warning");
  for (const listener of warnings) process.on("warning", listener);
});

it("what it quotes is left out, with control characters, and the message of an error", () => {
  console.error('Failed to find "\u009b31mthe header" and `the\nother`.\u001b[2J', new TypeError("the secret itself"));
  expect(entries).toHaveLength(1);
  expect(entries[0]).toMatchObject({
    level: "error",
    message: 'Failed to find "..." and `...`. [2J',
    fields: { from: "console", error: "TypeError" },
  });
  expect(JSON.stringify(entries)).not.toMatch(/header|other|secret itself/);
});

it("a flood of one kind is a line a minute, with a count", () => {
  for (let each = 0; each < 500; each++) console.warn(`no action "${each}"`);
  expect(entries).toHaveLength(1);
  vi.advanceTimersByTime(60_000);
  expect(entries.slice(1)).toEqual([{ level: "warn", fields: { more: 499 }, message: 'no action "..."' }]);
  console.warn('no action "x"');
  expect(entries).toHaveLength(3);
});

it("a flood of ever new kinds ends too", () => {
  for (let each = 0; each < 500; each++) console.info(`kind ${each}`);
  expect(entries.length).toBeLessThanOrEqual(101);
});
