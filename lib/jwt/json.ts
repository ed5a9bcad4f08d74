/** Parses JSON strictly (RFC 8259) to a tree that keeps places, duplicate names and numbers as written; refuses what JSON.parse refuses, and nesting deeper than 100. */
import { type Cursor, fail, failAt, JsonError, type JsonProblem, readNumber, readString } from "./json-scalars";
import type { PathPart } from "./path";

/** `start` and `end` are UTF-16 offsets into the JSON text; `end` is exclusive. `raw` is a number as written: `1.0`, `9007199254740993`. */
export type JsonNode =
  | { kind: "object"; start: number; end: number; entries: JsonEntry[] }
  | { kind: "array"; start: number; end: number; items: JsonNode[] }
  | { kind: "string"; start: number; end: number; value: string }
  | { kind: "number"; start: number; end: number; value: number; raw: string }
  | { kind: "boolean"; start: number; end: number; value: boolean }
  | { kind: "null"; start: number; end: number; value: null };
/** A member of an object; `keyStart` and `keyEnd` include the quotes. */
export type JsonEntry = { key: string; keyStart: number; keyEnd: number; value: JsonNode };

export type JsonReading = {
  /** The tree; when an error stopped the parser, as far as it was read. */
  root?: JsonNode;
  /** True when the whole text is JSON: no problem is an error. */
  whole: boolean;
  problems: JsonProblem[];
};

/** How many objects and arrays may stand inside each other. */
export const MAX_DEPTH = 100;
/** How many duplicates and how many other remarks are kept: a hostile text would have a million. */
export const MAX_REMARKS = 50;

type Container = Extract<JsonNode, { kind: "object" | "array" }>;
type Frame = { node: Container; names?: Map<string, JsonEntry> };
type Double = { first: JsonEntry; again: JsonEntry; path: PathPart[] };

