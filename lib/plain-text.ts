/** Text that people and programs may be shown: stored in one Unicode form (NFC), without characters that cannot be seen or that turn the text around them. Browser-safe; the pieces that all schemas use. */
import { IN_NAMES, UNSEEN } from "@/lib/text/unseen";
import * as z from "@/lib/zod";

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

/** What leaves a mark on the screen. */
const SEEN = /(?!\u2800)[\p{L}\p{N}\p{P}\p{S}\p{Co}]/u;

/** No script puts more on one letter; more would hang over the lines above. */
const HEAPED = /\p{M}{5}/u;

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

/** The same of any text, when nothing of it leaves a mark, or too much does in one place. */
function unreadable(text: string): string | undefined {
  if (text !== "" && !SEEN.test(text)) return "Nothing of this can be seen. Write something that can.";
  return HEAPED.test(text) ? "More than four accents stand on one letter. Leave out the others." : undefined;
}

const checked = (find: (text: string) => string | undefined) =>
  z
    .string("This must be text.")
    .trim()
    .normalize("NFC")
    .superRefine((text, context) => {
      const message = unreadable(text) ?? find(text);
      if (message) context.addIssue({ code: "custom", message });
    });

/** A name, a label, a purpose. */
export const plainText = () => checked(hiddenInText);

/** What stands where something could not be read: an id that has it names nobody. */
const unreadInId = (text: string) =>
  text.includes("\ufffd")
    ? "A character of this was lost on its way (U+FFFD). Type it instead of pasting it."
    : undefined;

/** An id that others compare. */
export const plainId = () => checked((text) => hiddenInId(text) ?? unreadInId(text));

/** Said of an empty one that a program sends: left out, it would mean any. */
export const NAMES_NONE_SAID = "What is empty names none. Name one, or leave this out.";
