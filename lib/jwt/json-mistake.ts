/** Names what stands where JSON (RFC 8259) wants something else; refuses to read on, it only explains. */

export type Expected = "value" | "name" | "name or }" | "value or ]" | "colon" | ", or }" | ", or ]" | "end";

type Mistake = {
  code: string;
  /** UTF-16 offset behind what is wrong; it begins where it was looked for. */
  end: number;
  /** A clause for a sentence that begins "The payload is not valid JSON: …". */
  detail: string;
  remedy: string;
};

const WORD = /[A-Za-z_$][\w$-]{0,40}/y;

const WANTED: Record<Expected, string> = {
  value: "a value",
  name: "a name in double quotes",
  "name or }": "a name in double quotes or `}`",
  "value or ]": "a value or `]`",
  colon: "a colon",
  ", or }": "a comma or `}`",
  ", or ]": "a comma or `]`",
  end: "the end",
};

/** A character as it can be shown in a sentence: `x`, or its code point when it is invisible. */
export function showCharacter(text: string, at: number): string {
  const code = text.codePointAt(at) ?? 0;
  const invisible = code <= 32 || code === 96 || (code >= 127 && code <= 160) || (code >= 0x2000 && code <= 0x206f);
  const odd = invisible || (code >= 0xd800 && code <= 0xdfff) || code === 0xfeff;
  return odd ? `U+${code.toString(16).toUpperCase().padStart(4, "0")}` : `\`${String.fromCodePoint(code)}\``;
}

/** What is wrong at `at`, where `expected` was looked for. `afterComma`: a comma stands directly before. */
export function nameMistake(text: string, at: number, expected: Expected, afterComma: boolean): Mistake {
  const mistake = (code: string, length: number, detail: string, remedy: string): Mistake => ({
    code,
    end: Math.min(at + length, text.length),
    detail,
    remedy,
  });
  if (at >= text.length) {
    if (text.trim() === "") return mistake("json-empty", 0, "it is empty", "Put a JSON object there.");
    const wanted = WANTED[expected];
    return mistake("json-ends-early", 0, `it ends where ${wanted} should come`, "Copy the whole token; it was cut.");
  }
  const char = text.charAt(at);
  WORD.lastIndex = at;
  const word = WORD.exec(text)?.[0];

  if (expected === "end") {
    const rest = text.length - at;
    const detail = `${rest === 1 ? "one character follows" : `${rest} characters follow`} behind its end, beginning with ${showCharacter(text, at)}`;
    return mistake("json-trailing", rest, detail, "Remove what follows the last brace.");
  }
  if (char === "/" && (text[at + 1] === "/" || text[at + 1] === "*")) {
    return mistake("json-comment", 2, "it has a comment, which JSON does not allow", "Remove the comment.");
  }
  if (afterComma && (char === "}" || char === "]")) {
    const detail = `a comma stands before the closing \`${char}\``;
    return mistake("json-trailing-comma", 1, detail, "Remove the last comma.");
  }
  if (char === "'" || char === "“" || char === "”" || char === "‘" || char === "’") {
    const detail = `${showCharacter(text, at)} is used as a quote`;
    return mistake("json-wrong-quotes", 1, detail, 'Use straight double quotes `"`.');
  }
  if ((expected === "name" || expected === "name or }") && word) {
    const detail = `the name \`${word}\` has no quotes`;
    return mistake("json-unquoted-name", word.length, detail, `Write \`"${word}"\`.`);
  }
  if (expected === ", or }" || expected === ", or ]") {
    const close = expected.at(-1);
    if (char === '"' || char === "{" || char === "[" || /[\d-]/.test(char) || word) {
      const detail = `a comma is missing before ${showCharacter(text, at)}`;
      return mistake("json-missing-comma", 1, detail, "Put a comma between the two.");
    }
    return mistake(
      "json-unexpected",
      1,
      `${showCharacter(text, at)} stands where a comma or \`${close}\` should come`,
      "Serialize the object with a JSON library.",
    );
  }
  if (expected === "colon") {
    const detail = `${showCharacter(text, at)} stands where the colon behind a name should come`;
    return mistake("json-missing-colon", 1, detail, "Put a colon between name and value.");
  }
  if (word) {
    const meant = /^(nan|infinity|undefined|none|nil|null)$/i.test(word) ? "null" : word.toLowerCase();
    const known = meant === "null" || meant === "true" || meant === "false";
    const remedy = known ? `Write \`${meant}\`, or leave the member out.` : `If it is text, write \`"${word}"\`.`;
    return mistake("json-not-a-value", word.length, `\`${word}\` is no JSON value`, remedy);
  }
  if (char === "+" || char === ".") {
    return mistake(
      "json-number",
      1,
      `a number cannot begin with \`${char}\``,
      "Write the number without sign, or with a digit first.",
    );
  }
  return mistake(
    "json-unexpected",
    1,
    `${showCharacter(text, at)} stands where ${WANTED[expected]} should come`,
    "Serialize the object with a JSON library.",
  );
}
