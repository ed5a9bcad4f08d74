/** What of a pasted text a field can draw without standing the page still: all of it, or its beginning. */

/** A field that holds more than this stands still while the browser lays it out: it then shows the beginning only. */
const SHOWN_IN_FIELD = 2_000;
const LONG_FROM = 100_000;

/** To draw marks on one letter takes a browser the square of their number: a minute for a hundred thousand. */
const HEAP = /[\p{M}\p{Cf}\p{EMod}]{99}/u;
const SHOWN_OF_HEAP = 9;

export function drawableOf(text: string): string {
  const beginning = text.length > LONG_FROM ? text.slice(0, SHOWN_IN_FIELD) : text;
  const heap = beginning.search(HEAP);
  return heap < 0 ? beginning : beginning.slice(0, heap + SHOWN_OF_HEAP);
}
