/** Splits the text of a JSON object into its top-level members and lays out their values, all as written: numbers, escapes and duplicate names stay. Gives null for what is no object; judges nothing. */
import { formatPath } from "@/lib/jwt/path";

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

export function membersOf(text: string, root: string): Member[] | null {
  const members: Member[] = [];
  let at = skipWhite(text, 0);
  if (text[at] !== "{") return null;
  at = skipWhite(text, at + 1);
  if (text[at] === "}") return skipWhite(text, at + 1) === text.length ? members : null;
  for (;;) {
    const start = at;
    const nameEnd = endOfString(text, at);
    if (nameEnd === -1) return null;
    const rawName = text.slice(start, nameEnd);
    const name = readName(rawName);
    at = skipWhite(text, nameEnd);
    if (name === null || text[at] !== ":") return null;
    const valueStart = skipWhite(text, at + 1);
    const valueEnd = endOfValue(text, valueStart);
    if (valueEnd === -1) return null;
    members.push({ path: formatPath(root, [name]), name, rawName, rawValue: text.slice(valueStart, valueEnd), start });
    at = skipWhite(text, valueEnd);
    if (text[at] === "}") return skipWhite(text, at + 1) === text.length ? members : null;
    if (text[at] !== ",") return null;
    at = skipWhite(text, at + 1);
  }
}

function readName(rawName: string): string | null {
  try {
    return JSON.parse(rawName);
  } catch {
    return null;
  }
}

function skipWhite(text: string, at: number) {
  let index = at;
  while (index < text.length && WHITE.test(text[index] as string)) index++;
  return index;
}

/** The offset after the closing quote, or -1. */
function endOfString(text: string, at: number) {
  if (text[at] !== '"') return -1;
  for (let index = at + 1; index < text.length; index++) {
    if (text[index] === "\\") index++;
    else if (text[index] === '"') return index + 1;
  }
  return -1;
}

/** The offset after a value that starts at `at`: brackets are counted, strings skipped; what is inside is not judged. */
function endOfValue(text: string, at: number) {
  let depth = 0;
  let index = at;
  while (index < text.length) {
    const char = text[index] as string;
    if (char === '"') {
      index = endOfString(text, index);
      if (index === -1) return -1;
      if (depth === 0) return index;
      continue;
    }
    if (char === "{" || char === "[") depth++;
    else if (char === "}" || char === "]") {
      if (depth === 0) return index > at ? index : -1;
      depth--;
      if (depth === 0) return index + 1;
    } else if (depth === 0 && (char === "," || WHITE.test(char))) return index > at ? index : -1;
    index++;
  }
  return -1;
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
  const breakLine = () => out.push(lines ? `\n${"  ".repeat(depth)}` : "");
  while (index < raw.length) {
    const char = raw[index] as string;
    if (char === '"') {
      const closed = endOfString(raw, index);
      const end = closed === -1 ? raw.length : closed;
      out.push(raw.slice(index, end));
      index = end;
      continue;
    }
    index++;
    if (WHITE.test(char)) continue;
    if (char === "{" || char === "[") {
      const next = skipWhite(raw, index);
      if (raw[next] === (char === "{" ? "}" : "]")) {
        out.push(char, raw[next] as string);
        index = next + 1;
        continue;
      }
      depth++;
      out.push(char);
      breakLine();
    } else if (char === "}" || char === "]") {
      depth--;
      breakLine();
      out.push(char);
    } else if (char === ",") {
      out.push(lines ? "," : ", ");
      breakLine();
    } else out.push(char === ":" ? ": " : char);
  }
  return out.join("");
}
