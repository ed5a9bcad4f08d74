/** A text for a sentence, cut with "…" after so many UTF-16 units: a payload may hold a megabyte in one string. */
export function shorten(text: string, longest = 60): string {
  // Half of a character at the cut would be shown as a replacement character.
  return text.length > longest ? `${text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, "")}…` : text;
}
