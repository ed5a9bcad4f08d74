/** Says how a text could be meant that does not say it: a table without a header where none of its rooms is the vendor's own ("Smith, John" is one person, and not Smith in a room called John), and line breaks that end a line in one program and none in another. Each of them is the same text, so that it says it. Browser-safe. */
import { groupDigits } from "@/lib/text/group-digits";
import { type Cells, type Column, columnOfHeading } from "./columns";
import { writeParticipants } from "./write-participants";

export type Reading = { label: string; text: string };

type Records = readonly { cells: string[] }[];

/** Of programs that set type, of old systems, and between two pages. */
const ODD_BREAK = /[\v\f\u0085\u2028\u2029]/;

/** @returns undefined where each line ends as lines do; within quotes, and around a line, another break changes nothing */
export function oddBreaks(text: string): { message: string; readings: Reading[] } | undefined {
  if (!ODD_BREAK.test(text)) return undefined;
  const bare = text.replace(/"[^"]*"/g, "");
  const [odd] = bare.split("\n").flatMap((line) => ODD_BREAK.exec(line.trim())?.[0] ?? []);
  if (odd === undefined) return undefined;
  const code = (odd.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  const each = new RegExp(ODD_BREAK, "g");
  return {
    message: `There are line breaks in it that end a line in some programs only (U+${code}). Choose what is meant, or write one participant a line.`,
    readings: [
      { label: "Each ends a line", text: text.replace(each, "\n") },
      { label: "Each is a blank", text: text.replace(each, " ") },
    ],
  };
}

/** @param given how the text is separated, and its records @returns undefined where it says what it is */
export function ambiguity(
  columns: readonly Column[],
  given: { text: string; delimiter: string; records: Records },
): { message: string; readings: Reading[] } | undefined {
  const [head] = given.records;
  const [subject, room] = columns;
  if (!head || !subject || !room || head.cells.some((cell) => columnOfHeading(columns, cell))) return undefined;
  const rooms = given.records.flatMap(({ cells }) => cells[1] || []);
  const strange = rooms.find((each) => !room.usual?.test(each));
  if (rooms.length > 0 && strange === undefined) return undefined;
  const noRoom =
    strange === undefined || !room.usual ? "" : `, and “${strange.slice(0, 40)}” does not look like a ${room.label}`;
  return {
    message: `There is no header${noRoom}. Choose what is meant, or put a header above it.`,
    readings: readingsOf(columns, subject, given),
  };
}

function readingsOf(
  columns: readonly Column[],
  { name: subject }: Column,
  { text, delimiter, records }: { text: string; delimiter: string; records: Records },
): Reading[] {
  const people = (ids: readonly string[]) => {
    const rows = ids.map((id): { cells: Cells } => ({ cells: { [subject]: id } }));
    return writeParticipants(columns, rows) ?? "";
  };
  const lines = text.split("\n").flatMap((line) => line.trim() || []);
  const [first = [], ...others] = records.map(({ cells }) => cells.filter(Boolean));
  const widest = Math.max(...records.map(({ cells }) => cells.length));
  const header = columns.slice(0, widest).map(({ name }) => name);
  const readings: Reading[] = [];
  // Within quotes a line may not be a row, and between tabs stand cells.
  if (delimiter !== "\t" && !text.includes('"'))
    readings.push({
      label: lines.length === 1 ? "It is one participant" : "Each line is one participant",
      text: people(lines),
    });
  if (others.length === 0)
    readings.push({ label: `These are ${groupDigits(first.length)} participants`, text: people(first) });
  if (widest <= columns.length)
    readings.push({
      label: `The columns are ${header.join(", ")}`,
      text: `${header.join(delimiter)}\n${text.trim()}`,
    });
  return readings;
}
