/** Sentences with instants. */
import { describe, expect, it } from "vitest";
import { placeOf, plainText, runsOf } from "./said";

const noon = Date.UTC(2026, 10, 24, 12) / 1000;

describe("a sentence with instants", () => {
  it("has a place for each, in order, and is plain in UTC", () => {
    const instants: number[] = [];
    const message = `From ${placeOf(noon, instants)} to ${placeOf(noon + 60, instants)}.`;
    expect(runsOf({ message, instants })).toEqual(["From ", noon, " to ", noon + 60, "."]);
    expect(plainText({ message, instants })).toBe("From 2026-11-24 12:00 UTC to 2026-11-24 12:01 UTC.");
  });

  it("writes out what no calendar holds", () => {
    const instants: number[] = [];
    expect(placeOf(1e15, instants)).toBe("the year 31690708");
    expect(instants).toEqual([]);
  });

  it("reads no place into a sentence that has none: a token may hold anything", () => {
    expect(runsOf({ message: 'roomId "{0}" is empty.' })).toEqual(['roomId "{0}" is empty.']);
  });
});
