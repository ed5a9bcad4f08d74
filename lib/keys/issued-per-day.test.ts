/** Days of a zone are made of quarters of an hour, also where it is half an hour off and where clocks are set. */
import { beforeEach, describe, expect, it } from "vitest";
import { atTime } from "@/lib/clock";
import { issueForm, openDesk } from "@/lib/test-desk";
import { issueToken } from "@/lib/tokens/issue";
import { issuedPerDay } from "./issued-per-day";

const desk = await openDesk();
beforeEach(() => desk.raw((db) => db.exec("DELETE FROM IssuedPerQuarter")));

/** As issuing keeps it. */
function issued(at: string, tokens: number, keyId = "key"): void {
  desk.raw((db) =>
    db.prepare("INSERT INTO IssuedPerQuarter VALUES (?, ?, ?)").run(Date.parse(at) / 900_000, keyId, tokens),
  );
}

const at = (now: string, asked: Parameters<typeof issuedPerDay>[1]) =>
  atTime(new Date(now), () => issuedPerDay(desk.auditor, asked));

const told = (days: Awaited<ReturnType<typeof issuedPerDay>>) =>
  Object.fromEntries(
    days.filter(({ tokens }) => tokens.size > 0).map(({ day, tokens }) => [day, Object.fromEntries(tokens)]),
  );

describe("issued per day", () => {
  it("has 90 days, and today is the last", async () => {
    const days = await at("2026-11-24T23:59:59Z", { zone: "UTC" });
    expect(days).toHaveLength(90);
    expect(days.at(-1)?.day).toBe("2026-11-24");
    expect(days[0]?.day).toBe("2026-08-27");
    expect(told(days)).toEqual({});
  });

  it("cuts days where the reader's begin: at 18:30 UTC in Kolkata", async () => {
    issued("2026-11-23T18:15Z", 1);
    issued("2026-11-23T18:30Z", 2);
    issued("2026-11-24T18:15Z", 4);
    issued("2026-11-24T18:30Z", 8);
    expect(told(await at("2026-11-24T18:45Z", { zone: "Asia/Kolkata" }))).toEqual({
      "2026-11-23": { key: 1 },
      "2026-11-24": { key: 6 },
      "2026-11-25": { key: 8 },
    });
    expect(told(await at("2026-11-24T18:45Z", { zone: "UTC" }))).toEqual({
      "2026-11-23": { key: 3 },
      "2026-11-24": { key: 12 },
    });
  });

  it("gives the day on which clocks are set back its 25 hours, and the one on which they go forth its 23", async () => {
    issued("2026-10-24T21:45Z", 1);
    issued("2026-10-24T22:00Z", 2);
    issued("2026-10-25T22:45Z", 4);
    issued("2026-10-25T23:00Z", 8);
    expect(told(await at("2026-11-24T12:00Z", { zone: "Europe/Berlin" }))).toEqual({
      "2026-10-24": { key: 1 },
      "2026-10-25": { key: 6 },
      "2026-10-26": { key: 8 },
    });
    desk.raw((db) => db.exec("DELETE FROM IssuedPerQuarter"));
    issued("2026-03-28T23:00Z", 1);
    issued("2026-03-29T21:45Z", 2);
    issued("2026-03-29T22:00Z", 4);
    expect(told(await at("2026-04-24T12:00Z", { zone: "Europe/Berlin" }))).toEqual({
      "2026-03-29": { key: 3 },
      "2026-03-30": { key: 4 },
    });
  });

  it("forgets what is older than 90 days, and tells keys apart", async () => {
    issued("2026-08-26T23:45Z", 5);
    issued("2026-08-27T00:00Z", 7);
    issued("2026-08-27T00:00Z", 9, "other");
    const now = "2026-11-24T12:00Z";
    expect(told(await at(now, { zone: "UTC" }))).toEqual({ "2026-08-27": { key: 7, other: 9 } });
    expect(told(await at(now, { zone: "UTC", keyId: "other" }))).toEqual({ "2026-08-27": { other: 9 } });
  });

  it("counts what is issued, in the day of its issue", async () => {
    const key = await desk.addKey();
    const now = new Date("2026-11-24T22:45:00Z");
    await atTime(now, () => issueToken(desk.issuer, issueForm(key)));
    await atTime(now, () => issueToken(desk.issuer, issueForm(key)));
    expect(told(await at("2026-11-25T02:00Z", { zone: "Asia/Tokyo" }))).toEqual({ "2026-11-25": { [key.id]: 2 } });
  });
});
