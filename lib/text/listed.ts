/** Writes a list as a sentence has it: "a", "a and b", "a, b and c". */

export const listed = (words: readonly string[]): string =>
  [words.slice(0, -1).join(", "), ...words.slice(-1)].filter(Boolean).join(" and ");
