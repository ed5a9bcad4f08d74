/** Says how a table without a header could be meant where none of its rooms is the vendor's own: "Smith, John" is one person, and not Smith in a room called John. Each of them is the same text with a header, so that it says it. Browser-safe. */
import { groupDigits } from "@/lib/text/group-digits";
import { type Cells, type Column, columnOfHeading } from "./columns";
import { writeParticipants } from "./write-participants";

export type Reading = { label: string; text: string };

type Records = readonly { cells: string[] }[];

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
