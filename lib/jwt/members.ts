/** Splits the text of a JSON object into its top-level members and lays out their values, all as written: numbers, escapes and duplicate names stay. Gives null for what is no JSON object; browser-safe. */
import { parseJson } from "./json";
import { formatPath } from "./path";

export type Member = {
  /** `payload.exp`, `payload["a b"]`. */
  path: string;
  name: string;
  /** The name as written, with its quotes. */
  rawName: string;
  /** The value as written. */
  rawValue: string;
  /** Where its name starts in the text. */
  start: number;
};

const WHITE = /\s/;
const INLINE_CHARS = 56;
/** What stands deeper is not broken into lines: each would be indented further, which grows with the square of the depth. */
const MOST_LEVELS = 20;

export function membersOf(text: string, root: string): Member[] | null {
  const { root: tree, whole } = parseJson(text);
  if (!whole || tree?.kind !== "object") return null;
  return tree.entries.map(({ key, keyStart, keyEnd, value }) => ({
    path: formatPath(root, [key]),
    name: key,
    rawName: text.slice(keyStart, keyEnd),
    rawValue: text.slice(value.start, value.end),
    start: keyStart,
  }));
}

/** Short values stand on one line; long objects and arrays one element a line. */
export function spansLines(raw: string) {
  return raw.length > INLINE_CHARS && (raw[0] === "{" || raw[0] === "[");
}

/** Works on the text, so that no number changes; text that was cut off is laid out as far as it goes. */
export function layOutValue(raw: string) {
  return raw[0] === "{" || raw[0] === "[" ? layOut(raw, spansLines(raw)) : raw;
}

function layOut(raw: string, lines: boolean) {
  const out: string[] = [];
  let depth = 0;
  let index = 0;
  const breakLine = () => {
    if (lines && depth <= MOST_LEVELS) out.push(`\n${"  ".repeat(Math.max(depth, 0))}`);
  };
  while (index < raw.length) {
    const char = raw.charAt(index);
    if (char === '"') {
      const end = endOfString(raw, index);
      out.push(raw.slice(index, end));
      index = end;
      continue;
    }
    index++;
    if (WHITE.test(char)) continue;
    if (char === "{" || char === "[") {
      const next = skipWhite(raw, index);
      if (raw[next] === (char === "{" ? "}" : "]")) {
        out.push(char, raw.charAt(next));
        index = next + 1;
        continue;
      }
      depth++;
      out.push(char);
      breakLine();
    } else if (char === "}" || char === "]") {
      // The bracket closes where its opening one could break the line.
      const broken = depth <= MOST_LEVELS;
      depth--;
      if (broken) breakLine();
      out.push(char);
    } else if (char === ",") {
      out.push(lines && depth <= MOST_LEVELS ? "," : ", ");
      breakLine();
    } else out.push(char === ":" ? ": " : char);
  }
  return out.join("");
}

function skipWhite(text: string, at: number) {
  let index = at;
  while (index < text.length && WHITE.test(text.charAt(index))) index++;
  return index;
}

/** The offset after the closing quote, or the end of a text that was cut off inside the string. */
function endOfString(text: string, at: number) {
  for (let index = at + 1; index < text.length; index++) {
    if (text[index] === "\\") index++;
    else if (text[index] === '"') return index + 1;
  }
  return text.length;
}