/** Parses `text` in linear time and without recursion. Never throws; an error ends the tree. */
export function parseJson(text: string): JsonReading {
  const cursor: Cursor = { text, pos: 0, wellFormed: text.isWellFormed(), remarks: [] };
  const problems: JsonProblem[] = [];
  const doubles: Double[] = [];
  const stack: Frame[] = [];
  let root: JsonNode | undefined;
  let key = "";
  let keyStart = 0;
  let keyEnd = 0;

  /** The path of the newest member or item of every open container. */
  const pathHere = (): PathPart[] =>
    stack.flatMap(({ node }): PathPart[] => {
      if (node.kind === "array") return node.items.length > 0 ? [node.items.length - 1] : [];
      const newest = node.entries.at(-1);
      return newest ? [newest.key] : [];
    });

  const skipSpace = (): number => {
    let code = text.charCodeAt(cursor.pos);
    while (code === 32 || code === 10 || code === 13 || code === 9) code = text.charCodeAt(++cursor.pos);
    return code;
  };

  const attach = (frame: Frame | undefined, node: JsonNode): void => {
    if (!frame) root = node;
    else if (frame.node.kind === "array") frame.node.items.push(node);
    else {
      const entries = frame.node.entries;
      const entry: JsonEntry = { key, keyStart, keyEnd, value: node };
      const first = frame.names ? frame.names.get(key) : entries.find((other) => other.key === key);
      entries.push(entry);
      if (frame.names) first ?? frame.names.set(key, entry);
      else if (entries.length > 8) frame.names = new Map(entries.toReversed().map((each) => [each.key, each]));
      if (first && doubles.length < MAX_REMARKS) doubles.push({ first, again: entry, path: pathHere() });
    }
    if (cursor.remarks.length > 0) {
      for (const remark of cursor.remarks)
        if (problems.length < MAX_REMARKS) problems.push({ ...remark, path: pathHere() });
      cursor.remarks = [];
    }
  };

  /** Reads the value at the cursor into `frame`; a container is opened, not read. */
  const readValue = (frame: Frame | undefined, code: number, expectsEnd: boolean, afterComma: boolean): void => {
    const start = cursor.pos;
    if (code === 34) {
      const value = readString(cursor);
      attach(frame, { kind: "string", start, end: cursor.pos, value });
    } else if (code === 45 || (code >= 48 && code <= 57)) {
      const { raw, value } = readNumber(cursor);
      attach(frame, { kind: "number", start, end: cursor.pos, value, raw });
    } else if (code === 123 || code === 91) {
      if (stack.length === MAX_DEPTH) {
        const detail = `more than ${MAX_DEPTH} objects and arrays stand inside each other`;
        fail("json-too-deep", start, start + 1, detail, "Flatten the data.");
      }
      const node: Container =
        code === 123
          ? { kind: "object", start, end: start, entries: [] }
          : { kind: "array", start, end: start, items: [] };
      attach(frame, node);
      stack.push({ node });
      cursor.pos++;
    } else {
      const value = code === 116 ? true : code === 102 ? false : null;
      const word = String(value);
      if (!text.startsWith(word, start)) failAt(cursor, expectsEnd ? "value or ]" : "value", afterComma);
      cursor.pos += word.length;
      attach(
        frame,
        value === null
          ? { kind: "null", start, end: cursor.pos, value }
          : { kind: "boolean", start, end: cursor.pos, value },
      );
    }
  };

  const readDocument = (): void => {
    readValue(undefined, skipSpace(), false, false);
    let fresh = true;
    for (let frame = stack.at(-1); frame; frame = stack[stack.length - 1]) {
      const { node } = frame;
      const isObject = node.kind === "object";
      const empty = isObject ? node.entries.length === 0 : node.items.length === 0;
      let code = skipSpace();
      if (code === (isObject ? 125 : 93)) {
        node.end = ++cursor.pos;
        stack.pop();
        continue;
      }
      if (!empty) {
        if (code !== 44) failAt(cursor, isObject ? ", or }" : ", or ]");
        cursor.pos++;
        code = skipSpace();
      }
      fresh = empty;
      if (isObject) {
        if (code !== 34) failAt(cursor, fresh ? "name or }" : "name", !fresh);
        keyStart = cursor.pos;
        key = readString(cursor);
        keyEnd = cursor.pos;
        if (skipSpace() !== 58) failAt(cursor, "colon");
        cursor.pos++;
        code = skipSpace();
      }
      readValue(frame, code, !isObject && fresh, !isObject && !fresh);
    }
    skipSpace();
    if (cursor.pos < text.length) failAt(cursor, "end");
  };

  let whole = true;
  try {
    if (text.charCodeAt(0) === 0xfeff) {
      whole = false;
      const detail = "a byte-order mark (U+FEFF) stands in front";
      const remedy = "Encode as UTF-8 without a byte-order mark.";
      problems.push({ code: "json-bom", severity: "error", start: 0, end: 1, path: [], detail, remedy });
      cursor.pos = 1;
    }
    readDocument();
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    whole = false;
    for (const { node } of stack) node.end = Math.min(error.problem.start, text.length);
    problems.push({ ...error.problem, path: pathHere() });
  }
  for (const double of doubles) problems.push(describeDouble(text, double));
  return root ? { root, whole, problems } : { whole, problems };
}

function describeDouble(text: string, { first, again, path }: Double): JsonProblem {
  const show = ({ value }: JsonEntry): string => {
    const written = text.slice(value.start, Math.min(value.end, value.start + 40));
    return `\`${written}${value.end > value.start + 40 ? "…" : ""}\``;
  };
  const name = again.key.length > 40 ? `${again.key.slice(0, 40)}…` : again.key;
  return {
    code: "duplicate-name",
    severity: "warning",
    start: again.keyStart,
    end: again.value.end,
    path,
    detail: `\`${name}\` occurs more than once in the same object, first as ${show(first)}, then as ${show(again)}; most readers take the last, some the first, some refuse.`,
    remedy: "Write each name once.",
    also: { start: first.keyStart, end: first.value.end },
  };
}

/** The plain value, as JSON.parse gives it: of duplicate names the last counts, and `__proto__` becomes an own member like any other. */
export function toValue(node: JsonNode): unknown {
  if (node.kind === "array") return node.items.map(toValue);
  if (node.kind !== "object") return node.value;
  const value: Record<string, unknown> = {};
  for (const entry of node.entries) {
    const inner = toValue(entry.value);
    if (entry.key === "__proto__") {
      Object.defineProperty(value, entry.key, { value: inner, writable: true, enumerable: true, configurable: true });
    } else value[entry.key] = inner;
  }
  return value;
}
