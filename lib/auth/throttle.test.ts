/** How attempts are counted in the database, and what is told beyond a limit. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { closeDatabase, reader, transaction } from "@/lib/db";
import { openDesk, refusalOf } from "@/lib/test-desk";
import { type Count, countAttempt, countsAt, giveBack } from "./throttle";

const WINDOW_MS = 15 * 60 * 1000;
const desk = await openDesk();

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
  desk.raw((db) => db.exec("DELETE FROM LimitCount"));
});
afterEach(() => void vi.useRealTimers());

const pair = (key: string): Count => ({ limit: "accountAtAddress", key });
const address = (key: string): Count => ({ limit: "signInsAtAddress", key });
const account = (key: string): Count => ({ limit: "signInsToAccount", key });

async function admitted(times: number, counts: (index: number) => Count[]): Promise<number> {
  const all = await Promise.allSettled(Array.from({ length: times }, (_, index) => countAttempt(counts(index))));
  return all.filter(({ status }) => status === "fulfilled").length;
}

it("counts an IPv6 address by its /64, and eight times as softly by its site's /48", async () => {
  const from = (network: number) => countsAt("setupCodes", `2001:db8:1:${network.toString(16)}::9`);
  expect(await admitted(12, () => from(0))).toBe(8);
  expect(await admitted(100, (index) => from(1 + index))).toBe(56);
  expect(await admitted(1, () => countsAt("setupCodes", "2001:db8:2:1::9"))).toBe(1);
  expect(countsAt("setupCodes", "203.0.113.9")).toEqual([{ limit: "setupCodes", key: "203.0.113.9" }]);
});

describe("a limit", () => {
  it("lets as many in as it says, also when they come at once, and counts each", async () => {
    expect(await admitted(60, () => [pair("a")])).toBe(8);
    expect(await reader().limitCount.findMany({ select: { count: true } })).toEqual([{ count: 8 }]);
    expect(await admitted(60, () => [pair("b")])).toBe(8);
  });

  it("says when to try again, and lets one in then", async () => {
    await admitted(8, () => [pair("a")]);
    vi.setSystemTime(Date.now() + 5 * 60 * 1000);
    const { code, message, extra } = await refusalOf(countAttempt([pair("a")]));
    expect(code).toBe("throttled");
    expect(message).toBe("Too many attempts. Try again in 10 min.");
    expect(extra.retryAfterSeconds).toBe(600);
    vi.setSystemTime(Date.now() + 599_000);
    expect((await refusalOf(countAttempt([pair("a")]))).message).toBe("Too many attempts. Try again in 1 s.");
    vi.setSystemTime(Date.now() + 1_000);
    expect(await admitted(20, () => [pair("a")])).toBe(8);
  });

  it("holds after a restart", async () => {
    await admitted(5, () => [pair("a")]);
    await closeDatabase();
    expect(await admitted(20, () => [pair("a")])).toBe(3);
  });

  it("holds when the clock is set back, for no longer than a window", async () => {
    await admitted(8, () => [pair("a")]);
    vi.setSystemTime(Date.now() - 24 * 3_600_000);
    expect((await refusalOf(countAttempt([pair("a")]))).extra.retryAfterSeconds).toBe(900);
    vi.setSystemTime(Date.now() + WINDOW_MS);
    expect(await admitted(20, () => [pair("a")])).toBe(8);
  });

  it("that only slows down refuses nobody, and tells how many there were", async () => {
    expect(await admitted(50, () => [account("a")])).toBe(50);
    expect(await countAttempt([account("a")])).toEqual([51]);
  });
});

describe("several limits", () => {
  it("are counted together or not at all: who is refused by one uses up nothing of another", async () => {
    expect(await admitted(60, (index) => [address("x"), pair(`x ${index}`)])).toBe(40);
    await admitted(30, () => [address("x"), pair("x maya")]);
    expect(await admitted(20, () => [address("y"), pair("x maya")])).toBe(8);
  });

  it("tell the longest wait", async () => {
    await admitted(8, () => [pair("a")]);
    vi.setSystemTime(Date.now() + 10 * 60 * 1000);
    await admitted(40, () => [address("x")]);
    expect((await refusalOf(countAttempt([pair("a"), address("x")]))).extra.retryAfterSeconds).toBe(900);
  });
});

it("an attempt that is given back is one more, and no more", async () => {
  await admitted(8, () => [pair("a")]);
  await transaction((tx) => giveBack(tx, [pair("a"), pair("never counted")]));
  expect(await admitted(5, () => [pair("a")])).toBe(1);
});

it("nothing can be given back beyond what was counted", async () => {
  await admitted(1, () => [pair("a")]);
  for (let time = 0; time < 3; time++) await transaction((tx) => giveBack(tx, [pair("a")]));
  expect(await admitted(20, () => [pair("a")])).toBe(8);
});

it("what is over is removed", async () => {
  await admitted(30, (index) => [pair(`${index}`)]);
  vi.setSystemTime(Date.now() + WINDOW_MS);
  await countAttempt([pair("the next")]);
  expect(await reader().limitCount.count()).toBe(1);
});

it("a refusal writes nothing", async () => {
  await admitted(8, () => [pair("a")]);
  const version = () => desk.raw((db) => db.prepare("PRAGMA wal_checkpoint").get());
  const before = version();
  for (let again = 0; again < 5; again++) await refusalOf(countAttempt([pair("a")]));
  expect(version()).toEqual(before);
});
