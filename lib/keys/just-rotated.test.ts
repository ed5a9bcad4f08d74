import { expect, test } from "vitest";
import { justRotatedAt } from "./just-rotated";

const at = new Date("2026-11-30T12:00:00Z");
const before = (minutes: number) => new Date(at.getTime() - minutes * 60_000);

test("a rotation is told to be done for an hour", () => {
  const createdAt = before(500);
  expect(justRotatedAt({ createdAt, secret: { since: before(59) } }, at)).toEqual(before(59));
  expect(justRotatedAt({ createdAt, secret: { since: before(60) } }, at)).toBeUndefined();
});

test("what a key began with is none, however new it is", () => {
  expect(justRotatedAt({ createdAt: before(1), secret: { since: before(1) } }, at)).toBeUndefined();
  expect(justRotatedAt({ createdAt: before(1), secret: null }, at)).toBeUndefined();
});
