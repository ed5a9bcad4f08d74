/** Text that people and programs may be shown: stored in one Unicode form (NFC), without characters that cannot be seen or that turn the text around them. Browser-safe; the pieces that all schemas use. */
import * as z from "@/lib/zod";

/**
 * Control characters, unpaired surrogates, separators of lines, format characters (overrides and isolates of direction
 * among them), and what fonts leave out: save those that Persian, Hindi and emoji need inside a name.
 */
const HIDDEN =
  /(?!\u200c|\u200d|\u200e|\u200f|\u061c|\p{Variation_Selector}|[\u{e0020}-\u{e007f}])[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Cf}\p{Default_Ignorable_Code_Point}]/u;
/** In an id, a key or a secret not even those. */
const HIDDEN_IN_ID = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Cf}\p{Default_Ignorable_Code_Point}]/u;

/** Why a text cannot be meant as it stands, or undefined. Never repeats the text, which may be a secret. */
function hiddenCharacter(text: string, refused: RegExp): string | undefined {
  const found = refused.exec(text);
  if (!found) return undefined;
  const code = (found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  const place = [...text.slice(0, found.index)].length + 1;
  return `Character ${place} cannot be seen (U+${code}). Remove it, or type the text instead of pasting it.`;
}

/** Says of an id, a key or a secret which of its characters cannot be seen. */
export const hiddenInId = (text: string) => hiddenCharacter(text, HIDDEN_IN_ID);

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
