import { expect, it } from "vitest";
import { MOST_IN_BATCH } from "@/lib/sizes";
import { isOfTooManyParts, MOST_NAMES } from "./too-many-parts";

const names = (many: number) => Object.fromEntries(Array.from({ length: many }, (_, index) => [`n${index}`, 1]));
const row = {
  ...{ roomId: "r", participantId: "p", permissions: Array(5).fill("x"), roles: Array(3).fill("x") },
  ...{ expiresIn: "2h", purpose: '{"a":[1,2,3]}\\"' },
};

it.each([
  ["nothing", ""],
  ["the largest batch", JSON.stringify({ keyId: "k", customClaims: names(600), rows: Array(MOST_IN_BATCH).fill(row) })],
  ["a long text of signs", JSON.stringify({ purpose: '\\":,[{'.repeat(100_000) })],
  ["a text that does not end", `{"${",".repeat(400_000)}`],
  ["one that ends in a backslash", '{"a\\'],
  ["as many names as may be", JSON.stringify(names(MOST_NAMES))],
])("reads %s", (_, text) => expect(isOfTooManyParts(text)).toBe(false));

it.each([
  ["names in one object", JSON.stringify(names(MOST_NAMES + 1))],
  ["names further within", JSON.stringify({ a: [{ b: 1 }, { c: names(MOST_NAMES + 1) }] })],
  ["names in many objects", JSON.stringify(Array(100).fill(names(1_000)))],
  ["values", JSON.stringify(Array(400_000).fill(0))],
  ["lists within lists", "[".repeat(400_000)],
])("does not read too many %s", (_, text) => expect(isOfTooManyParts(text)).toBe(true));
