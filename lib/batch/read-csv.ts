/** Reads comma-, semicolon- or tab-separated text (RFC 4180) by csv-parse. Apart from what knows columns, and fetched when there is such a text: the library is not small. Browser-safe. */
import { type CsvError, parse } from "csv-parse/browser/esm/sync";

export type CsvRecord = { line: number; cells: string[] };

const mistakes: Partial<Record<CsvError["code"], string>> = {
  CSV_QUOTE_NOT_CLOSED: "a quote is opened and not closed",
  CSV_INVALID_CLOSING_QUOTE: "something follows a closing quote",
  INVALID_OPENING_QUOTE: "a quote stands within a cell that does not begin with one",
};

/** @returns the records, each with the line that it begins in; or what is wrong, in words */
export function readCsv(text: string, delimiter: string): CsvRecord[] | string {
  try {
    // As the option `info` has it.
    const records = parse(text, {
      ...{ delimiter, info: true, relax_column_count: true, skip_empty_lines: true, trim: true, bom: true },
    }) as unknown as { record: string[]; info: { lines: number; empty_lines: number } }[];
    let before = { lines: 0, empty_lines: 0 };
    return records.map(({ record, info }) => {
      const line = before.lines + 1 + info.empty_lines - before.empty_lines;
      before = info;
      return { line, cells: record };
    });
  } catch (error) {
    const { code, lines } = error as CsvError & { lines?: number }; // The parser throws no other.
    return `Line ${lines ?? 1}: ${mistakes[code] ?? "this cannot be read as a table"}. Mend it, then check again.`;
  }
}
