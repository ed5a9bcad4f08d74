/** What may stand in custom claims, and where what may not stands. */
import { describe, expect, it } from "vitest";
import { videosdk } from "@/lib/profiles/videosdk/profile";
import { readCustomClaims } from "./custom-claims";

const read = (text: string) => readCustomClaims(text, videosdk);
const messageOf = (text: string) => {
  const result = read(text);
  return result.ok ? undefined : result.message;
};

describe("taken, as they are written:", () => {
  it.each([
    ["", {}],
    [" \n\t", {}],
    ["{}", {}],
    [
      '{"team": "red", "seats": 12, "ratio": 0.5, "on": true, "none": null}',
      { team: "red", seats: 12, ratio: 0.5, on: true, none: null },
    ],
    ['{"a": {"exp": 1, "apikey": "inside is another matter"}}', { a: { exp: 1, apikey: "inside is another matter" } }],
    ['{"name": "می‌خواهم"}', { name: "می‌خواهم" }],
  ])("%j", (text, claims) => expect(read(text)).toEqual({ ok: true, claims }));

  it("a name that JavaScript has a meaning for is a claim like any other", () => {
    const result = read('{"__proto__": {"a": 1}, "constructor": 2}');
    const claims = result.ok ? { apikey: "first", ...result.claims } : {};
    expect(JSON.stringify(claims)).toBe('{"apikey":"first","__proto__":{"a":1},"constructor":2}');
    expect(Object.getPrototypeOf(claims)).toBe(Object.prototype);
  });
});

describe("refused, with its place:", () => {
  it.each([
    ['{"team": "red"', /^Line 1, column 15: It ends where a comma or “}” should come\. Write the rest of it\.$/],
    ["{", /^Line 1, column 2: .* Write the rest of it\.$/],
    ['{"team": "re', /^Line 1, column 10: It ends inside a text\. Write the rest of it\.$/],
    ['{"seats": -', /^Line 1, column 11: It ends inside a number\. Write the rest of it\.$/],
    ['{\n  "team": "red",\n}', /^Line 3, column 1: /],
    ['{"a": 1,\n "b": 2, "a": 3}', /^Line 2, column 10: .*occurs more than once/],
    ['{"a": 1,}', /^Line 1, column 9: A comma stands before the closing “}”\. Remove the last comma\.$/],
    ['{"n": 12345678901234567890}', /^Line 1, column 7: /],
    ['{"n": 1.0}', /^Line 1, column 7: this number would be signed as 1\./],
    ['{"n": [1, {"m": 1e3}]}', /^Line 1, column 17: .*signed as 1000/],
    ["[1]", /^Line 1, column 1: Write one JSON object/],
    ['"team"', /^Line 1, column 1: Write one JSON object/],
    ['{"": 1}', /^Line 1, column 2: A claim needs a name/],
    ['{"team": "a\\u202eb"}', /^Line 1, column 10: .*U\+202E/],
    ['{"a\\u200bb": 1}', /^Line 1, column 2: .*U\+200B/],
    ['{"a": "\\u0007"}', /^Line 1, column 7: .*U\+0007/],
    ['{"a": "\\ud800"}', /^Line 1, column/],
    [`${'{"a":'.repeat(200)}1${"}".repeat(200)}`, /^Line 1, column/],
    [`{"a": "${"ü".repeat(2_048)}"}`, /^4,\d\d\d bytes are too many: .* 4,096/],
  ])("%j", (text, message) => expect(messageOf(text)).toMatch(message));

  it.each([...videosdk.claimNames, "iss", "sub", "aud"])("%s, which is not theirs", (name) => {
    expect(messageOf(`{"team": "red", "${name}": 1}`)).toMatch(/^Line 1, column 17: /);
  });

  it("a claim of another's in another spelling of its name, too", () => {
    expect(messageOf('{"\\u0065xp": 1}')).toMatch(/exp is a registered claim/);
    // Go's readers take it for exp, and the last of the two.
    expect(messageOf('{"EXP": 1}')).toMatch(/column 2: EXP is read as exp .* a registered claim/);
    expect(messageOf('{"Permissions": []}')).toMatch(/Permissions is read as permissions .* own/);
    // To them the long s is an s, and the sign of the kelvin a k.
    expect(messageOf('{"iſs": 1}')).toMatch(/iſs is read as iss .* a registered claim/);
    expect(messageOf('{"permiſſions": []}')).toMatch(/permiſſions is read as permissions .* own/);
    expect(messageOf('{"api\\u212aey": 1}')).toMatch(/is read as apikey .* own/);
  });

  it("tells of a field only where the form has one", () => {
    expect(messageOf('{"roomId": "a"}')).toMatch(/roomId is VideoSDK's own: fill in its field instead\.$/);
    for (const name of ["version", "apikey"])
      expect(messageOf(`{"${name}": 2}`)).toMatch(/is VideoSDK's own: it can't be set here\.$/);
  });
});
