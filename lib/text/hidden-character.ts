/** Which character of a text cannot be seen or turns the text around it, and a text without them. Never repeats the text, which may be a secret. Browser-safe. */
import { IN_NAMES, UNSEEN } from "./unseen";

/** The blank of braille is one between its letters. */
const LONE_BLANK = "\\u2800(?<![\\u2801-\\u28ff]\\u2800)(?![\\u2801-\\u28ff])";
const HIDDEN = new RegExp(`(?!${IN_NAMES})[${UNSEEN}]|${LONE_BLANK}`, "u");
/** In an id, a key or a secret none of these, nor any blank of braille. */
const HIDDEN_IN_ID = new RegExp(`[${UNSEEN}\\u2800]`, "u");

/** Where a text begins another line; a spreadsheet's cell may have some. */
const LINE_BREAK = /[\n\v\f\r\u0085\u2028\u2029]/;

/** What stands in several lines, as one of words. */
export const inOneLine = (text: string): string =>
  text
    .split(LINE_BREAK)
    .map((line) => line.trim())
    .filter(Boolean)
    .join(" ");

/** Why a text cannot be meant as it stands, or undefined. Never repeats the text, which may be a secret. */
function hiddenCharacter(text: string, refused: RegExp): string | undefined {
  const found = refused.exec(text);
  if (!found) return undefined;
  const code = (found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  const place = [...text.slice(0, found.index)].length + 1;
  if (LINE_BREAK.test(found[0])) return `Character ${place} is a line break (U+${code}). Write the text in one line.`;
  return `Character ${place} cannot be seen (U+${code}). Remove it, or type the text instead of pasting it.`;
}

/** Says of an id, a key or a secret which of its characters cannot be seen. */
export const hiddenInId = (text: string) => hiddenCharacter(text, HIDDEN_IN_ID);

/** A text without what cannot be seen in it; words of two lines stay two. */
export const withoutHidden = (text: string) => inOneLine(text).replace(new RegExp(HIDDEN, "gu"), "");

/** The same of a text of several scripts. */
export const hiddenInText = (text: string) => hiddenCharacter(text, HIDDEN);
