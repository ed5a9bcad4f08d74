/** Says before anything is signed what is wrong with each row, at which cell, what is probably not meant, and what would put it right: a suggestion is only what the check itself then passes. Browser-safe. */

import { fieldOfPath, inWords, type KeyPolicy } from "@/lib/composer/refusals";
import type { FieldErrors } from "@/lib/errors";
import { namesIn } from "@/lib/profiles/given";
import type { Profile } from "@/lib/profiles/profile";
import { withoutHidden } from "@/lib/text/hidden-character";
import { typedLifetime } from "@/lib/text/lifetime";
import { secondsOf } from "@/lib/text/parse-duration";
import { type Cells, type Column, type CommonForm, columnsOf, type ReadRow, rowOf, subjectColumn } from "./columns";
import { type RowJudge, rowJudge } from "./judge-row";

/** What one click does to a row: puts another text into the cell, or leaves the row out. */
export type Fix = { column: string; text: string } | { leaveOut: true };

export type RowCheck = {
  /** By column; `row` is the row itself. They stop the batch. */
  errors: FieldErrors;
  /** They do not. */
  warnings: FieldErrors;
  fix?: Fix;
  /** It names nobody, which may be meant: then it needs nobody. */
  mayBeForAnyone?: true;
  /** What it comes to: whom and which room it is for. */
  subject: string | null;
  room: string | null;
  /** What a token of its own would say, for the columns that it leaves empty. */
  ttlSeconds: number | undefined;
};

/** For every row of one form and one key; made anew when either changes. */
export type RowChecker = (row: ReadRow, before: Cells | undefined) => RowCheck;

/** No row's own: it is only judged. */
const ANY_ID = "00000000-0000-0000-0000-000000000000";

/** An empty cell among others that are not is a slip: a token that anybody may use is not made by one. */
const NOBODY =
  "Nobody stands here, so anybody could join with this token. Say whom it is for, leave the row out, or make it for anyone.";

/** @param now seconds since 1970 */
export function rowChecker(
  profile: Profile,
  key: KeyPolicy & { apiKey: string },
  common: CommonForm,
  now: number,
): RowChecker {
  const columns = columnsOf(profile);
  const judge = rowJudge(profile, key, common, now);
  const look = (cells: Cells) => judgeCells(profile, columns, judge, cells, now);
  return ({ cells, problem, needs }, before) => {
    const found = look(cells);
    const nobody = needs !== undefined && !cells[needs]?.trim() ? { [needs]: NOBODY } : {};
    const errors = { ...found.errors, ...nobody, ...(problem ? { row: problem } : {}) };
    const fix = problem
      ? undefined
      : needs !== undefined && needs in nobody
        ? { leaveOut: true as const }
        : fixOf({ profile, columns, key, common, look }, cells, before, found);
    const mayBeForAnyone = needs !== undefined && needs in nobody && !problem && !found.errors[needs];
    return { ...found, errors, ...(fix ? { fix } : {}), ...(mayBeForAnyone ? { mayBeForAnyone } : {}) };
  };
}

type Look = Omit<RowCheck, "fix">;

function judgeCells(profile: Profile, columns: readonly Column[], judge: RowJudge, cells: Cells, now: number): Look {
  const judged = judge(rowOf(columns, cells), ANY_ID);
  const errors = judged.ok ? {} : judged.fields;
  const { prepared } = judged;
  if (!prepared) return { errors, warnings: {}, subject: null, room: null, ttlSeconds: undefined };
  const warnings: FieldErrors = {};
  for (const finding of profile.rules(prepared.claims, { now, composing: true })) {
    const field = fieldOfPath(profile, finding.path);
    // What the form says of all of them it says once, and not in each row.
    if (finding.severity === "warning" && !errors[field] && cells[field]) warnings[field] ??= inWords(finding);
  }
  const { facts, asked } = prepared;
  return { errors, warnings, subject: facts.subject, room: facts.room, ttlSeconds: asked.ttlSeconds };
}

type FixContext = {
  profile: Profile;
  columns: readonly Column[];
  key: KeyPolicy;
  common: CommonForm;
  look: (cells: Cells) => Look;
};

/** For the first cell that has something: what would have nothing, and change nothing else for the worse. */
function fixOf(context: FixContext, cells: Cells, before: Cells | undefined, found: Look): Fix | undefined {
  const { columns, look } = context;
  const isWrong = ({ errors, warnings }: Look, name: string) => (errors[name] ?? warnings[name]) !== undefined;
  const wrong = ({ errors, warnings }: Look) => Object.keys(errors).length * 100 + Object.keys(warnings).length;
  for (const column of columns) {
    if (!isWrong(found, column.name)) continue;
    for (const text of candidates(context, column, cells[column.name] ?? "", before)) {
      const after = look({ ...cells, [column.name]: text });
      if (!after.errors[column.name] && wrong(after) < wrong(found)) return { column: column.name, text };
    }
  }
  return undefined;
}

function candidates(
  { profile, key, common }: FixContext,
  { name, kind }: Column,
  text: string,
  before: Cells | undefined,
): string[] {
  // A room may well be the one above; whom a token is for is somebody else in each row.
  const previous = name === subjectColumn(profile) ? "" : (before?.[name] ?? "");
  const most = key.policy.maxTtlSeconds;
  // The longest is near to what was too long, and to nothing else.
  const longest = kind === "lifetime" && most !== null ? [typedLifetime(most)] : [];
  if (text.trim() === "") return [...longest, previous].filter(Boolean);
  switch (kind) {
    case "id": {
      const joined = withoutHidden(text).trim().replace(/\s+/g, "-");
      return [joined, joined.toLowerCase(), previous].filter(Boolean);
    }
    case "names":
      return [meant(profile, name, text), namesIn({ names: common[name] ?? [] }, "names").join(" ")].filter(Boolean);
    case "lifetime":
      return secondsOf(text) === undefined ? [common.expiresIn, ...longest] : [...longest, common.expiresIn];
    case "text":
      return [withoutHidden(text).trim().slice(0, 200)];
  }
}

/** The names that there are, where they are written in another way. */
function meant({ fields }: Profile, name: string, text: string): string {
  const field = fields.find((each) => each.name === name);
  if (field?.kind !== "names") return "";
  const bare = (word: string) => word.toLowerCase().replace(/[^a-z]/g, "");
  const known = text
    .split(/[\s,;|]+/)
    .map((word) => field.choices.find(({ value }) => bare(value) === bare(word))?.value);
  return known.every(Boolean) ? known.join(" ") : "";
}

/** Says of each row that an earlier one is for the same participant and room: that may be meant. @returns what the rows have anew, by their index */
export function repeatedRows(checks: readonly Pick<RowCheck, "subject" | "room">[]): Map<number, number> {
  const first = new Map<string, number>();
  const repeated = new Map<number, number>();
  for (const [index, { subject, room }] of checks.entries()) {
    if (subject === null) continue;
    const both = JSON.stringify([subject, room]);
    const earlier = first.get(both);
    if (earlier === undefined) first.set(both, index);
    else repeated.set(index, earlier);
  }
  return repeated;
}
