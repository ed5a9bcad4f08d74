/** Failures of strangers: the first at once, the others together, and none lost when the process ends in an orderly way. */
import { expect, it, vi } from "vitest";
import { recordFailures, recordFailuresNow } from "./record-failures";

it("what was counted and not yet told is told at the end, once", async () => {
  const record = vi.fn(async () => {});
  for (const subject of ["a", "b", "b"]) await recordFailures("x", "192.0.2.1", subject, record);
  expect(record.mock.calls).toEqual([[1, ["a"]]]);
  await recordFailuresNow();
  await recordFailuresNow();
  expect(record.mock.calls).toEqual([
    [1, ["a"]],
    [2, ["b"]],
  ]);
});

it("of an IPv6 site a few networks are told one by one, the others together, and it takes nothing from others", async () => {
  const record = vi.fn(async () => {});
  const fail = (address: string) => recordFailures("x", address, address, record);
  for (let network = 0; network < 300; network += 1) await fail(`2001:db8:7:${network.toString(16)}::1`);
  // Eight by themselves, and the first of the others.
  expect(record).toHaveBeenCalledTimes(9);
  for (const other of ["2001:db8:8::1", "192.0.2.1"]) await fail(other);
  expect(record).toHaveBeenCalledTimes(11);
  await recordFailuresNow();
  expect(record).toHaveBeenCalledTimes(12);
  expect(record).toHaveBeenLastCalledWith(291, expect.arrayContaining(["2001:db8:7:12b::1"]));
});

it("a minute in which something was counted is followed by another of its own: one event for each", async () => {
  vi.useFakeTimers();
  const record = vi.fn(async (_failures: number) => {});
  const fail = () => recordFailures("x", "192.0.2.9", "", record);
  for (let minute = 0; minute < 3; minute += 1) {
    for (let failure = 0; failure < 5; failure += 1) await fail();
    await vi.advanceTimersByTimeAsync(60_000);
  }
  // The first at once, the others of its minute, then those of the next two.
  expect(record.mock.calls.map(([failures]) => failures)).toEqual([1, 4, 5, 5]);
  await vi.advanceTimersByTimeAsync(60_000);
  await fail();
  expect(record).toHaveBeenCalledTimes(5);
  await recordFailuresNow();
  vi.useRealTimers();
});

it("a site whose minute is over is told anew", async () => {
  vi.useFakeTimers();
  const record = vi.fn(async () => {});
  const failAll = async () => {
    for (let network = 0; network < 9; network += 1) await recordFailures("x", `2001:db8:9:${network}::1`, "", record);
  };
  await failAll();
  await vi.advanceTimersByTimeAsync(60_000);
  await failAll();
  expect(record).toHaveBeenCalledTimes(18);
  await recordFailuresNow();
  vi.useRealTimers();
});
