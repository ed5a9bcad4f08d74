/** Writes rows as the table that they could have been pasted as: what was mended in place is there again when the text is. Refuses rows that no table of these columns holds whole. Browser-safe. */
import type { Cells, Column, ReadRow } from "./columns";

/** @returns undefined where a row had more than its columns take: the text as it was pasted has the rest */
export function writeParticipants(columns: readonly Column[], rows: readonly ReadRow[]): string | undefined {
  if (rows.some(({ problem }) => problem !== undefined)) return undefined;
  const used = columns.filter(({ name }) => rows.some(({ cells }) => cells[name] !== undefined));
  const line = (cells: Cells) => used.map(({ name }) => quoted(cells[name] ?? "")).join(",");
  return [used.map(({ name }) => name).join(","), ...rows.map(({ cells }) => line(cells))].join("\n");
}

const quoted = (text: string) => (/[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
