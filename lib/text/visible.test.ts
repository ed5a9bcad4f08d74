/** What cannot be seen is written out, and what can stays. */
import { expect, it } from "vitest";
import { makeVisible } from "./visible";

it.each([
  ["abc\u202egp46", "abc\\u202egp46"],
  ["a\u200bb\u00adc", "a\\u200bb\\u00adc"],
  ["\u2066x\u2069\u200f", "\\u2066x\\u2069\\u200f"],
  ["\u2028\u180e\u3164\ufe0f\u{e0041}", "\\u2028\\u180e\\u3164\\ufe0f\\udb40\\udc41"],
  [`e${"\u0301".repeat(6)}!`, `e${"\u0301".repeat(4)}\\u0301\\u0301!`],
  ["👩🏻🏻🏻🏻🏻", "👩🏻🏻🏻🏻\\ud83c\\udffb"],
  ["a\ud800b\u0000", "a\\ud800b\\u0000"],
])("%j is written as %s", (text, written) => {
  expect(makeVisible(text)).toBe(written);
});

it.each([
  "two lines\n\tand a tab",
  "Zoë, שלום, 会議, 👩🏽",
  "שָׁ֑לוֹם, Vie\u0323\u0302t, x\u0327\u0323\u0308\u0301",
  '{"a": "b"}',
  "",
])("%j stays", (text) => {
  expect(makeVisible(text)).toBe(text);
});

it("JSON stays the same JSON", () => {
  const value = { "a\u202eb": "c\u2028d\u{e0041}" };
  expect(JSON.parse(makeVisible(JSON.stringify(value)))).toEqual(value);
});
