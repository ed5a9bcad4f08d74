/** What is shown must be what is there. */
import { describe, expect, it } from "vitest";
import { plainId, plainText } from "./plain-text";

const hidden = [
  "\0",
  "\u001b",
  "\u009b",
  "\n",
  "\u202a",
  "\u202e",
  "\u2066",
  "\u2069",
  "\u200b",
  "\u2060",
  "\ufeff",
  "\ud800",
  "\udfff",
];
const joining = ["\u200c", "\u200d", "\u200e", "\u200f"];

describe("refused everywhere, and named by its code:", () => {
  it.each(hidden)("%j", (character) => {
    for (const schema of [plainText(), plainId()]) {
      const message = schema.safeParse(`a${character}b`).error?.issues[0]?.message;
      expect(message).toContain(`U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`);
    }
  });
});

it.each(joining)("%j stays in names, and is refused in ids", (character) => {
  expect(plainText().parse(`a${character}b`)).toBe(`a${character}b`);
  expect(plainId().safeParse(`a${character}b`).success).toBe(false);
});

it("keeps Persian, Hindi, Hebrew and emoji as they are", () => {
  for (const name of ["می\u200cخواهم", "क्\u200dष", "שרה", "👩\u200d💻"])
    expect(plainText().parse(name)).toBe(name.normalize("NFC"));
});

it("writes twins alike", () => {
  expect(plainText().parse(" Zoe\u0308 ")).toBe("Zo\u00eb");
  expect(plainId().parse("e\u0301")).toBe(plainId().parse("\u00e9"));
});
