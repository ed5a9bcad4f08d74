import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { MAX_DEPTH, MAX_REMARKS, parseJson, toValue } from "./json";

// Many runs, and perhaps a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const problem = (text: string) => parseJson(text).problems.at(-1);

describe("parseJson", () => {
  test("keeps places and numbers as written", () => {
    const text = '{ "a" : [1.0, 1e3, -0] }';
    const { root, whole, problems } = parseJson(text);
    expect(whole).toBe(true);
    expect(problems).toEqual([]);
    if (root?.kind !== "object") throw new Error("no object");
    const [entry] = root.entries;
    expect(text.slice(entry?.keyStart, entry?.keyEnd)).toBe('"a"');
    expect(text.slice(entry?.value.start, entry?.value.end)).toBe("[1.0, 1e3, -0]");
    const items = entry?.value.kind === "array" ? entry.value.items : [];
    expect(items.map((item) => (item.kind === "number" ? item.raw : ""))).toEqual(["1.0", "1e3", "-0"]);
  });
  test("says which numbers change when they are read, and only those", () => {
    const changing = [
      "9007199254740993",
      "-9007199254740993",
      "0.10000000000000000001",
      "1e400",
      "123456789012345678901",
      "1e-400",
    ];
    for (const text of changing) expect([text, problem(text)?.code]).toEqual([text, "number-changes"]);
    const fine = [
      "9007199254740991",
      "9007199254740992",
      "0.1",
      "1.50",
      "1E3",
      "-0.0",
      "0e10",
      "0.30000000000000004",
      "1e23",
      "5e-324",
      "100000000000000000000",
    ];
    for (const text of fine) expect([text, problem(text)]).toEqual([text, undefined]);
  });
  test("reports duplicate names with both values and both places, also behind many others", () => {
    for (const filler of ["", Array.from({ length: 20 }, (_, i) => `"k${i}":0,`).join("")]) {
      const text = `{"o":{"exp":1,${filler}"exp":[2]}}`;
      const { root, problems, whole } = parseJson(text);
      expect(whole).toBe(true);
      expect(problems).toHaveLength(1);
      expect(problems[0]).toMatchObject({ code: "duplicate-name", path: ["o", "exp"] });
      expect(text.slice(problems[0]?.also?.start, problems[0]?.also?.end)).toBe('"exp":1');
      expect(text.slice(problems[0]?.start, problems[0]?.end)).toBe('"exp":[2]');
      expect(problems[0]?.detail).toContain("first as `1`, then as `[2]`");
      expect(toValue(root as NonNullable<typeof root>)).toMatchObject({ o: { exp: [2] } });
    }
    expect(parseJson('{"a":{"x":1},"b":{"x":1}}').problems).toEqual([]);
    expect(problem('{"\\u0061":1,"a":2}')?.code).toBe("duplicate-name");
  });
  test("of a name that stands there more than twice, says which is the first", () => {
    for (const filler of ["", Array.from({ length: 20 }, (_, i) => `"k${i}":0,`).join("")]) {
      const { problems } = parseJson(`{"a":"x",${filler}"a":"y","b":1,"a":"z"}`);
      expect(problems.map(({ detail }) => detail.replace(/;.*/, ""))).toEqual([
        '`a` occurs more than once in the same object, first as `"x"`, then as `"y"`',
        '`a` occurs more than once in the same object, first as `"x"`, then as `"z"`',
      ]);
    }
  });
  test("names each mistake at its place", () => {
    const cases: [text: string, code: string, at: number][] = [
      ["", "json-empty", 0],
      ["  ", "json-empty", 2],
      ['{"a":1', "json-ends-early", 6],
      ['{"a":"b', "json-ends-early", 5],
      ['{"a":"\\u12', "json-ends-early", 5],
      ['{"a":1.', "json-ends-early", 5],
      ['{"a":-', "json-ends-early", 5],
      ["{} x", "json-trailing", 3],
      ['{"a":1,}', "json-trailing-comma", 7],
      ["[1,]", "json-trailing-comma", 3],
      ["{'a':1}", "json-wrong-quotes", 1],
      ["{a:1}", "json-unquoted-name", 1],
      ['{"a":1 "b":2}', "json-missing-comma", 7],
      ['{"a" 1}', "json-missing-colon", 5],
      ['{"a":NaN}', "json-not-a-value", 5],
      ['{"a":None}', "json-not-a-value", 5],
      ['{"a":True}', "json-not-a-value", 5],
      ['{"a":01}', "json-number", 5],
      ['{"a":+1}', "json-number", 5],
      ['{"a":.5}', "json-number", 5],
      ['{"a":1.x}', "json-number", 6],
      ['{"a":-x}', "json-number", 5],
      ['{"a":"\n"}', "json-control-character", 6],
      ['{"a":"\\x"}', "json-escape", 6],
      ['{"a":"\\u12g4"}', "json-escape", 6],
      ["{// hi\n}", "json-comment", 1],
      ["\ufeff{}", "json-bom", 0],
      ["[}", "json-unexpected", 1],
    ];
    for (const [text, code, at] of cases) {
      const found = problem(text);
      expect([text, found?.code, found?.start]).toEqual([text, code, at]);
      expect(found?.severity).toBe("error");
      expect(parseJson(text).whole).toBe(false);
    }
  });
  test("keeps what was read before an error", () => {
    const { root } = parseJson('{"a":1,"b":{"c":[true,');
    expect(root && toValue(root)).toEqual({ a: 1, b: { c: [true] } });
  });
  test("remarks on half a surrogate pair, in names and values, and not on whole pairs", () => {
    expect(problem('"\\ud800"')?.code).toBe("lone-surrogate");
    expect(problem('{"\\udc00":1}')?.code).toBe("lone-surrogate");
    expect(problem('"\ud800"')?.code).toBe("lone-surrogate");
    expect(problem('"\\ud83d\\ude00 \u{1f600}"')).toBeUndefined();
  });
  test("limits nesting without overflowing", () => {
    const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
    expect(parseJson(nested(MAX_DEPTH)).whole).toBe(true);
    expect(problem(nested(MAX_DEPTH + 1))).toMatchObject({ code: "json-too-deep", start: MAX_DEPTH });
    expect(problem("[".repeat(1_000_000))?.code).toBe("json-too-deep");
    expect(problem('{"a":'.repeat(200_000))?.code).toBe("json-too-deep");
  });
  test("keeps a bounded number of remarks on a hostile text", () => {
    const text = `{${Array.from({ length: 20_000 }, () => '"a":1').join(",")}}`;
    expect(parseJson(text).problems).toHaveLength(MAX_REMARKS);
  });
});

