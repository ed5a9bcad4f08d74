/** Reads the texts and numbers of JSON (RFC 8259 §6, §7) at a cursor; refuses what the grammar refuses and remarks on what readers treat differently. */
import type { Severity } from "./finding";
import { type Expected, nameMistake, showCharacter } from "./json-mistake";
import { changesAsNumber } from "./json-number";
import type { PathPart } from "./path";

export type JsonProblem = {
  /** `json-…` for errors; `duplicate-name`, `lone-surrogate`, `number-changes` for the rest. */
  code: string;
  severity: Severity;
  start: number;
  end: number;
  path: PathPart[];
  /** Of an error: a clause for "The payload is not valid JSON: …". Otherwise a whole sentence. */
  detail: string;
  remedy: string;
  /** Of a duplicate name: where the earlier member stands. */
  also?: { start: number; end: number };
};

/** Thrown to end parsing; never leaves `parseJson`. */
export class JsonError extends Error {
  constructor(readonly problem: Omit<JsonProblem, "path">) {
    super(problem.code);
  }
}

/** Where the parser stands, and what it remarked on since its path was last noted. */
export type Cursor = { text: string; pos: number; wellFormed: boolean; remarks: Omit<JsonProblem, "path">[] };

export function fail(code: string, start: number, end: number, detail: string, remedy: string): never {
  throw new JsonError({ code, severity: "error", start, end, detail, remedy });
}

/** Fails with the name of what stands at the cursor instead of `expected`. */
export function failAt({ text, pos }: Cursor, expected: Expected, afterComma = false): never {
  const mistake = nameMistake(text, pos, expected, afterComma);
  fail(mistake.code, pos, mistake.end, mistake.detail, mistake.remedy);
}

const ESCAPES: Record<string, string> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};
const HEX4 = /^[0-9a-fA-F]{4}$/;
const CUT = "Copy the whole token; it was cut.";

/** The text whose opening quote is at the cursor, which ends behind the closing one. */
export function readString(cursor: Cursor): string {
  const { text } = cursor;
  const start = cursor.pos;
  let pos = start + 1;
  let code = text.charCodeAt(pos);
  while (code !== 34 && code !== 92 && code >= 32) code = text.charCodeAt(++pos);
  let value = text.slice(start + 1, pos);
  let surrogates = !cursor.wellFormed;
  while (code !== 34) {
    if (code === 92) {
      const letter = text[pos + 1] ?? "";
      const plain = ESCAPES[letter];
      if (plain !== undefined) {
        value += plain;
        pos += 2;
      } else if (letter === "u" && HEX4.test(text.slice(pos + 2, pos + 6))) {
        const unit = Number.parseInt(text.slice(pos + 2, pos + 6), 16);
        surrogates ||= unit >= 0xd800 && unit <= 0xdfff;
        value += String.fromCharCode(unit);
        pos += 6;
      } else if (pos + (letter === "u" ? 6 : 2) > text.length) {
        fail("json-ends-early", start, text.length, "it ends inside a text", CUT);
      } else {
        const detail = `a backslash before ${showCharacter(text, pos + 1)} is no escape of JSON`;
        fail("json-escape", pos, pos + 2, detail, "Write a backslash as `\\\\`.");
      }
    } else if (pos >= text.length) {
      fail("json-ends-early", start, pos, "it ends inside a text", CUT);
    } else {
      const detail = `the control character ${showCharacter(text, pos)} stands inside a text`;
      fail("json-control-character", pos, pos + 1, detail, "Escape it; a line break is `\\n`.");
    }
    const chunk = pos;
    code = text.charCodeAt(pos);
    while (code !== 34 && code !== 92 && code >= 32) code = text.charCodeAt(++pos);
    value += text.slice(chunk, pos);
  }
  cursor.pos = pos + 1;
  if (surrogates && !value.isWellFormed()) {
    cursor.remarks.push({
      code: "lone-surrogate",
      severity: "warning",
      start,
      end: cursor.pos,
      detail: "A text has half of a surrogate pair, which no two readers treat alike.",
      remedy: "Write the whole character.",
    });
  }
  return value;
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;

/** The number at the cursor, which begins with a digit or a minus sign: as written and as JavaScript reads it. */
export function readNumber(cursor: Cursor): { raw: string; value: number } {
  const { text } = cursor;
  const start = cursor.pos;
  let pos = start;
  let code = text.charCodeAt(pos);
  let integer = 0;
  while (code >= 48 && code <= 57) {
    integer = integer * 10 + code - 48;
    code = text.charCodeAt(++pos);
  }
  const plain = pos > start && pos - start < 16 && code !== 46 && code !== 101 && code !== 69;
  if (plain && (text.charCodeAt(start) !== 48 || pos === start + 1)) {
    cursor.pos = pos;
    return { raw: text.slice(start, pos), value: integer };
  }
  NUMBER.lastIndex = start;
  if (!NUMBER.test(text)) {
    if (start + 1 >= text.length) fail("json-ends-early", start, start + 1, "it ends inside a number", CUT);
    fail(
      "json-number",
      start,
      start + 1,
      "a minus sign has no digit behind it",
      "Write a digit behind the minus sign.",
    );
  }
  pos = NUMBER.lastIndex;
  const raw = text.slice(start, pos);
  const next = text.charCodeAt(pos);
  if (next >= 48 && next <= 57) {
    fail(
      "json-number",
      start,
      pos + 1,
      "a number begins with a needless `0`",
      "Write the number without leading zeros.",
    );
  }
  if (next === 46 || next === 101 || next === 69) {
    if (pos + 1 >= text.length) fail("json-ends-early", start, text.length, "it ends inside a number", CUT);
    fail(
      "json-number",
      pos,
      pos + 1,
      `a number goes on with ${showCharacter(text, pos)}`,
      "Write digits on both sides.",
    );
  }
  const value = Number(raw);
  if ((raw.length > 15 || !Number.isFinite(value) || value === 0) && changesAsNumber(raw, value)) {
    const shown = raw.length > 40 ? `${raw.slice(0, 37)}…` : raw;
    cursor.remarks.push({
      code: "number-changes",
      severity: "warning",
      start,
      end: pos,
      detail: `\`${shown}\` becomes ${value} when JavaScript reads it.`,
      remedy: "Write an id as text, and an instant in whole seconds.",
    });
  }
  cursor.pos = pos;
  return { raw, value };
}
