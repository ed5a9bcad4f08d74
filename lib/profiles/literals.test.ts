import { describe, expect, it } from "vitest";
import { go, javascript, literalOf, memberName, php, python, ruby } from "./literals";

const languages = { javascript, python, go, php, ruby };
const all = (value: unknown) =>
  Object.fromEntries(Object.entries(languages).map(([name, each]) => [name, literalOf(each, value)]));

describe("a literal means the same in each language:", () => {
  it("what interpolates is text", () => {
    expect(all('a"b\\c$d#{e}`f')).toEqual({
      javascript: '"a\\"b\\\\c$d#{e}`f"',
      python: '"a\\"b\\\\c$d#{e}`f"',
      go: '"a\\"b\\\\c$d#{e}`f"',
      php: '"a\\"b\\\\c\\$d#{e}`f"',
      ruby: '"a\\"b\\\\c$d\\#{e}`f"',
    });
  });

  it("what turns or hides text is written out, in four digits and beyond", () => {
    expect(all("\u202Ea\n\u{E0001}😀")).toEqual({
      javascript: '"\\u202ea\\n\\u{e0001}😀"',
      python: '"\\u202ea\\n\\U000e0001😀"',
      go: '"\\u202ea\\n\\U000e0001😀"',
      php: '"\\u{202e}a\\u{a}\\u{e0001}😀"',
      ruby: '"\\u{202e}a\\u{a}\\u{e0001}😀"',
    });
  });

  it("nothing, yes and no, lists and objects, also empty ones", () => {
    expect(all([null, true, false, {}, [], { 0: "a" }])).toEqual({
      javascript: '[null, true, false, { }, [], { "0": "a" }]'.replace("{ }", "{  }"),
      python: '[None, True, False, {}, [], {"0": "a"}]',
      go: '[]any{nil, true, false, map[string]any{}, []any{}, map[string]any{"0": "a"}}',
      php: '[null, true, false, (object) [], [], (object) ["0" => "a"]]',
      ruby: '[nil, true, false, {}, [], {"0" => "a"}]',
    });
  });

  it("numbers: whole, broken, and beyond what integers hold everywhere", () => {
    expect(literalOf(go, [7, -0.5, 2 ** 60])).toBe("[]any{7, -0.5, 1.152921504606847e+18}");
  });

  it("no name sets a prototype", () => {
    const own = JSON.parse('{"__proto__": {"admin": true}}');
    expect(literalOf(javascript, own)).toBe('{ ["__proto__"]: { "admin": true } }');
    expect(memberName("__proto__")).toBe('["__proto__"]');
    expect(memberName("https://x.example/y")).toBe('"https://x.example/y"');
  });
});
