/** Writes out what cannot be seen, or turns the text around it, as an escape: what a foreign token says of itself must not change how our own words are read. Browser-safe. */

/** Controls, format characters, what fonts leave out, line and paragraph separators, and halves of a pair. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

const escaped = (character: string) =>
  Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
    .map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`)
    .join("");

/** As JSON writes it, so that JSON stays the same JSON; line breaks and tabs, which lay text out, stay. */
export function makeVisible(text: string): string {
  return text.replace(UNSEEN, (character) => (/[\n\t]/.test(character) ? character : escaped(character)));
}
