/** Reads what is pasted or dropped as participants: a table with commas, semicolons or tabs, found by itself, with a header, or without one where its rooms are the vendor's own; plain lines; or a count and a pattern. Says how it read it, and refuses what it would have to guess at: then it says how it could be meant. Browser-safe. */

import type { Profile } from "@/lib/profiles/profile";
import { MOST_IN_BATCH } from "@/lib/sizes";
import { groupDigits } from "@/lib/text/group-digits";
import { inOneLine } from "@/lib/text/hidden-character";
import { listed } from "@/lib/text/listed";
import {
  almostColumn,
  type Column,
  columnOfHeading,
  columnsOf,
  isLikeHeading,
  type ReadRow,
  subjectColumn,
} from "./columns";
import { withoutEmptyEnd } from "./read-file";
import { ambiguity, oddBreaks, type Reading } from "./readings";

export type Participants =
  | {
      ok: true;
      rows: ReadRow[];
      /** "a table with commas and a header", "plain lines". */
      how: string;
      /** What was left out, as a sentence each. */
      notes: string[];
    }
  | { ok: false; message: string; readings?: readonly Reading[] };

/** No row of people is longer: this is another file. */
const LONGEST_LINE = 20_000;

const refuse = (message: string): Participants => ({ ok: false, message });

/** A text without its mark in front, and with one kind of line break; without the line in which a spreadsheet says how it separates, which is no row, and without those that say nothing at its end. */
const plain = (text: string) =>
  withoutEmptyEnd(text)
    .replace(/^\ufeff/, "")
    .replace(/\r\n?/g, "\n")
    .replace(/^sep=[,;\t]\n/i, "\n");

export async function readParticipants(profile: Pick<Profile, "fields">, given: string): Promise<Participants> {
  const text = plain(given);
  if (text.trim() === "") return refuse("Paste the participants: one a line, or a table with a header.");
  const odd = oddBreaks(text);
  if (odd) return { ok: false, ...odd };
  const made = expandPattern(text);
  if (made) return made.ok ? fromLines(profile, made.lines, "a count and a pattern") : refuse(made.message);
  const columns = columnsOf(profile);
  const [first = ""] = text.split("\n").filter((line) => line.trim() !== "");
  if (first.length > LONGEST_LINE)
    return refuse(
      `The first line has ${groupDigits(first.length)} characters, which no row of a list has. Paste one participant a line.`,
    );
  const delimiter = delimiterOf(first, columns);
  // One column alone has no delimiter, and may have a header or quotes all the same.
  const isQuoted = /^\s*".*"\s*$/.test(first);
  if (delimiter === undefined && !isQuoted && !columnOfHeading(columns, first)) {
    const lines = text.split("\n").filter((line) => line.trim() !== "");
    const strange = strangeSeparator(columns, first);
    if (strange && lines.length > 1)
      return refuse(
        `The first line looks like a header with “${strange}” between its columns. Put commas, semicolons or tabs there, then check again.`,
      );
    return lines.length > 1 && isLikeHeading(first)
      ? refuse(strangeHeader([first.trim()], subjectColumn(profile)))
      : fromLines(profile, lines, "plain lines");
  }
  const { readCsv } = await import("./read-csv");
  const records = readCsv(text, delimiter ?? ",");
  if (typeof records === "string") return refuse(records);
  const found = fromRecords(records, columns, subjectColumn(profile), nameOf(delimiter));
  const unclear = found.ok && delimiter ? ambiguity(columns, { text, delimiter, records }) : undefined;
  return unclear ? { ok: false, ...unclear } : found;
}

/** One that is none here, in a line that has a known heading beside it: its rows would be people of these long names. */
const strangeSeparator = (columns: readonly Column[], line: string): string | undefined =>
  ["|", "，", "、", "،", "；"].find((sign) => {
    const cells = line.split(sign);
    return cells.length > 1 && cells.some((cell) => columnOfHeading(columns, cell));
  });

const nameOf = (delimiter: string | undefined) =>
  delimiter === ";" ? "semicolons" : delimiter === "\t" ? "tabs" : delimiter === "," ? "commas" : undefined;

function fromLines(profile: Pick<Profile, "fields">, lines: readonly string[], how: string): Participants {
  const subject = subjectColumn(profile);
  if (subject === undefined) return refuse("Give the first line as a header: it says what each column is.");
  if (lines.length > MOST_IN_BATCH) return tooMany(lines.length);
  return { ok: true, rows: lines.map((line) => ({ cells: { [subject]: line.trim() } })), how, notes: [] };
}

const tooMany = (rows: number) =>
  refuse(
    `These are ${groupDigits(rows)} rows; a batch has at most ${groupDigits(MOST_IN_BATCH)}. Split them, and issue one batch after the other.`,
  );

/** Of those that stand in the first line, outside of quotes, the one that makes most known headings; then the one that stands there most often. */
function delimiterOf(line: string, columns: readonly Column[]): string | undefined {
  const bare = line.replace(/"(?:[^"]|"")*"/g, (cell) => cell.replace(/[,;\t]/g, " "));
  const found = ["\t", ";", ","].map((delimiter) => {
    const cells = bare.split(delimiter);
    const known = cells.filter((cell) => columnOfHeading(columns, cell)).length;
    return { delimiter, cells: cells.length, known };
  });
  const [best] = found.filter(({ cells }) => cells > 1).sort((a, b) => b.known - a.known || b.cells - a.cells);
  return best?.delimiter;
}

/** What another program exports has dozens of columns. */
const MOST_NAMED = 5;

