/** Finds a name that stands twice in one object of a JSON text, of which `JSON.parse` keeps the last: what it then says is anybody's guess (RFC 8259 §4). Refuses nothing itself. */
import { parseJson } from "@/lib/jwt/json";

const [QUOTE, COLON, BACKSLASH] = [34, 58, 92];

/** Each has a colon outside of texts. */
function membersWritten(text: string): number {
  let members = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === COLON) members += 1;
    else if (code === QUOTE)
      for (at += 1; text.charCodeAt(at) !== QUOTE; at++) if (text.charCodeAt(at) === BACKSLASH) at += 1;
  }
  return members;
}

function membersIn(value: unknown): number {
  let members = 0;
  const waiting = [value];
  for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) {
    const inner = Object.values(Object(each));
    if (!Array.isArray(each)) members += inner.length;
    for (const one of inner) if (typeof one === "object" && one !== null) waiting.push(one);
  }
  return members;
}

const MOST_OF_A_NAME = 60;

/**
 * Counts, which costs a request a tenth of what reading it strictly does.
 * @param text JSON @param value what `JSON.parse` made of it: an object
 * @returns the name, or as much of it as anybody reads; undefined: there is none
 */
export function nameSaidTwice(text: string, value: object): string | undefined {
  if (membersWritten(text) === membersIn(value)) return undefined;
  const { problems } = parseJson(text);
  const name = problems.find(({ code }) => code === "duplicate-name")?.path.at(-1);
  return name === undefined ? "A name" : JSON.stringify(String(name).slice(0, MOST_OF_A_NAME));
}
