import { describe, expect, it } from "vitest";
import { tokenNumberIn } from "./token-number";

describe("a token's number is read", () => {
  it.each([
    "2900",
    "2,900",
    "2.900",
    "2 900",
    "#2900",
    "# 2,900",
    "No. 2,900",
    "no 2900",
    "NO.2900",
    "token 2900",
    "Token No. 2,900",
    " 2900 ",
  ])("from %j", (text) => expect(tokenNumberIn(text)).toBe(2900));
  it("up to nine digits", () => expect(tokenNumberIn("123,456,789")).toBe(123_456_789));
});

describe("no number is", () => {
  it.each(["", "0", "-5", "29,00", "2900 tokens", "tom 29", "1234567890", "1e3", "token", "room 2900", "२९००"])(
    "%j",
    (text) => expect(tokenNumberIn(text)).toBeUndefined(),
  );
});
