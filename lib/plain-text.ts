/** Text that people and programs may be shown: stored in one Unicode form (NFC), without characters that cannot be seen or that turn the text around them. Browser-safe; the pieces that all schemas use. */
import { hiddenInId, hiddenInText } from "@/lib/text/hidden-character";
import * as z from "@/lib/zod";

/** What leaves a mark on the screen. */
const SEEN = /(?!\u2800)[\p{L}\p{N}\p{P}\p{S}\p{Co}]/u;

/** No script puts more on one letter; more would hang over the lines above. */
const HEAPED = /\p{M}{5}/u;

/** Why a text cannot be read, or undefined: nothing of it leaves a mark, or too much does in one place. */
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
