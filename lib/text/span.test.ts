import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countdownText } from "./countdown";
import { longestDurationSeconds } from "./longest-duration";
import { parseDuration } from "./parse-duration";
import { coarselyFromNow, formatSpan, largestOf } from "./span";

const HOUR = 3_600;
const DAY = 86_400;
const YEAR = 365 * DAY;
const sizes: Record<string, number> = { y: YEAR, d: DAY, h: HOUR, min: 60, s: 1 };

/** One span in every way that a page may write it. */
const table: [seconds: number, exact: string, ahead: string, countdown: string][] = [
  [0, "0 s", "now", "0 s"],
  [1, "1 s", "in 1 s", "1 s"],
  [59, "59 s", "in 59 s", "59 s"],
  [60, "1 min", "in 1 min", "1 min 00 s"],
  [65, "1 min 5 s", "in 1 min", "1 min 05 s"],
  [3_599, "59 min 59 s", "in 59 min", "59 min 59 s"],
  [3_600, "1 h", "in 1 h", "1 h 00 min 00 s"],
  [3_605, "1 h 5 s", "in 1 h", "1 h 00 min 05 s"],
  [7_080, "1 h 58 min", "in 1 h 58 min", "1 h 58 min 00 s"],
  [2 * HOUR - 1, "1 h 59 min 59 s", "in 1 h 59 min", "1 h 59 min 59 s"],
  [10 * HOUR + 1_800, "10 h 30 min", "in 10 h", "10 h 30 min 00 s"],
  [DAY, "1 d", "in 1 d", "1 d 00 h 00 min"],
  [DAY + 1, "1 d 1 s", "in 1 d", "1 d 00 h 00 min"],
  [90_061, "1 d 1 h 1 min 1 s", "in 1 d 1 h", "1 d 01 h 01 min"],
  [7 * DAY - 1, "6 d 23 h 59 min 59 s", "in 6 d", "6 d 23 h 59 min"],
  [YEAR, "365 d", "in 1 y", "365 d 00 h 00 min"],
  [YEAR + 40 * DAY, "405 d", "in 1 y 40 d", "405 d 00 h 00 min"],
  [longestDurationSeconds, "3650 d", "in 10 y", "3650 d 00 h 00 min"],
  [10_000 * DAY, "10,000 d", "in 27 y", "10,000 d 00 h 00 min"],
];

describe.each(table)("%d seconds", (seconds, exact, ahead, countdown) => {
  it(`are ${exact}, ${ahead}, and count down from ${countdown}`, () => {
    expect(formatSpan(seconds)).toBe(exact);
    expect(coarselyFromNow(1_000 + seconds, 1_000)).toBe(ahead);
    expect(countdownText(seconds)).toBe(countdown);
  });

  it("are the same to look back upon", () => {
    const back = ahead.replace(/^in (.*)$/, "$1 ago");
    expect(coarselyFromNow(1_000 - seconds, 1_000)).toBe(back);
  });
});

describe("a span", () => {
  it.each([
    [0.9, "0 s"],
    [59.9, "59 s"],
    [-5, "0 s"],
    [2 ** 53 + 2, "104,249,991,374 d"],
    [8.64e30, "1.0e+26 d"],
  ])("of %d seconds is %s", (seconds, text) => {
    expect(formatSpan(seconds)).toBe(text);
  });

  const anyLifetime = fc.integer({ min: 1, max: longestDurationSeconds });

  it("that may be typed can be typed as it is written, to the second, and as it counts down, beyond a day to the minute", () => {
    fc.assert(
      fc.property(anyLifetime, (seconds) => {
        expect(parseDuration(formatSpan(seconds))).toEqual({ ok: true, seconds });
        const counted = seconds < DAY ? seconds : seconds - (seconds % 60);
        expect(parseDuration(countdownText(seconds))).toEqual({ ok: true, seconds: counted });
      }),
    );
  });

  it("is told from now to less than one of the last unit that is told, and never as longer than it is", () => {
    fc.assert(
      fc.property(anyLifetime, (seconds) => {
        const words = coarselyFromNow(seconds, 0).replace(/^in /, "");
        const parts = [...words.matchAll(/(\d+) (\w+)/g)].map(([, count, unit = ""]) => [
          Number(count),
          sizes[unit] ?? 0,
        ]);
        const told = parts.reduce((sum, [count = 0, size = 0]) => sum + count * size, 0);
        expect(seconds - told).toBeGreaterThanOrEqual(0);
        expect(seconds - told).toBeLessThan(Math.max(1, parts.at(-1)?.[1] ?? 0));
      }),
    );
  });

  it("counts down in texts of one length while its first number keeps its digits", () => {
    const lengths = (from: number, to: number) =>
      new Set(Array.from({ length: to - from }, (_, index) => countdownText(from + index).length));
    expect(lengths(60, 600)).toEqual(new Set(["9 min 59 s".length]));
    expect(lengths(HOUR, HOUR + 5_000)).toEqual(new Set(["1 h 59 min 59 s".length]));
    expect(lengths(2 * DAY - 5_000, 2 * DAY + 5_000)).toEqual(new Set(["2 d 00 h 00 min".length]));
  });
});

it.each([
  [25 * DAY + 15 * HOUR, "25 d"],
  [DAY - 1, "23 h"],
  [59, "59 s"],
  [0, "0 s"],
])("the largest unit of %i s alone is %s", (seconds, words) => expect(largestOf(seconds)).toBe(words));
