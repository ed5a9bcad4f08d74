/** Failures of strangers: the first at once, the others together, and none lost when the process ends in an orderly way. */
import { expect, it, vi } from "vitest";
import { recordFailures, recordFailuresNow } from "./record-failures";

it("what was counted and not yet told is told at the end, once", async () => {
  const record = vi.fn(async () => {});
  for (const subject of ["a", "b", "b"]) await recordFailures("x", subject, record);
  expect(record.mock.calls).toEqual([[1, ["a"]]]);
  await recordFailuresNow();
  await recordFailuresNow();
  expect(record.mock.calls).toEqual([
    [1, ["a"]],
    [2, ["b"]],
  ]);
});
