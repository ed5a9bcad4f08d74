/** What an endpoint gives, in words. */
import { expect, test } from "vitest";
import { callsWords, eachOf, limitsInWords } from "./endpoint-words";

test.each([
  [["perDay"], "a day"],
  [["perMinute", "perDay"], "a minute and a day"],
  [["perMinute", "perMinuteFromAddress", "perDay"], "a minute, a minute from one address and a day"],
] as const)("limits %j are said together as %j", (limits, words) => {
  expect(eachOf(limits)).toBe(words);
});

test("a limit that there is not is told beside those that there are", () => {
  const none = { perMinute: null, perMinuteFromAddress: null, perDay: null };
  expect(limitsInWords(none)).toBe("no limit");
  expect(limitsInWords({ ...none, perMinute: 60, perMinuteFromAddress: 20 })).toBe(
    "60 a minute, 20 a minute from one address, no limit a day",
  );
});

test("who calls is told by the last day that had calls", () => {
  expect(callsWords(undefined)).toBe("Nobody has called it so far.");
  expect(callsWords({ day: "2026-11-30", issued: 1_200, refused: { asked: 2, off: 1 } })).toBe(
    "It was last called on Mon 30 Nov (UTC): 1,200 tokens that day, 3 refused.",
  );
  expect(callsWords({ day: "2026-11-30", issued: 1, refused: {} })).toContain(": 1 token that day, 0 refused.");
});
