/** What is removed at the start and every day, and that a failure stops neither. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { removeEndedSessions } from "@/lib/auth/remove-ended-sessions";
import { expireHandovers } from "@/lib/handover/expire";
import { openDesk } from "@/lib/test-desk";
import { cleanUpDaily, expireByTheMinute } from "./clean-up";

vi.mock("@/lib/auth/remove-ended-sessions", () => ({ removeEndedSessions: vi.fn() }));

vi.mock("@/lib/handover/expire", () => ({ expireHandovers: vi.fn() }));

await openDesk();
beforeEach(() => vi.useFakeTimers({ toFake: ["setTimeout", "Date"] }));
afterEach(() => vi.useRealTimers());

it("comes at once and once a day, with the time that it is then, also after it failed", async () => {
  const first = new Date("2026-11-24T12:00:00Z");
  vi.setSystemTime(first);
  vi.mocked(removeEndedSessions).mockRejectedValueOnce(new Error("the disk is full")).mockResolvedValue(0);
  await cleanUpDaily();
  await vi.advanceTimersByTimeAsync(2 * 24 * 60 * 60 * 1000);
  expect(vi.mocked(removeEndedSessions).mock.calls.flat()).toEqual(
    [0, 1, 2].map((days) => new Date(first.getTime() + days * 24 * 60 * 60 * 1000)),
  );
});

it("erases by the minute what was not opened in time, also after it failed", async () => {
  vi.mocked(expireHandovers).mockRejectedValueOnce(new Error("the disk is full")).mockResolvedValue(0);
  await expireByTheMinute();
  await vi.advanceTimersByTimeAsync(2 * 60 * 1000);
  expect(expireHandovers).toHaveBeenCalledTimes(3);
});
