/** Writes out what cannot be seen, turns the text around it, or is heaped on one letter, as an escape: what a foreign token says of itself must not change how our own words are read. Browser-safe. */
import { IN_NAMES, UNSEEN } from "./unseen";

/** The fifth mark on a letter, and each after it: they would hang over the lines above, and to draw them takes a browser the square of their number. */
const HEAPED = "(?<=[\\p{M}\\p{EMod}]{4})[\\p{M}\\p{EMod}]";
const WRITTEN_OUT = new RegExp(`[${UNSEEN}]|${HEAPED}`, "gu");
const WRITTEN_OUT_IN_NAMES = new RegExp(`(?!${IN_NAMES})[${UNSEEN}]|${HEAPED}`, "gu");

const escaped = (character: string) =>
  Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
    .map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`)
    .join("");

const write = (text: string, writtenOut: RegExp) =>
  text.replace(writtenOut, (character) => (/[\n\t]/.test(character) ? character : escaped(character)));

/** As JSON writes it, so that JSON stays the same JSON; line breaks and tabs, which lay text out, stay. */
export const makeVisible = (text: string): string => write(text, WRITTEN_OUT);

/** The same of a name or a purpose: what these need, and may hold, stays as it is. */
export const makeNameVisible = (text: string): string => write(text, WRITTEN_OUT_IN_NAMES);
