import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchWords } from "./match-words";

describe("matchWords", () => {
  it("takes words in any order, without case and accents, and says where", () => {
    expect(matchWords("okoye TOM", ["Tomás Okoye", "issuer"])).toEqual({
      score: 1,
      ranges: [
        [
          [0, 3],
          [6, 11],
        ],
        [],
      ],
    });
    expect(matchWords("tomas", ["Tomás"])?.ranges).toEqual([[[0, 5]]]);
    expect(matchWords("stag api", ["Staging", "a key, for the API"])?.ranges).toEqual([[[0, 4]], [[15, 18]]]);
    expect(matchWords("日本", ["部屋 日本"])?.ranges).toEqual([[[3, 5]]]);
  });

  it("refuses when one word is nowhere", () => {
    expect(matchWords("stag prod", ["Staging", "production-like"])).toBeDefined();
    expect(matchWords("stag proda", ["Staging", "production-like"])).toBeUndefined();
  });

  it("ranks a start before a word, a word before a part, and the name before what is said of it", () => {
    const scores = ["Keys", "The keys", "Monkeys"].map((text) => matchWords("key", [text, ""])?.score);
    expect([...scores, matchWords("key", ["Issue", "with a key"])?.score]).toEqual([0, 1, 2, 3]);
  });

  it("marks places within the text, apart and in order, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), fc.string({ maxLength: 6 }), (text, search) => {
        for (const ranges of matchWords(search, [text])?.ranges ?? []) {
          let end = -1;
          for (const [from, to] of ranges) {
            expect(from).toBeGreaterThan(end);
            expect(to).toBeGreaterThan(from);
            expect(to).toBeLessThanOrEqual(text.length);
            end = to;
          }
        }
      }),
    );
  });
});
