/** What is told of a count that stops. */
import { expect, it } from "vitest";
import { COUNTED_AT_MOST, digitsAtMost } from "./count-at-most";

it.each([
  [0, "0"],
  [999, "999"],
  [1000, "1,000"],
  [COUNTED_AT_MOST, "1,000+"],
])("%i is told as %s", (count, words) => {
  expect(digitsAtMost(count)).toBe(words);
});
