import { expect, it } from "vitest";
import { csvLines } from "./csv";
import { recordCounter } from "./record-counter";

const rows = [
  ["number", "purpose"],
  [1, 'a "quoted" word,\nand a line'],
  [2, '"\n"\n'],
  [3, ""],
];

it.each([1, 2, 3, 7, 1000])("counts records of CSV in pieces of %d", (size) => {
  const file = csvLines(rows);
  const count = recordCounter("csv");
  let counted = -1;
  for (let at = 0; at < file.length; at += size) counted = count(file.slice(at, at + size));
  expect(counted).toBe(3);
});

it("counts those of JSON lines, in which a quote is nothing", () => {
  const count = recordCounter("jsonl");
  expect(count('{"a":"')).toBe(0);
  expect(count('\\""}\n{"b":1}')).toBe(1);
  expect(count("\n")).toBe(2);
});

it("counts no head without records, and not below none", () => {
  const count = recordCounter("csv");
  expect([count('"num'), count('ber"\n')]).toEqual([0, 0]);
});
