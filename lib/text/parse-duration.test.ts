import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { longestDurationSeconds } from "./longest-duration";
import { bareNumberSaid, parseDuration } from "./parse-duration";

describe("parseDuration reads", () => {
  it.each([
    ["120m", 7200],
    ["2h", 7200],
    ["7d", 604_800],
    ["1d 12h", 129_600],
    ["1h30m", 5400],
    ["90", 90],
    ["2 hours", 7200],
    ["15 min", 900],
    ["1w", 604_800],
    ["45 s", 45],
    ["1 Day", 86_400],
    ["  2 H  ", 7200],
    ["30m 1h", 5400],
    ["1\n", 1],
    ["１２０", 120],
    ["２ｈ", 7200],
    ["007d", 604_800],
    ["3650d", longestDurationSeconds],
  ])("%j as %i seconds", (text, seconds) => {
    expect(parseDuration(text)).toEqual({ ok: true, seconds });
  });
});

describe("parseDuration refuses", () => {
  it.each([
    ["", "Enter a duration"],
    ["   ", "Enter a duration"],
    ["-5m", "negative"],
    ["−5m", "negative"],
    ["0", "longer than zero"],
    ["0h 0m", "longer than zero"],
    ["1.5h", "1 h 30 min instead of 1.5h"],
    ["1,25 h", "1 h 15 min instead of 1,25 h"],
    [".5d", "12 h instead of .5d"],
    ["1.00001h", "1h 30m instead of 1.5h"],
    ["90.5", "whole numbers"],
    ["1,000", "such as 1000 instead of 1,000"],
    ["1,234,567 s", "such as 1234567 s instead of 1,234,567 s"],
    ["１,５h", "1 h 30 min instead of 1,5h"],
    ["120ms", "Milliseconds are not offered"],
    ["5000 milliseconds", 'jsonwebtoken reads "120" as 120 ms'],
    ["1 month", "Write days"],
    ["2y", "Write days"],
    ["5 fortnights", '"fortnights" is not a unit'],
    ["1e3", '"e" is not a unit'],
    ["1h 30", "unit of 30 is missing"],
    ["10 20", "unit of 10 is missing"],
    ["h", "number is missing"],
    ["+5m", "number is missing"],
    ["1h -5m", "number is missing"],
    ["1h 2h", "occurs twice"],
    ["1h 2 hours", "occurs twice"],
    ["3651d", "longer than 10 years"],
    ["1795539900", "longer than 10 years"],
    ["9".repeat(90), "longer than 10 years"],
    ["1h".repeat(51), "too long for a duration"],
  ])("%j", (text, why) => {
    const parsed = parseDuration(text);
    expect(parsed).toEqual({ ok: false, message: expect.stringContaining(why) });
    expect(parsed).toHaveProperty("message", expect.stringMatching(/^.{5,250}[.)]$/));
  });
});

describe("any text", () => {
  it("is read without throwing, as a whole number within the limits or a sentence", () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.stringMatching(/^[\d smhdw.,-]{0,40}$/));
    fc.assert(
      fc.property(text, (given) => {
        const parsed = parseDuration(given);
        if (!parsed.ok) {
          expect(parsed.message.length).toBeLessThan(300);
          return;
        }
        expect(Number.isInteger(parsed.seconds)).toBe(true);
        expect(parsed.seconds).toBeGreaterThan(0);
        expect(parsed.seconds).toBeLessThanOrEqual(longestDurationSeconds);
      }),
    );
  });
});

it("says of a number alone that programs read it otherwise, and nothing of what is no lifetime", () => {
  expect(["120", " 7200 "].map(bareNumberSaid)).toEqual([
    '120 counts seconds here; to jsonwebtoken, "120" in quotes is milliseconds.',
    '7200 counts seconds here; to jsonwebtoken, "7200" in quotes is milliseconds.',
  ]);
  expect(bareNumberSaid("\uff11\uff12\uff10")).toBe(bareNumberSaid("120"));
  expect(["", "2h", "120s", "0", "9".repeat(20), "1.5"].map(bareNumberSaid)).toEqual(Array(6).fill(undefined));
});
