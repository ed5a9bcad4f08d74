/** Writes a table as a CSV file that no spreadsheet takes for more than text. Browser-safe: a library would be a tenth of what the decoder loads, and must be there before the network is gone. */

const FORMULA = "=+\\-@\\uff1d\\uff0b\\uff0d\\uff20";
/** Where a spreadsheet may begin a cell with a formula: at the front, and behind what separates cells somewhere; over blanks, quotes, and what cannot be seen. Looked for from the formula backwards, so that a run of blanks is walked once. */
const FORMULA_START = new RegExp(
  `(?=[${FORMULA}])(?<=(?:^|[,;\\t\\r\\n|])[\\s\\p{Cc}\\p{Cf}\\p{Default_Ignorable_Code_Point}\\u2800"']*)`,
  "gu",
);

/** What people and programs wrote can be a spreadsheet's formula: with an apostrophe in front it is text. */
const withoutFormula = (text: string) => text.replace(FORMULA_START, "'");

const cell = (value: string | number) =>
  `"${(typeof value === "string" ? withoutFormula(value) : String(value)).replaceAll('"', '""')}"`;

/** In front of the file: lets Excel read UTF-8. */
export const CSV_MARK = "\ufeff";

/** RFC 4180, every cell in quotes. @returns the lines, each with its end */
export function csvLines(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.map(cell).join(",")}\n`).join("");
}
