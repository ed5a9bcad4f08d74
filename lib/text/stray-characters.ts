/** Which characters a pasted key or secret has around it, or within, that are none of its own. Browser-safe. */
import { hiddenInId } from "./hidden-character";

/** Why a pasted value cannot be meant as it stands, or undefined. */
export function strayCharacters(text: string): string | undefined {
  if (
    /^["'`\u00ab\u00bb\u2018-\u201f\u2032\u2033\u2039\u203a\uff02\uff07]|["'`\u00ab\u00bb\u2018-\u201f\u2032\u2033\u2039\u203a\uff02\uff07]$/.test(
      text,
    )
  )
    return "There are quotes around it. Paste the value alone.";
  if (/^\s|\s$/.test(text))
    return "There is white space around it, such as a trailing space or line break. Remove it: it would be signed with, too.";
  if (/\s/.test(text)) return "There is white space inside it. Paste the value alone.";
  // What marking a line of a settings file or of code to its end takes along; any name, where as much as a secret follows.
  if (/^(?:\w*[_-])?(?:api[_-]?key|secret|token)\s*[=:]|^[-\w.?]{1,40}[=:](?=\S{32})/i.test(text))
    return "There is its name in front of it. Paste the value alone.";
  // Inside, another vendor's secret may have any of them.
  if (/^[([{<*|%:.\\]|[)\]}>,;*|%:.\\]$|\\[nrt]$|%0[ad]$/i.test(text))
    return "There is a bracket, a punctuation mark or a line break in letters around it. Paste the value alone.";
  return hiddenInId(text);
}
