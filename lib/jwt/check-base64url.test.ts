import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { decodeBase64url } from "./check-base64url";

// Many runs, and perhaps a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const only = (text: string) => {
  const { problems } = decodeBase64url(text);
  expect(problems).toHaveLength(1);
  return problems[0];
};

test("decodes what Node encodes, without a problem", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      const { bytes: decoded, problems } = decodeBase64url(Buffer.from(bytes).toString("base64url"));
      expect([...decoded]).toEqual([...bytes]);
      expect(problems).toEqual([]);
    }),
  );
});

test("decodes the part from `from` to `to`, with places in the whole text", () => {
  const { bytes, problems } = decodeBase64url("..YW=Jj..", 2, 7);
  expect(new TextDecoder().decode(bytes)).toBe("a");
  expect(problems).toMatchObject([{ code: "base64-character", start: 4, end: 5 }]);
});

test("names each departure and its place", () => {
  expect(only("YWI=")).toMatchObject({ code: "base64-padding", start: 3, end: 4, severity: "error" });
  expect(only("a+b/")).toMatchObject({ code: "base64-alphabet", start: 1, end: 2 });
  expect(only("ab c")).toMatchObject({ code: "base64-white-space", start: 2, end: 3 });
  expect(only("ab\u{1f600}c")).toMatchObject({ code: "base64-character", start: 2, end: 4 });
  expect(only("ab`c")?.detail).toContain("U+0060");
  expect(only("YWJjZ")).toMatchObject({ code: "base64-length", start: 4, end: 5 });
});

test("stray bits are a note, never an error, and the bytes are those of the canonical twin", () => {
  expect(only("YWJjZF")).toMatchObject({ code: "base64-stray-bits", severity: "note", start: 5 });
  expect(only("YWJjZGV")).toMatchObject({ code: "base64-stray-bits", start: 6 });
  expect(decodeBase64url("YWJjZF").bytes).toEqual(decodeBase64url("YWJjZA").bytes);
});

test("`+` and `/` are read past: the bytes are those of the right alphabet", () => {
  expect(decodeBase64url("a+b/").bytes).toEqual(decodeBase64url("a-b_").bytes);
});

test("any text: never throws, and everything without a problem encodes back to itself", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^[\w=+/-]{0,20}$/)), (text) => {
      const { bytes, problems } = decodeBase64url(text);
      if (problems.length === 0) expect(Buffer.from(bytes).toString("base64url")).toBe(text);
      expect(problems.filter(({ start, end }) => start >= end || end > text.length)).toEqual([]);
    }),
    { numRuns: 500 },
  );
});
