/** The columns that a batch's table may have: the vendor's own fields of the issue form, whom a token is for first, then lifetime and purpose; and which of them a heading means. Browser-safe. */
import type { FormValues } from "@/lib/composer/schema";
import type { FormField, Profile } from "@/lib/profiles/profile";

export type Column = {
  /** Of the form's field that it fills in. */
  name: string;
  label: string;
  /** Names are separated by blanks. */
  kind: FormField["kind"] | "lifetime" | "text";
  /** What one that the vendor made looks like. */
  usual?: RegExp;
  /** Other names that it has in programs. */
  also?: readonly string[];
};

/** What a row says, by column, as it was typed; what is empty is as for all. */
export type Cells = Readonly<Record<string, string>>;

/** What a row says otherwise than the form for all of them, by field. */
export type BatchRow = Readonly<Record<string, string | string[]>>;

/** What was read as one row. */
export type ReadRow = {
  cells: Cells;
  /** Why the row itself cannot be taken as it stands. */
  problem?: string;
  /** The column that it must say something in, since its table has it: whom the token is for. */
  needs?: string;
};

const LIFETIME: Column = { name: "expiresIn", label: "Expires in", kind: "lifetime" };
const PURPOSE: Column = { name: "purpose", label: "Purpose", kind: "text" };

/** Ids whom it is for, ids of rooms, then names. */
const order = ({ kind, limits }: FormField) => (limits === "subject" ? 0 : kind === "id" ? 1 : 2);

export function columnsOf({ fields }: Pick<Profile, "fields">): Column[] {
  const own = [...fields].sort((a, b) => order(a) - order(b));
  const vendors = own.map(
    (field): Column => ({
      ...{ name: field.name, label: field.label, kind: field.kind },
      ...(field.kind === "id" && field.usual ? { usual: field.usual } : {}),
      ...(field.kind === "id" && field.also ? { also: field.also } : {}),
    }),
  );
  return [...vendors, LIFETIME, PURPOSE];
}

/** The one that plain lines are read as; undefined: the vendor has none. */
export const subjectColumn = ({ fields }: Pick<Profile, "fields">): string | undefined =>
  fields.find(({ limits }) => limits === "subject")?.name;

/** Without case, blanks and signs, as people write headings. */
const bare = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

const ALSO: Readonly<Record<string, readonly string[]>> = {
  expiresIn: ["expires", "expiry", "lifetime", "ttl", "goodfor", "validfor"],
  purpose: ["for", "why", "note"],
};

/** @returns undefined for a heading of no column */
export function columnOfHeading(columns: readonly Column[], heading: string): Column | undefined {
  const asked = bare(heading);
  if (asked === "") return undefined;
  return columns.find(({ name, label, also = [] }) => {
    const names = [name, label, ...also].map(bare);
    return [...names, ...names.map((each) => each.replace(/id$/, "")), ...(ALSO[name] ?? [])].includes(asked);
  });
}

/** What people write above a column of people, and hardly call one of them. */
const HEADINGS = [
  ...["id", "user", "user name", "user id", "name", "full name", "first name", "last name", "display name", "nickname"],
  ...["email", "email address", "mail", "peer", "peer id", "participants", "participant name", "attendee", "attendees"],
  ...["member", "member id", "members", "person", "people", "student", "student id", "students", "learner", "pupil"],
  ...["users", "names", "emails", "class", "group", "seat", "number"],
].map(bare);

/** Whether a cell of the first line is rather a heading, though of no column. */
export const isLikeHeading = (cell: string): boolean => HEADINGS.includes(bare(cell));

/** The column that a heading is perhaps meant for, though it is of none: left out in silence, a room that was misspelt would be every room. */
export function almostColumn(columns: readonly Column[], heading: string): Column | undefined {
  const begin = (text: string) => bare(text).slice(0, 3);
  return columns.find(({ name, also = [] }) => [name, ...also].some((each) => begin(each) === begin(heading)));
}

/** What the cells of a row ask for. */
export function rowOf(columns: readonly Column[], cells: Cells): BatchRow {
  return Object.fromEntries(
    columns.flatMap(({ name, kind }): [string, string | string[]][] => {
      const text = cells[name]?.trim() ?? "";
      if (text === "") return [];
      return [[name, kind === "names" ? text.split(/[\s,;|]+/).filter(Boolean) : text]];
    }),
  );
}

/** What the form holds for every row: all of it but the token's id. */
export type CommonForm = FormValues;
