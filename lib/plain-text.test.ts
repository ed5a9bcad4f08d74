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
const unseen =
  "\uffff \u{1fffe} \u00ad \u034f \u115f \u17b4 \u180e \u2028 \u2029 \u2061 \u206a \u3164 \u2800 \ufffc \u{1d159} \ufff9 \u{e0001}".split(
    " ",
  );
const joining = ["\u200c", "\u200d", "\u200e", "\u200f"];

describe("refused everywhere, and named by its code:", () => {
  it.each([...hidden, ...unseen])("%j", (character) => {
    for (const schema of [plainText(), plainId()]) {
      const message = schema.safeParse(`a${character}b`).error?.issues[0]?.message;
      expect(message).toContain(`U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`);
    }
  });
});

it("calls a line break what it is", () => {
  for (const [text, place] of [
    ["two\nlines", 4],
    ["two\r\nlines", 4],
    ["all three\u2028lines", 10],
  ] as const)
    expect(plainText().safeParse(text).error?.issues[0]?.message).toMatch(
      new RegExp(`^Character ${place} is a line break \\(U\\+.{4}\\)\\. Write the text in one line\\.$`),
    );
});

it("counts characters as people do", () => {
  expect(plainId().safeParse("👩👩\u200b").error?.issues[0]?.message).toMatch(/^Character 3 /);
});

it.each([...joining, "\u061c", "❤\ufe0f", "☎\ufe0e", "7\ufe0f\u20e3"])(
  "%j stays in names, and is refused in ids",
  (character) => {
    expect(plainText().parse(`a${character}b`)).toBe(`a${character}b`);
    expect(plainId().safeParse(`a${character}b`).success).toBe(false);
  },
);

it("keeps Persian, Hindi, Hebrew and emoji as they are", () => {
  for (const name of [
    "می\u200cخواهم",
    "क्\u200dष",
    "שרה",
    "👩\u200d💻",
    "❤\ufe0f",
    "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
    "1\ufe0f\u20e3",
    "👁\ufe0f\u200d🗨\ufe0f",
    "🏳\ufe0f\u200d🌈",
    "ᠠ\u180b",
  ])
    expect(plainText().parse(name)).toBe(name.normalize("NFC"));
});

it.each([
  "Staging\u{e0068}\u{e0069}",
  `🏴${"\u{e0067}".repeat(12)}`,
  "Staging\ufe0f\ufe01",
  "a\u{e0100}\u{e0101}\u{e0102}",
  "S\u{e0148}t\u{e0169}a",
  "S\ufe00t\ufe01a",
  "S\ufe0ft\ufe0fa",
  "1\ufe0f2\ufe0f",
  "a \ufe0f",
])("refuses what carries a text of its own that nobody sees: %j", (text) => {
  expect(plainText().safeParse(text).error?.issues[0]?.message).toMatch(/cannot be seen \(U\+(E0|FE0)/);
});

it.each(["\u200d", "\u200e\u200f", "\u061c", "\u2800\u2800", "\u0301"])(
  "refuses a name that looks empty: %j",
  (text) => {
    expect(plainText().safeParse(text).success).toBe(false);
    expect(plainText().parse(" ")).toBe("");
  },
);

it("refuses marks that are heaped on a letter, or stand alone, in ids too", () => {
  for (const schema of [plainText(), plainId()]) {
    for (const text of [`Zoe${"\u0301".repeat(79)}`, `x${"\u0327".repeat(5)}`, "\u0301", "\u0301\u0302"])
      expect([text, schema.safeParse(text).success]).toEqual([text, false]);
    for (const text of ["Việt", "שָׁ֑לוֹם", "क्षि", "ที่", "x\u0327\u0323\u0308\u0301", ""])
      expect([text, schema.safeParse(text).success]).toEqual([text, true]);
  }
});

it("has no sign of a lost character in an id", () => {
  expect(plainId().safeParse("Jo\ufffdrg").error?.issues[0]?.message).toMatch(/lost on its way \(U\+FFFD\)/);
  expect(plainText().parse("Jo\ufffdrg")).toBe("Jo\ufffdrg");
});

it("has no blank of braille in an id", () => {
  expect(plainId().safeParse("a\u2800b").success).toBe(false);
  expect(plainText().parse("⠃⠗\u2800⠇")).toBe("⠃⠗\u2800⠇");
});

it("writes twins alike", () => {
  expect(plainText().parse(" Zoe\u0308 ")).toBe("Zo\u00eb");
  expect(plainId().parse("e\u0301")).toBe(plainId().parse("\u00e9"));
});
