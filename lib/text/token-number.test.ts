import { describe, expect, it } from "vitest";
import { batchName, tokenRangeName } from "./numbered";
import { batchNumberIn, numberAmongWords, tokenNumberIn, tokenRangeIn } from "./token-number";

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
    "Ticket No. 2,900",
    "Claim check\nNo. 2,900",
    " 2900 ",
    "No. 2,900:",
    "2900.",
    "\u2116 2'900",
    "n\u00b0 2900",
    "(No. 2,900)",
    "No. \uff12\uff19\uff10\uff10",
  ])("from %j", (text) => expect(tokenNumberIn(text)).toBe(2900));
  it("up to nine digits", () => expect(tokenNumberIn("123,456,789")).toBe(123_456_789));
});

describe("no number is", () => {
  it.each([
    "",
    "0",
    "-5",
    "29,00",
    "2900 tokens",
    "tom 29",
    "1234567890",
    "1.234.567.890",
    "1e3",
    "token",
    "room 2900",
    "२९००",
  ])("%j", (text) => expect(tokenNumberIn(text)).toBeUndefined());
});

describe("the numbers of a range are read", () => {
  it.each([tokenRangeName(3, 4_502), "3 to 4502", "no. 3 TO no. 4,502", "3,\u00a0to 4,502."])("from %j", (text) =>
    expect(tokenRangeIn(text)).toEqual({ first: 3, last: 4_502 }),
  );
  it.each(["3", "to 4", "3 to", "3 to tom", "4 to 3", "3 to 3", "1 to 2 to 3", "3to4"])("not from %j", (text) =>
    expect(tokenRangeIn(text)).toBeUndefined(),
  );
});

describe("a batch's number is read", () => {
  it.each([batchName(1_234), "batch 1234", "BATCH No. 1,234"])("from %j", (text) =>
    expect(batchNumberIn(text)).toBe(1_234),
  );
  it.each(["1234", "batch", "batch tom", "batches 7", "a batch 7"])("not from %j", (text) =>
    expect(batchNumberIn(text)).toBeUndefined(),
  );
});

describe("a number among words", () => {
  it.each([
    "tom 2900",
    "tom #2900",
    "2,900 tom",
    "No. 2,900 tom",
    "No.\u00a02,900 tom",
    "tom no 2900",
    "token 2900 tom",
    "ticket #2900 tom",
    "tom claim check 2900",
    "\u2116 2'900 tom",
    "No. 2,900, tom",
  ])("is read from %j, without what stands before it", (text) =>
    expect(numberAmongWords(text)).toEqual({ number: 2900, words: "tom" }),
  );
  it("is a name's where it is written to it", () =>
    expect(numberAmongWords("nono 29")).toEqual({ number: 29, words: "nono" }));
  it.each(["tom", "2900", "No. 2,900", "tom 1 2", "tom 0", "tom 29,00", "tom2900"])("is none in %j", (text) =>
    expect(numberAmongWords(text)).toBeUndefined(),
  );
});
