/** Which characters cannot be seen, and which of them names need all the same: the one table of what is refused and of what is written out, as patterns. Browser-safe. */

/** What Persian, Hindi, Hebrew and emoji need inside a name: joiners and marks of direction, the selector behind an emoji or a Mongolian letter, the letters of a flag. Selectors behind other characters, or more letters, would carry a text of their own that nobody sees. */
export const IN_NAMES = [
  "[\\u200c-\\u200f\\u061c]",
  "(?<=\\p{Extended_Pictographic})[\\ufe0e\\ufe0f]",
  "(?<=[0-9#*])\\ufe0f(?=\\u20e3)",
  "(?<=\\p{Script=Mongolian})[\\u180b-\\u180d\\u180f]",
  "(?<=\\u{1f3f4}[\\u{e0020}-\\u{e007e}]{0,6})[\\u{e0020}-\\u{e007f}]",
].join("|");

/** Control characters, unpaired surrogates, separators of lines, format characters (overrides and isolates of direction among them), what fonts leave out, what stands for an object, a note without a head, and what is no character. */
export const UNSEEN =
  "\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Cf}\\p{Default_Ignorable_Code_Point}\\p{Noncharacter_Code_Point}\\ufffc\\u{1d159}";
