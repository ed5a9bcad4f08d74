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
/** Of the same kind, and named by nobody: soft hyphens, fillers, invisible operators, old shaping controls, separators, tags. */
const unseen = "\u00ad \u034f \u115f \u17b4 \u180e \u2028 \u2029 \u2061 \u206a \u3164 \ufff9 \u{e0001}".split(" ");
const joining = ["\u200c", "\u200d", "\u200e", "\u200f"];

describe("refused everywhere, and named by its code:", () => {
  it.each([...hidden, ...unseen])("%j", (character) => {
    for (const schema of [plainText(), plainId()]) {
      const message = schema.safeParse(`a${character}b`).error?.issues[0]?.message;
      expect(message).toContain(`U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`);
    }
  });
});

it("counts characters as people do", () => {
  expect(plainId().safeParse("👩👩\u200b").error?.issues[0]?.message).toMatch(/^Character 3 /);
});

it.each([...joining, "\u061c", "\ufe0f", "\u{e0067}"])("%j stays in names, and is refused in ids", (character) => {
  expect(plainText().parse(`a${character}b`)).toBe(`a${character}b`);
  expect(plainId().safeParse(`a${character}b`).success).toBe(false);
});

it("keeps Persian, Hindi, Hebrew and emoji as they are", () => {
  for (const name of ["می\u200cخواهم", "क्\u200dष", "שרה", "👩\u200d💻", "❤\ufe0f", "🏴\u{e0067}\u{e0062}\u{e007f}"])
    expect(plainText().parse(name)).toBe(name.normalize("NFC"));
});

it("writes twins alike", () => {
  expect(plainText().parse(" Zoe\u0308 ")).toBe("Zo\u00eb");
  expect(plainId().parse("e\u0301")).toBe(plainId().parse("\u00e9"));
});
