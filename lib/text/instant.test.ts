import { describe, expect, it } from "vitest";
import { dayUnlessToday, formatUtc, shortTime } from "./instant";

describe("formatUtc writes", () => {
  it.each([
    [0, "1970-01-01 00:00 UTC"],
    [1300819380.9, "2011-03-22 18:43 UTC"],
    [1300819381, "2011-03-22 18:43:01 UTC"],
    [253402300799, "9999-12-31 23:59:59 UTC"],
    [1588899600000, "the year 52320"],
    [1e15, "the year 31690708"],
  ])("%d as %s", (epochSeconds, text) => {
    expect(formatUtc(epochSeconds)).toBe(text);
  });
});

describe("shortTime tells, at 15:03 CET of 24 Nov 2026,", () => {
  const now = Date.parse("2026-11-24T14:03:00Z") / 1000;
  it.each([
    ["2026-11-24T13:44:09Z", "14:44", "13:44 UTC"],
    ["2026-11-23T23:30:00Z", "00:30", "23 Nov, 23:30 UTC"],
    ["2026-11-23T17:55:00Z", "23 Nov, 18:55", "23 Nov, 17:55 UTC"],
    ["2025-12-31T23:30:00Z", "1 Jan, 00:30", "31 Dec 2025"],
    ["2025-11-24T13:44:09Z", "24 Nov 2025", "24 Nov 2025"],
  ])("%s as %s, and in UTC as %s", (iso, local, utc) => {
    const at = Date.parse(iso) / 1000;
    expect([shortTime(at, now, "Europe/Berlin"), shortTime(at, now, "UTC")]).toEqual([local, utc]);
    expect(shortTime(at, now, "UTC", false)).toBe(utc.replace(" UTC", ""));
  });
});

it("dayUnlessToday tells the day only where it is another one than today, in that zone", () => {
  const now = Date.parse("2026-11-24T14:03:00Z") / 1000;
  const day = (iso: string, zone: string) => dayUnlessToday(Date.parse(iso) / 1000, now, zone);
  expect(day("2026-11-23T23:30:00Z", "Europe/Berlin")).toBe("");
  expect(day("2026-11-23T23:30:00Z", "UTC")).toBe("23 Nov");
  expect(day("2027-11-24T14:03:00Z", "UTC")).toBe("24 Nov 2027");
});
