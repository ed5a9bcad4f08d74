/** Counts lines and columns while a text is gone through once; in linear time, also in one long line. Browser-safe. */

/** Both from 1, the column in UTF-16 units. */
export type Place = { line: number; column: number };

/** @returns what tells the place of an offset; each is asked for behind the one before */
export function placeCounter(text: string): (offset: number) => Place {
  let line = 1;
  let lineStart = 0;
  // Kept from one to the next: looked for again each time, a long line would take the square of their number.
  let lineEnd = text.indexOf("\n");
  return (offset) => {
    for (; lineEnd >= 0 && lineEnd < offset; lineEnd = text.indexOf("\n", lineStart)) {
      line += 1;
      lineStart = lineEnd + 1;
    }
    return { line, column: offset - lineStart + 1 };
  };
}
