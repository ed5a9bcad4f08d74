import { describe, expect, it } from "vitest";
import { formatUtc } from "./instant";

describe("formatUtc writes", () => {
  it.each([
    [0, "1970-01-01 00:00 UTC"],
    [1300819380.9, "2011-03-22 18:43 UTC"],
    [1300819381, "2011-03-22 18:43:01 UTC"],
    [1588899600000, "52320-03-23 16:00 UTC"],
    [1e15, "the year 31690708"],
  ])("%d as %s", (epochSeconds, text) => {
    expect(formatUtc(epochSeconds)).toBe(text);
  });
});
