/** Text that people and programs may be shown: stored in one Unicode form (NFC), without characters that cannot be seen or that turn the text around them. Browser-safe; the pieces that all schemas use. */
import * as z from "@/lib/zod";

/** Control characters, unpaired surrogates, overrides and isolates of direction, and blanks without width. */
const HIDDEN = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff]/u;
/** Persian, Hindi and emoji need them inside a name; an id, a key or a secret never does. */
const JOINING = /[\u200c-\u200f]/u;

/** Why a text cannot be meant as it stands, or undefined. Never repeats the text, which may be a secret. */
function hiddenCharacter(text: string, refused: RegExp): string | undefined {
  const found = refused.exec(text);
  if (!found) return undefined;
  const code = (found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return `Character ${found.index + 1} cannot be seen (U+${code}). Remove it, or type the text instead of pasting it.`;
}

/** Says of an id, a key or a secret which of its characters cannot be seen. */
export const hiddenInId = (text: string) => hiddenCharacter(text, HIDDEN) ?? hiddenCharacter(text, JOINING);

const checked = (find: (text: string) => string | undefined) =>
  z
    .string()
    .trim()
    .normalize("NFC")
    .superRefine((text, context) => {
      const message = find(text);
      if (message) context.addIssue({ code: "custom", message });
    });

/** A name, a label, a purpose. */
export const plainText = () => checked((text) => hiddenCharacter(text, HIDDEN));

/** An id that others compare. */
export const plainId = () => checked(hiddenInId);