function named(headings: readonly string[]): string {
  const some = headings.slice(0, MOST_NAMED).map((heading) => `“${heading.slice(0, 40)}”`);
  const more = headings.length - some.length;
  return more > 0 ? `${some.join(", ")} and ${groupDigits(more)} more` : listed(some);
}

/** Of a first line whose names are known to nobody, or none of which says whom a token is for. */
function strangeHeader(headings: readonly string[], subject: string | undefined): string {
  const call = subject === undefined ? "Use the names below" : `Call the column with whom it is for ${subject}`;
  return `The first line looks like a header, and ${named(headings)} ${headings.length === 1 ? "is" : "are"} not known. ${call}; if it is no header, put one above it.`;
}

function fromRecords(
  records: readonly { line: number; cells: string[] }[],
  columns: readonly Column[],
  subject: string | undefined,
  separated: string | undefined,
): Participants {
  const [head] = records;
  if (!head) return refuse("There is no row in it.");
  const headings = head.cells.map((cell) => columnOfHeading(columns, cell));
  const hasHeader = headings.some((column) => column !== undefined);
  const strange = hasHeader ? [] : head.cells.filter(isLikeHeading);
  if (strange.length > 0 && records.length > 1) return refuse(strangeHeader(strange, subject));
  const used = hasHeader ? headings : head.cells.map((_, index) => columns[index]);
  const twice = used.find((column, index) => column && used.indexOf(column) !== index);
  if (twice) return refuse(`The header names “${twice.name}” twice. Leave one of them out, then check again.`);
  // Spreadsheets write separators for the rows below the last.
  const body = (hasHeader ? records.slice(1) : records).filter(({ cells }) => cells.some((cell) => cell !== ""));
  if (body.length === 0)
    return refuse(hasHeader ? "There is a header, and no row below it." : "There is nothing in any of its rows.");
  if (body.length > MOST_IN_BATCH) return tooMany(body.length);
  const unused = hasHeader ? head.cells.filter((cell, index) => cell !== "" && !headings[index]) : [];
  const hasSubject = used.some((column) => column?.name === subject);
  if (subject !== undefined && !hasSubject && unused.length > 0) {
    return refuse(
      `No column says whom each token is for, and ${named(unused)} ${unused.length === 1 ? "is" : "are"} not known. Call that column ${subject}, or take what is not known out, then check again.`,
    );
  }
  const almost = unused.flatMap((heading) => {
    const column = almostColumn(columns, heading);
    return column && !used.includes(column) ? [{ heading, name: column.name }] : [];
  });
  const [first] = almost;
  if (first)
    return refuse(
      `${named([first.heading])} is not known: is ${first.name} meant? Name it so, or clear that heading to leave the column out, then check again.`,
    );
  const needs = subject !== undefined && hasSubject ? { needs: subject } : {};
  const rows = body.map(({ line, cells }): ReadRow => {
    // A field of one line shows no break, and what is mended in it would run two words together.
    const values = Object.fromEntries(
      used.flatMap((column, index) => (column ? [[column.name, inOneLine(cells[index] ?? "")] as const] : [])),
    );
    const beyond = cells.slice(used.length).filter((cell) => cell !== "").length;
    if (beyond === 0) return { cells: values, ...needs };
    return {
      cells: values,
      ...needs,
      problem: `Line ${line} has ${cells.length} cells, and ${used.length} are expected. Put quotes around what holds a separator.`,
    };
  });
  const table = separated ? `a table with ${separated}` : "a table of one column";
  const notes = [
    ...(unused.length === 1 ? [`The column ${named(unused)} is not used.`] : []),
    ...(unused.length > 1 ? [`The columns ${named(unused)} are not used.`] : []),
    ...(hasHeader ? [] : [`There is no header: read as ${used.flatMap((column) => column?.name ?? []).join(", ")}.`]),
  ];
  return { ok: true, rows, how: `${table}${hasHeader ? " and a header" : ""}`, notes };
}

const COUNTED = /^\s*(?:(\d{1,9})\s*[x×*]?\s+(\S*\{n\}\S*)|(\S*\{n\}\S*)\s+[x×*]?\s*(\d{1,9}))\s*$/i;

/** "10 guest-{n}", "guest-{n} x 10". @returns undefined for any other text */
function expandPattern(text: string): { ok: true; lines: string[] } | { ok: false; message: string } | undefined {
  const [, before, after, first, count] = COUNTED.exec(text) ?? [];
  const pattern = after ?? first;
  if (pattern !== undefined) return countUp(Number(before ?? count), pattern);
  if (/^\s*\S*\{n\}\S*\s*$/.test(text))
    return { ok: false, message: `Write how many, too: “10 ${text.trim().slice(0, 40)}”.` };
  return undefined;
}

/** @param pattern with `{n}` where the number stands @returns its lines, or which of the two is wrong and what to do */
export function countUp(
  count: number,
  pattern: string,
): { ok: true; lines: string[] } | { ok: false; wrong: "count" | "pattern"; message: string } {
  if (!pattern.includes("{n}"))
    return { ok: false, wrong: "pattern", message: "Write {n} where the number belongs: guest-{n}." };
  if (!Number.isInteger(count) || count < 1 || count > MOST_IN_BATCH)
    return { ok: false, wrong: "count", message: `Make 1 to ${groupDigits(MOST_IN_BATCH)} of them.` };
  return { ok: true, lines: Array.from({ length: count }, (_, index) => pattern.replaceAll("{n}", String(index + 1))) };
}
