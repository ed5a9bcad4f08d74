/** How days are arranged for the chart. */
import { describe, expect, it } from "vitest";
import { busiestKeys } from "./busiest";

const days = (...counts: Record<string, number>[]) =>
  counts.map((each, index) => ({
    day: `2026-11-${String(index + 1).padStart(2, "0")}`,
    tokens: new Map(Object.entries(each)),
  }));

describe("the busiest keys", () => {
  it("of nothing are none", () => {
    expect(busiestKeys(days({}, {}))).toEqual({
      keys: [],
      others: 0,
      total: 0,
      days: [
        { day: "2026-11-01", tokens: [0] },
        { day: "2026-11-02", tokens: [0] },
      ],
      unusual: undefined,
    });
  });

  it("are four, and what the others issued is one number", () => {
    const { keys, others, total, days: arranged } = busiestKeys(days({ a: 1, b: 9, c: 5, d: 4, e: 3 }, { f: 1, b: 1 }));
    expect(keys).toEqual([
      { id: "b", tokens: 10 },
      { id: "c", tokens: 5 },
      { id: "d", tokens: 4 },
      { id: "e", tokens: 3 },
    ]);
    expect([others, total]).toEqual([2, 24]);
    expect(arranged.map(({ tokens }) => tokens)).toEqual([
      [9, 5, 4, 3, 1],
      [1, 0, 0, 0, 1],
    ]);
  });
});

describe("the unusual day", () => {
  const usual = [{ a: 20 }, { a: 25, b: 10 }, { a: 22 }, {}, { a: 30 }];

  it("is far above what days usually have, and named by the key that had most", () => {
    expect(busiestKeys(days(...usual, { a: 21, b: 90 })).unusual).toEqual({
      day: "2026-11-06",
      keyId: "b",
      tokens: 90,
    });
  });

  it.each([
    ["where days are alike", usual],
    ["where there is one day alone", [{ a: 500 }]],
    ["where a few tokens are many", [{ a: 1 }, { a: 1 }, { a: 19 }]],
  ])("is none %s", (_, counts) => {
    expect(busiestKeys(days(...counts)).unusual).toBeUndefined();
  });
});
