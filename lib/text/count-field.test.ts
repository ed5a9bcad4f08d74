/** A number of calls as people of several countries write it, and never another one than they mean. */
import { expect, it } from "vitest";
import { optionalCountField } from "./count-field";

it.each([
  ["60", 60],
  [" 1,000 ", 1_000],
  ["1.000", 1_000],
  ["1 000", 1_000],
  ["1,00,000", 100_000],
  ["12,34,567", 1_234_567],
  ["1\u202f000", 1_000],
  ["1’000’000", 1_000_000],
  ["", null],
])("%j is %j", (text, count) => {
  expect(optionalCountField.parse(text)).toBe(count);
});

it.each(["1,5", "1.5", "1,00", "1,000.5", "1,0000", "1.000,000", "1e3", "0x10", "-1", "+1", "0", "10,000,001", "many"])(
  "%j is refused",
  (text) => {
    expect(optionalCountField.safeParse(text).error?.issues[0]?.message).toMatch(/^Write a whole number from 1 to/);
  },
);
