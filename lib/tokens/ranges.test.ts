/** Ledger numbers in an audit event: every one named, or counted. */
import { expect, it } from "vitest";
import { inRanges } from "./ranges";

it("joins what follows one another, and keeps the rest apart", () => {
  const numbers = [1, 2, 3, 4, 9, ...Array.from({ length: 29 }, (_, index) => 12 + index)];
  expect(inRanges(numbers)).toBe("1-4, 9, 12-40");
  expect(inRanges([7])).toBe("7");
  expect(inRanges([7, 8])).toBe("7-8");
});

it("stays within 8 kB, and says how many it does not name", () => {
  const numbers = Array.from({ length: 2_000 }, (_, index) => 2_000_000_000 + 2 * index);
  const text = inRanges(numbers);
  expect(text.length).toBeLessThanOrEqual(8_000);
  const [, more] = /, and (\d+) more$/.exec(text) ?? [];
  expect(text.split(", ").length - 1 + Number(more)).toBe(numbers.length);
});

it("counts those of a range one by one where it does not name all", () => {
  const pairs = Array.from({ length: 1_000 }, (_, index) => [2_000_000_000 + 4 * index, 2_000_000_001 + 4 * index]);
  const text = inRanges(pairs.flat());
  const [, more] = /, and (\d+) more$/.exec(text) ?? [];
  expect(2 * (text.split(", ").length - 1) + Number(more)).toBe(2_000);
});
