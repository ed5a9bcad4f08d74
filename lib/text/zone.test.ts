import { describe, expect, it } from "vitest";
import { timeParts } from "./instant";
import { boundsOfDay, dayIn, instantAt, UTC, wallAt, zoneName, zoneOf } from "./zone";

const at = (iso: string) => Date.parse(iso) / 1000;

describe("a cookie", () => {
  it.each([
    ["utc", UTC],
    ["Europe/Berlin", "Europe/Berlin"],
    ["Asia/Kolkata", "Asia/Kolkata"],
    ["America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"],
    ["Etc/GMT+5", "Etc/GMT+5"],
    ["UTC", UTC],
  ])("%s names %s", (cookie, zone) => expect(zoneOf(cookie)).toBe(zone));

  it.each([undefined, "", "local", "+05:30", "Europe/Nowhere", "<b>", "Europe/Berlin; x=1", "a".repeat(65), "../etc"])(
    "%j names none",
    (cookie) => expect(zoneOf(cookie)).toBeUndefined(),
  );

  it("of a thousand made-up zones costs no memory, and the real ones are known after it", () => {
    const spellings = Array.from({ length: 1000 }, (_, number) =>
      [..."europe/berlin"]
        .map((letter, index) => ((number >> (index % 10)) & 1 ? letter.toUpperCase() : letter))
        .join(""),
    );
    for (const spelling of spellings) expect(zoneOf(spelling)).toBe(spelling);
    expect(zoneName(at("2026-11-24T13:05:00Z"), "Europe/Berlin")).toBe("CET");
  });
});

describe("an instant in a zone", () => {
  it.each([
    ["2026-11-24T13:05:09Z", UTC, "Tue 24 Nov 2026", "13:05:09", "UTC"],
    ["2026-11-24T13:05:09Z", "Europe/Berlin", "Tue 24 Nov 2026", "14:05:09", "CET"],
    ["2026-07-24T22:05:09Z", "Europe/Berlin", "Sat 25 Jul 2026", "00:05:09", "CEST"],
    ["2026-11-24T20:05:09Z", "Asia/Kolkata", "Wed 25 Nov 2026", "01:35:09", "GMT+5:30"],
    ["2026-01-01T02:00:00Z", "America/St_Johns", "Wed 31 Dec 2025", "22:30:00", "GMT-3:30"],
  ])("%s in %s", (iso, zone, day, clock, name) => {
    expect(timeParts(at(iso), zone, true)).toEqual({ day, clock, zone: name });
  });

  it("lies in a day there, which has 23 to 25 hours", () => {
    expect(dayIn(at("2026-11-24T18:30:00Z"), "Asia/Kolkata")).toBe("2026-11-25");
    expect(dayIn(at("2026-11-24T18:29:59Z"), "Asia/Kolkata")).toBe("2026-11-24");
    const hours = (day: string, zone: string) => {
      const { from, to } = boundsOfDay(day, zone);
      expect([dayIn(from, zone), dayIn(to - 1, zone)]).toEqual([day, day]);
      expect(dayIn(from - 1, zone) < day && dayIn(to, zone) > day).toBe(true);
      return (to - from) / 3600;
    };
    expect(hours("2026-11-24", "Asia/Kolkata")).toBe(24);
    expect(hours("2026-11-24", UTC)).toBe(24);
    expect(hours("2026-03-29", "Europe/Berlin")).toBe(23);
    expect(hours("2026-10-25", "Europe/Berlin")).toBe(25);
    expect(hours("2026-12-31", "Pacific/Auckland")).toBe(24);
    // Clocks are set at midnight there, and it belongs to the day that it begins.
    expect(hours("2026-09-06", "America/Santiago")).toBe(23);
    expect(hours("2026-09-05", "America/Santiago")).toBe(24);
    expect(hours("2026-04-04", "America/Santiago")).toBe(25);
    expect(hours("2026-03-08", "America/Havana")).toBe(23);
    expect(hours("2026-11-01", "America/Havana")).toBe(25);
    expect(boundsOfDay("tomorrow", UTC).from).toBeNaN();
  });

  it("is found from what clocks show there", () => {
    expect(instantAt("2026-11-24T14:05", "Europe/Berlin")).toBe(at("2026-11-24T13:05:00Z"));
    expect(instantAt("2026-10-25T03:30", "Europe/Berlin")).toBe(at("2026-10-25T02:30:00Z"));
    expect(instantAt("2026-03-29T03:30", "Europe/Berlin")).toBe(at("2026-03-29T01:30:00Z"));
    expect(instantAt("", "Europe/Berlin")).toBeNaN();
  });

  it.each([
    ["Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:30:00Z", "2026-03-29T03:30"],
    ["America/New_York", "2026-03-08T02:30", "2026-03-08T07:30:00Z", "2026-03-08T03:30"],
    ["Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:45:00Z", "2026-10-04T02:45"],
    ["America/Santiago", "2026-09-06T00:00", "2026-09-06T04:00:00Z", "2026-09-06T01:00"],
    ["Pacific/Apia", "2011-12-30T12:00", "2011-12-30T22:00:00Z", "2011-12-31T12:00"],
  ])("in %s, where %s does not exist, is as much later", (zone, wall, iso, shown) => {
    expect(instantAt(wall, zone)).toBe(at(iso));
    expect(wallAt(at(iso), zone)).toBe(shown);
  });

  it.each([
    ["Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30:00Z", 60],
    ["America/New_York", "2026-11-01T01:30", "2026-11-01T05:30:00Z", 60],
    ["Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45:00Z", 30],
  ])("in %s, where %s exists twice, is the first", (zone, wall, iso, minutes) => {
    expect(instantAt(wall, zone)).toBe(at(iso));
    expect([wallAt(at(iso), zone), wallAt(at(iso) + minutes * 60, zone)]).toEqual([wall, wall]);
  });
});
