import { expect, it } from "vitest";
import { shorten } from "./shorten";

it("cuts what is too long, and no character in half", () => {
  expect(shorten("abcd", 4)).toBe("abcd");
  expect(shorten("abcde", 4)).toBe("abcd…");
  expect(shorten("abc😀e", 4)).toBe("abc…");
  expect(shorten("x".repeat(61))).toBe(`${"x".repeat(60)}…`);
});
