/** What an endpoint gives, in words. */
import { expect, test } from "vitest";
import { callsWords, eachOf } from "./endpoint-words";

test.each([
  [["perDay"], "a day"],
  [["perMinute", "perDay"], "a minute and a day"],
  [["perMinute", "perMinuteFromAddress", "perDay"], "a minute, a minute from one address and a day"],
] as const)("limits %j are said together as %j", (limits, words) => {
  expect(eachOf(limits)).toBe(words);
});

test("who calls is told by the last day that had calls", () => {
  expect(callsWords(undefined)).toBe("Nobody has called it so far.");
  expect(callsWords({ day: "2026-11-30", issued: 1_200, refused: { asked: 2, off: 1 } })).toBe(
    "It was last called on 2026-11-30 (UTC): 1,200 tokens that day, 3 refused.",
  );
  expect(callsWords({ day: "2026-11-30", issued: 1, refused: {} })).toContain(": 1 token that day, 0 refused.");
});
