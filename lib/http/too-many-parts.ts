/** Whether a JSON text holds more names or values than any request to this desk, told by its commas, colons and brackets in a few milliseconds: reading it, with its hundreds of thousands of names, would keep everybody waiting for seconds. Says nothing of whether it is JSON. */
import { MOST_IN_BATCH } from "@/lib/sizes";

/** Of one object or form: custom claims may be 4 kB. */
export const MOST_NAMES = 2_000;
/** In all: of a row, and what is said beside the rows. */
const MOST_NAMES_IN_ALL = 8 * MOST_IN_BATCH + MOST_NAMES;
/** Commas and brackets: of a row, with its lists. */
const MOST_VALUES = 32 * MOST_IN_BATCH;

const [QUOTE, COMMA, COLON, BACKSLASH] = [34, 44, 58, 92];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [91, 93, 123, 125];

export function isOfTooManyParts(text: string): boolean {
  let values = 0;
  let namesInAll = 0;
  let names = 0;
  /** Of the objects and lists around this one. */
  const around: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      for (at += 1; at < text.length && text.charCodeAt(at) !== QUOTE; at++)
        if (text.charCodeAt(at) === BACKSLASH) at += 1;
    } else if (code === COLON) {
      if (++names > MOST_NAMES || ++namesInAll > MOST_NAMES_IN_ALL) return true;
    } else if (code === COMMA) {
      if (++values > MOST_VALUES) return true;
    } else if (code === OPEN_OBJECT || code === OPEN_LIST) {
      if (++values > MOST_VALUES) return true;
      around.push(names);
      names = 0;
    } else if (code === CLOSE_OBJECT || code === CLOSE_LIST) names = around.pop() ?? 0;
  }
  return false;
}
