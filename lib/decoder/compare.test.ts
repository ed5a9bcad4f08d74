/** Two tokens side by side. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { videosdk } from "@/lib/profiles/videosdk/profile";
import { compareClaims, differencesByPath } from "./compare";

const texts = (payloadText: string, headerText = '{"alg":"HS256"}') => ({ headerText, payloadText });

describe("comparing", () => {
  it("lays each member beside its namesake, as it is written, in the first token's order", () => {
    const first = texts('{"exp":1, "roomId":"a", "permissions":["allow_join"]}');
    const second = texts('{"permissions": ["allow_join"],"exp":2,"jti":"x"}', '{"alg":"HS256","typ":"JWT"}');
    expect(compareClaims(first, second)).toEqual([
      { path: "header.alg", first: '"HS256"', second: '"HS256"', same: true },
      { path: "header.typ", first: undefined, second: '"JWT"', same: false },
      { path: "payload.exp", first: "1", second: "2", instants: { first: 1, second: 2 }, same: false },
      { path: "payload.roomId", first: '"a"', second: undefined, same: false },
      { path: "payload.permissions", first: '["allow_join"]', second: '["allow_join"]', same: true },
      { path: "payload.jti", first: undefined, second: '"x"', same: false },
    ]);
  });

  it("knows instants, and says in words by which claim the second asks for more", () => {
    const [compared] = compareClaims(texts('{"exp":"soon"}', "{}"), texts('{"exp":1e9}', "{}"));
    expect(compared?.instants).toEqual({ first: undefined, second: 1e9 });
    const first = { apikey: "k", permissions: ["allow_join"], version: 2, roles: ["rtc"], exp: 1_795_500_000 };
    const second = { apikey: "k", permissions: ["allow_join", "allow_mod"], exp: 1_795_500_000 + 30 * 86_400 };
    const words = [...differencesByPath(videosdk, first, second)].map(([path, found]) => [
      path,
      found.map((difference) => difference.words),
    ]);
    expect(Object.fromEntries(words)).toEqual({
      "payload.exp": ["30 days more"],
      "payload.permissions": ["moderation"],
      "payload.roles": ["the REST API"],
    });
    expect(differencesByPath(videosdk, first, first).size).toBe(0);
    expect(differencesByPath(videosdk, first, undefined).size).toBe(0);
    const other = [...differencesByPath(videosdk, first, { ...first, version: 1 })];
    expect(other).toMatchObject([["payload.version", [{ words: "another `version`" }]]]);
  });

  it("goes by meaning, not by spelling", () => {
    const [compared] = compareClaims(
      texts('{"a":[1,{"b":"\\u0041"}]}', "{}"),
      texts('{"a": [ 1.0 , {"b":"A"}]}', "{}"),
    );
    expect(compared).toMatchObject({ path: "payload.a", same: true });
  });

  it("shows both values of a duplicate name", () => {
    expect(compareClaims(texts('{"a":1,"a":2}', "{}"), texts('{"a":2}', "{}"))).toMatchObject([
      { first: "1, then 2", second: "2", same: false },
    ]);
  });

  it.each([
    ["integers that JavaScript can't tell apart", "9007199254740993", "9007199254740992"],
    ["a number beyond all bounds and null", "1e400", "null"],
    ["a duplicate name within", '{"b":1,"b":2}', '{"b":2}'],
    ["a text and a number", '"1"', "1"],
  ])("tells apart %s", (_, first, second) => {
    const [compared] = compareClaims(texts(`{"a":${first}}`, "{}"), texts(`{"a":${second}}`, "{}"));
    expect(compared).toMatchObject({ first, second, same: false });
  });

  it.each(["", "[]", "{", "null", "7"])("takes what is no JSON object for empty: %j", (text) => {
    const compared = compareClaims(texts(text, text), texts('{"a":1}', "{}"));
    expect(compared).toEqual([{ path: "payload.a", first: undefined, second: "1", same: false }]);
  });

  it("any two objects: every name once, and a token is the same as itself", () => {
    const objects = fc.dictionary(fc.string(), fc.jsonValue()).map((value) => texts(JSON.stringify(value)));
    fc.assert(
      fc.property(objects, objects, (first, second) => {
        const paths = compareClaims(first, second).map(({ path }) => path);
        expect(new Set(paths).size).toBe(paths.length);
        expect(compareClaims(first, first).every(({ same }) => same)).toBe(true);
        const swapped = compareClaims(second, first);
        expect(swapped.filter(({ same }) => same)).toHaveLength(
          compareClaims(first, second).filter(({ same }) => same).length,
        );
      }),
    );
  });
});
