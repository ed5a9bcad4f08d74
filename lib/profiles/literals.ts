/** Writes JSON values as literals of programming languages, as text that means the same and shows what cannot be seen; knows no vendor. */

/** How a language writes what JSON knows. */
export type Literals = {
  text(value: string): string;
  /** What stands for nothing. */
  nothing: string;
  yes: string;
  no: string;
  list: (items: readonly string[]) => string;
  /** With names and values as written. */
  object: (entries: readonly (readonly [name: string, value: string])[]) => string;
};

/** Control characters and those that turn or hide text: code must read as it runs. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const hex = (character: string, digits: number) => (character.codePointAt(0) ?? 0).toString(16).padStart(digits, "0");

/** JSON's own escapes, and `wide` for what lies beyond four digits. */
const doubleQuoted = (wide: (character: string) => string) => (value: string) =>
  JSON.stringify(value).replace(UNSEEN, (each) => (each.length > 1 ? wide(each) : `\\u${hex(each, 4)}`));

/** For languages that read more than backslashes within double quotes. */
const braced = (special: RegExp) => (value: string) =>
  `"${value.replace(special, "\\$&").replace(UNSEEN, (each) => `\\u{${hex(each, 1)}}`)}"`;

const joined = (items: readonly string[]) => items.join(", ");
const object =
  (between: string, [open, close]: readonly [string, string]) =>
  (entries: readonly (readonly [string, string])[]) =>
    entries.length === 0 ? `${open}${close}` : `${open}${joined(entries.map((entry) => entry.join(between)))}${close}`;

const words = { nothing: "null", yes: "true", no: "false", list: (items: readonly string[]) => `[${joined(items)}]` };

export const javascript: Literals = {
  ...words,
  text: doubleQuoted((each) => `\\u{${hex(each, 1)}}`),
  object: (entries) => object(": ", ["{ ", " }"])(entries.map(([name, value]) => [computed(name), value])),
};

/** Written plainly, this one would set a prototype. */
const computed = (written: string) => (written === '"__proto__"' ? `[${written}]` : written);

/** Of a member of a JavaScript object, where it is no identifier. */
export const memberName = (name: string) => computed(javascript.text(name));

export const python: Literals = {
  ...words,
  nothing: "None",
  yes: "True",
  no: "False",
  text: doubleQuoted((each) => `\\U${hex(each, 8)}`),
  object: object(": ", ["{", "}"]),
};

export const go: Literals = {
  ...words,
  nothing: "nil",
  text: doubleQuoted((each) => `\\U${hex(each, 8)}`),
  list: (items) => `[]any{${joined(items)}}`,
  object: object(": ", ["map[string]any{", "}"]),
};

export const php: Literals = {
  ...words,
  text: braced(/[\\"$]/g),
  // A plain array with a number for a name would become a list.
  object: object(" => ", ["(object) [", "]"]),
};

export const ruby: Literals = {
  ...words,
  nothing: "nil",
  text: braced(/[\\"#]/g),
  object: object(" => ", ["{", "}"]),
};

/** @param value of JSON: no function, no date */
export function literalOf(literals: Literals, value: unknown): string {
  if (value === null || value === undefined) return literals.nothing;
  if (typeof value === "boolean") return value ? literals.yes : literals.no;
  if (typeof value === "string") return literals.text(value);
  if (Array.isArray(value)) return literals.list(value.map((each) => literalOf(literals, each)));
  if (typeof value === "object")
    return literals.object(
      Object.entries(value).map(([name, each]) => [literals.text(name), literalOf(literals, each)]),
    );
  return numberOf(Number(value));
}

/** Beyond what every language's integers hold exactly it is written as a fraction is. */
function numberOf(value: number): string {
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return value.toExponential();
  return String(value);
}
