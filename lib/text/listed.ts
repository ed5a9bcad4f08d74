/** Writes several words or names one behind the other. Browser-safe. */

/** As a sentence has it: "a", "a and b", "a, b and c". */
export const listed = (words: readonly string[]): string =>
  [words.slice(0, -1).join(", "), ...words.slice(-1)].filter(Boolean).join(" and ");

/** A name that people gave, as one of a list: with a comma in it, it would pass for two. Quotes of its own are single ones there, as within any others. */
export const inList = (name: string): string =>
  /[,;\u060c\u3001\uff0c\u201c\u201d]/.test(name)
    ? `\u201c${name.replaceAll("\u201c", "\u2018").replaceAll("\u201d", "\u2019")}\u201d`
    : name;

export const listNames = (names: readonly string[]): string => names.map(inList).join(", ");
