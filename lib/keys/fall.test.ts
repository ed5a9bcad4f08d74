/** How a number of active tokens falls, in few steps. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fallAmong, fallOf, fallOfLast, worthWaitingFor } from "./fall";

describe("the fall of active tokens", () => {
  // One ends in each minute.
  const inMinutes = ({ now, steps }: ReturnType<typeof fallOf>) => ({
    now,
    steps: steps.map(({ at, left }) => ({ at: at / 60, left })),
  });

  it.each<[string, number[], ReturnType<typeof fallOf>]>([
    ["none", [], { now: 0, steps: [] }],
    ["one", [10], { now: 1, steps: [{ at: 10, left: 0 }] }],
    ["all at once", [10, 10, 10], { now: 3, steps: [{ at: 10, left: 0 }] }],
    [
      "a half, a quarter, the end",
      [10, 11, 12, 13, 14, 20, 20, 30, 40],
      {
        now: 9,
        steps: [
          { at: 14, left: 4 },
          { at: 20, left: 2 },
          { at: 30, left: 1 },
          { at: 40, left: 0 },
        ],
      },
    ],
    [
      "one that lasts",
      [10, 10, 10, 10, 99],
      {
        now: 5,
        steps: [
          { at: 10, left: 1 },
          { at: 99, left: 0 },
        ],
      },
    ],
  ])("%s", (_, ends, fall) => expect(inMinutes(fallOf(ends.map((end) => end * 60)))).toEqual(fall));

  it("is of at most four steps, later and fewer each, true at each, and ends with none", () => {
    const ends = fc
      .array(fc.integer({ min: 1, max: 5_000 }), { maxLength: 300 })
      .map((all) => all.sort((a, b) => a - b));
    fc.assert(
      fc.property(ends, (sorted) => {
        const { now, steps } = fallOf(sorted);
        expect(now).toBe(sorted.length);
        expect(steps.length).toBeLessThanOrEqual(4);
        expect(steps.at(-1)?.left ?? 0).toBe(0);
        let [before, at] = [now, -1];
        for (const step of steps) {
          expect(step.left).toBe(sorted.filter((end) => end > step.at).length);
          expect(step.left).toBeLessThan(before);
          // Two that are told as one minute would contradict each other.
          expect(Math.floor(step.at / 60)).toBeGreaterThan(Math.floor(at / 60));
          [before, at] = [step.left, step.at];
        }
      }),
    );
  });

  it("has one step of those that are told as one minute", () => {
    expect(fallOf([6_000, 6_001, 6_002, 6_003, 6_059])).toEqual({ now: 5, steps: [{ at: 6_059, left: 0 }] });
    expect(fallOf([6_058, 6_058, 6_059, 6_060])).toEqual({
      now: 4,
      steps: [
        { at: 6_059, left: 1 },
        { at: 6_060, left: 0 },
      ],
    });
  });

  it("of more than were gone through begins where those begin that were, and is true at each step", () => {
    const minute = 60;
    const ends = [4, 4.5, 5, 6, 6, 8, 9, 11, 30].map((at) => at * minute);
    expect(fallOfLast(ends)).toEqual({
      ...{ now: 8, more: true },
      steps: [
        { at: 4.5 * minute, left: 7 },
        { at: 8 * minute, left: 3 },
        { at: 11 * minute, left: 1 },
        { at: 30 * minute, left: 0 },
      ],
    });
    expect(fallOfLast([300, 300, 301])).toEqual({ now: 2, more: true, steps: [{ at: 301, left: 0 }] });
  });

  it("of more than were gone through begins with how many there are, as far as that was counted", () => {
    const part = fallOfLast([60, 120, 180]);
    expect(fallAmong(part, { active: 31_204, all: true })).toMatchObject({ now: 31_204, more: false });
    expect(fallAmong(part, { active: 50_006, all: false })).toMatchObject({ now: 50_006, more: true });
    const whole = { ...fallOf([60, 120]), more: false };
    expect(fallAmong(whole, { active: 3, all: true })).toEqual(whole);
    expect(worthWaitingFor(fallAmong(part, { active: 31_204, all: true }))).toEqual({ at: 60, left: 2 });
  });

  it("is worth waiting for where at most a third is left, and some are", () => {
    expect(worthWaitingFor(fallOf([10, 10, 10, 10, 99]))).toEqual({ at: 10, left: 1 });
    expect(worthWaitingFor(fallOf([10, 10, 10, 10, 59]))).toBeUndefined();
    expect(worthWaitingFor(fallOf([10, 20]))).toBeUndefined();
    expect(worthWaitingFor(fallOf([10, 10]))).toBeUndefined();
    expect(worthWaitingFor(fallOf([]))).toBeUndefined();
  });
});
