/** Writes out what cannot be seen, turns the text around it, or is heaped on one letter, as an escape: what a foreign token says of itself must not change how our own words are read. Browser-safe. */

/** Controls, format characters, what fonts leave out, line and paragraph separators, and halves of a pair. */
const UNSEEN = "[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}]";
/** The fifth mark on a letter, and each after it: they would hang over the lines above, and to draw them takes a browser the square of their number. */
const HEAPED = "(?<=[\\p{M}\\p{EMod}]{4})[\\p{M}\\p{EMod}]";
const WRITTEN_OUT = new RegExp(`${UNSEEN}|${HEAPED}`, "gu");

const escaped = (character: string) =>
  Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
    .map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`)
    .join("");

/** As JSON writes it, so that JSON stays the same JSON; line breaks and tabs, which lay text out, stay. */
export function makeVisible(text: string): string {
  return text.replace(WRITTEN_OUT, (character) => (/[\n\t]/.test(character) ? character : escaped(character)));
}
