import { describe, expect, test } from "vitest";
import { layOutValue, membersOf, spansLines } from "./members";

const rows = (text: string) => membersOf(text, "payload")?.map(({ path, rawValue }) => [path, rawValue]);

describe("members", () => {
  test("keep numbers, escapes and duplicate names as written", () => {
    expect(rows(' {"exp": 1.50e3, "a b":"\\u0041", "exp" :[1, "}"]} ')).toEqual([
      ["payload.exp", "1.50e3"],
      ['payload["a b"]', '"\\u0041"'],
      ["payload.exp", '[1, "}"]'],
    ]);
  });

  test.each(["", "[]", "null", "{", '{"a"}', '{"a":}', '{"a":1', '{"a":1}x', "{a:1}", '{"a":"', '{"a":[1}'])(
    "of what is no object are none: %s",
    (text) => {
      expect(membersOf(text, "payload")).toBeNull();
    },
  );
});

describe("laying out", () => {
  test("leaves short values on a line and breaks long ones, without changing what they say", () => {
    expect(layOutValue('{"a":1,"b":[]}')).toBe('{"a": 1, "b": []}');
    const long = JSON.stringify({ list: ["x".repeat(30), "y".repeat(30)], none: {} });
    expect(layOutValue(long)).toBe(JSON.stringify(JSON.parse(long), null, 2));
    expect(spansLines(long)).toBe(true);
  });

  test("goes as far as a text that was cut off", () => {
    expect(layOutValue(`[["${"x".repeat(60)}`)).toBe(`[\n  [\n    "${"x".repeat(60)}`);
  });

  test.each([1_000, 30_000, 500_000])("adds a bounded indent to a value %d deep", (depth) => {
    const raw = "[".repeat(depth) + "]".repeat(depth);
    const shown = layOutValue(raw);
    expect(shown.replace(/\s/g, "")).toBe(raw);
    // Twenty levels down and up again, each on a line with at most forty blanks.
    expect(shown.length - raw.length).toBeLessThan(2 * 21 * 41);
  });

  test("adds a bounded indent to every element of a deep list", () => {
    const raw = `${"[".repeat(5_000)}${"1,".repeat(5_000)}1${"]".repeat(5_000)}`;
    const shown = layOutValue(raw);
    expect(shown.replace(/\s/g, "")).toBe(raw);
    expect(shown.length).toBeLessThan(2 * raw.length);
  });
});
