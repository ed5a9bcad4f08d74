/** What a spreadsheet would run is text in a cell, wherever in it a cell may begin; and nothing else is changed. */
import { describe, expect, it } from "vitest";
import { csvLines } from "./csv";

const cellOf = (text: string) =>
  csvLines([[text]])
    .slice(1, -2)
    .replaceAll('""', '"');

describe("a formula gets an apostrophe", () => {
  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\uff1d1", "\uff0b1", "\uff0d1", "\uff201"])(
    "at the front: %s",
    (formula) => {
      expect(cellOf(formula)).toBe(`'${formula}`);
    },
  );

  it.each([...["\t", "\r", "\n", "\r\n", ",", ";", "|"], ...[";\t", ", ", '";"', "\t\u00ad"]])(
    "behind what separates cells: %j",
    (separator) => {
      expect(cellOf(`a${separator}=1+1`)).toBe(`a${separator}'=1+1`);
      expect(cellOf(`a${separator}@b${separator}-c`)).toBe(`a${separator}'@b${separator}'-c`);
    },
  );

  it.each(
    [
      0x20, 0xa0, 0xad, 0x34f, 0x61c, 0x115f, 0x180e, 0x200b, 0x200f, 0x202a, 0x202e, 0x2028, 0x2060, 0x2066, 0x2069,
    ].concat([
      0x206f, 0x2800, 0x3000, 0x3164, 0xfe0f, 0xfeff, 0xfff9, 0xe0001, 0xe0100, 0x00, 0x08, 0x1b, 0x7f, 0x85, 0x22,
      0x27,
    ]),
  )("behind what cannot be seen: U+%s", (code) => {
    const hidden = String.fromCodePoint(code);
    expect(cellOf(`${hidden}=1+1`)).toBe(`${hidden}'=1+1`);
    expect(cellOf(`a;${hidden}${hidden}=1+1`)).toBe(`a;${hidden}${hidden}'=1+1`);
  });
});

it.each(["a=1", "a -1", "1-1", "maya@example.com", "==".slice(2), "a b + c", "é=1"])("%j stays as it is", (text) => {
  expect(cellOf(text)).toBe(text);
});

it("numbers are no text, and quotes are doubled", () => {
  expect(
    csvLines([
      [-1, 'say "no"', ""],
      ["a", 2, "b\nc"],
    ]),
  ).toBe('"-1","say ""no""",""\n"a","2","b\nc"\n');
});

it("a long run of blanks or of signs takes no longer than its length", () => {
  const started = performance.now();
  for (const run of ["\t", " ", "=", "\t=", "\u200b"]) csvLines([[run.repeat(300_000)]]);
  expect(performance.now() - started).toBeLessThan(5_000);
});
