/** What an endpoint gives, in words. */
import { expect, test } from "vitest";
import { eachOf } from "./endpoint-words";

test.each([
  [["perDay"], "a day"],
  [["perMinute", "perDay"], "a minute and a day"],
  [["perMinute", "perMinuteFromAddress", "perDay"], "a minute, a minute from one address and a day"],
] as const)("limits %j are said together as %j", (limits, words) => {
  expect(eachOf(limits)).toBe(words);
});