describe("toValue", () => {
  test("makes __proto__ an own member and leaves the prototype alone", () => {
    const value = toValue(parseJson('{"__proto__":{"admin":true}}').root as never) as Record<string, unknown>;
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(value.admin).toBeUndefined();
    expect(Object.keys(value)).toEqual(["__proto__"]);
  });
});

describe("properties", () => {
  const accepted = (text: string): { value: unknown } | undefined => {
    try {
      return { value: JSON.parse(text) };
    } catch {
      return undefined;
    }
  };
  test("agrees with JSON.parse on any JSON value", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(undefined, 1, "\t"), (value, space) => {
        const text = JSON.stringify(value, null, space);
        const { root, whole } = parseJson(text);
        expect(whole).toBe(true);
        expect(root && toValue(root)).toEqual(JSON.parse(text));
      }),
      { numRuns: 500 },
    );
  });
  test("accepts and refuses what JSON.parse does, on text that is nearly JSON", () => {
    const piece = fc.constantFrom(
      ..."{}[]:,\"\\ \n0123.eE+-tf'",
      '"a"',
      "true",
      "null",
      "\\u",
      "\\n",
      "00e1",
      "é",
      '"b":',
      "\ufeff",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.array(piece, { maxLength: 12 }).map((all) => all.join("")),
        ),
        (text) => {
          const expected = accepted(text);
          const { whole, root } = parseJson(text);
          expect(whole).toBe(expected !== undefined);
          if (expected) expect(root && toValue(root)).toEqual(expected.value);
        },
      ),
      { numRuns: 10_000 },
    );
  });
  test("agrees with JSON.parse after any one change to a JSON text", () => {
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 3 }),
        fc.nat(),
        fc.constantFrom("", "0", '"', "\\", ",", "}", "\u0001"),
        (json, place, put) => {
          const at = place % json.length;
          const text = json.slice(0, at) + put + json.slice(at + 1);
          const expected = accepted(text);
          const { whole, root } = parseJson(text);
          expect(whole).toBe(expected !== undefined);
          if (expected) expect(root && toValue(root)).toEqual(expected.value);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
