import fc from "fast-check";
import { expect, it } from "vitest";
import { nameSaidTwice } from "./name-said-twice";

it.each([
  ['{"a":1,"a":1}', '"a"'],
  ['{"a":{"b":[{"c":1,"d":2,"c":3}]}}', '"c"'],
  ['{"a":1,"\\u0061":2}', '"a"'],
  ['{"__proto__":1,"__proto__":2}', '"__proto__"'],
  [`{"${"n".repeat(100)}":1,"${"n".repeat(100)}":2}`, `"${"n".repeat(60)}"`],
  // Deeper than the strict reader goes.
  [`{"a":${"[".repeat(200)}{"b":1,"b":2}${"]".repeat(200)}}`, "A name"],
])("finds it in %s", (text, name) => {
  expect(nameSaidTwice(text, JSON.parse(text))).toBe(name);
});

it.each([
  '{"a":{"a":[{"a":1},{"a":2}]}}',
  '{"a":"b:\\":\\\\","c":"{\\"a\\":1}"}',
  "{}",
  '{"a":null,"__proto__":{"a":1}}',
])("finds none in %s", (text) => {
  expect(nameSaidTwice(text, JSON.parse(text))).toBeUndefined();
});

it("finds none in whatever was written by JSON.stringify", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const text = JSON.stringify(value);
      expect(nameSaidTwice(text, JSON.parse(text))).toBeUndefined();
    }),
  );
});
