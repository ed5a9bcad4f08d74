"use client";
/** The rows as they will be issued, fifty at a time: what is wrong stands marked in its cell, which is open to be typed into, and at the row's end why and what one click does about it. Of a list too long for a look, those alone that are to fix, until one asks for all. */
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { DataTable, type Column as TableColumn } from "@/components/ui/data-table";
import { Icon } from "@/components/ui/icon";
import type { Fix } from "@/lib/batch/check-rows";
import type { Column } from "@/lib/batch/columns";
import type { FieldErrors } from "@/lib/errors";
import type { Profile } from "@/lib/profiles/profile";
import { counted } from "@/lib/text/counted";
import { groupDigits } from "@/lib/text/group-digits";
import { lifetimeWords } from "@/lib/text/lifetime";
import { shorten } from "@/lib/text/shorten";
import { fitsOnePage, PageTurner, useTurned } from "./page-turner";
import type { BatchLine } from "./use-batch-rows";

type Shown = { line: BatchLine; index: number; earlier: number | undefined };

const isFaulty = ({ check }: BatchLine) => Object.keys(check.errors).length > 0;
const isOdd = ({ line, earlier }: Shown) => earlier !== undefined || Object.keys(line.check.warnings).length > 0;

/** Those that stop the batch. */
export const countFaulty = (lines: readonly BatchLine[]) => lines.filter(isFaulty).length;

/** As a row reads it: whose lifetime and room it is in the end. */
function whole(profile: Profile, { check, needs }: BatchLine, name: string): string {
  if (name === "expiresIn") return check.ttlSeconds === undefined ? "" : lifetimeWords(check.ttlSeconds);
  const limits = profile.fields.find((field) => field.name === name)?.limits;
  if (limits === "subject") return check.subject ?? (needs === undefined ? "anyone" : "");
  return (limits === "room" ? check.room : null) ?? "";
}

/** What a cell says that is not open. A lifetime that was typed is said as one that was not is, so that what `120` counts is seen before anything is issued. */
function shownIn(profile: Profile, purpose: string, { name, kind }: Column, line: BatchLine): string {
  const typed = line.cells[name] ?? "";
  if (kind === "lifetime") return whole(profile, line, name) || typed;
  return typed || (name === "purpose" ? purpose : whole(profile, line, name));
}

export function RowsTable({
  profile,
  lines,
  columns,
  repeated,
  purpose,
  refusal,
  undo,
  onChange,
  onFix,
  onForAnyone,
  onFixAll,
}: {
  profile: Profile;
  lines: readonly BatchLine[];
  /** Those that some row has, or that are always worth a look. */
  columns: readonly Column[];
  repeated: ReadonlyMap<number, number>;
  /** Of all that say nothing else. */
  purpose: string;
  /** Of the server, another one each time: it may be of rows that were right here. */
  refusal: object | undefined;
  undo: (() => void) | undefined;
  onChange: (id: number, column: string, text: string) => void;
  onFix: (line: BatchLine, fix: Fix) => void;
  onForAnyone: (line: BatchLine) => void;
  onFixAll: () => void;
}) {
  const mayHide = !fitsOnePage(lines) && lines.some(isFaulty);
  const [asked, setOnly] = useState(mayHide);
  const [told, setTold] = useState(refusal);
  if (told !== refusal) {
    setTold(refusal);
    if (mayHide) setOnly(true);
  }
  const all = lines.map((line, index): Shown => ({ line, index, earlier: repeated.get(index) }));
  const faulty = all.filter(({ line }) => isFaulty(line));
  const odd = all.filter((each) => !isFaulty(each.line) && isOdd(each));
  const marked = faulty.length + odd.length;
  // What was just mended stays in view, so that one sees what became of it.
  const these = all.filter((each) => isFaulty(each.line) || isOdd(each) || each.line.opened.length > 0);
  const only = asked && these.length > 0;
  const listed = only ? these : all;
  const turned = useTurned(listed);
  const fixes = all.filter(({ line, earlier }) => line.check.fix !== undefined || earlier !== undefined).length;

  return (
    <div>
      <div className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-2">
        <span role="status" className="flex flex-wrap items-center gap-x-3 gap-y-1">
          {faulty.length > 0 ? <Badge tone="bad">{counted(faulty.length, "row")} to fix</Badge> : null}
          {odd.length > 0 ? <Badge tone="warn">{groupDigits(odd.length)} to look at</Badge> : null}
          <span className="text-faint text-small">
            {marked === 0 ? allRight(all.length) : right(all.length - marked)}
          </span>
        </span>
        {/* One goes on here where a button has done what it says, and is gone. */}
        <fieldset aria-label="All rows" className="ml-auto flex flex-wrap items-center gap-x-3 gap-y-2">
          {marked > 0 || only ? (
            <label className="flex min-h-8 items-center gap-2 text-small text-soft">
              <input type="checkbox" checked={only} onChange={(event) => setOnly(event.target.checked)} />
              {these.length === 1 ? "Only this one" : `Only these ${groupDigits(these.length)}`}
            </label>
          ) : null}
          {undo ? (
            <Button size="sm" onClick={undo}>
              Undo
            </Button>
          ) : null}
          {fixes > 1 ? (
            <Button size="sm" onClick={onFixAll}>
              Use all {groupDigits(fixes)} suggestions
            </Button>
          ) : null}
        </fieldset>
      </div>
      <div className="batch-rows">
        <DataTable
          label="Rows"
          columns={tableColumns({ profile, columns, purpose, onChange, onFix, onForAnyone })}
          rows={turned.rows}
          rowKey={({ line }) => line.id}
          cards
        />
      </div>
      <PageTurner label="Rows" {...turned} total={listed.length} />
    </div>
  );
}

const right = (count: number) => `${groupDigits(count)} ${count === 1 ? "is" : "are"} right`;
const allRight = (count: number) => (count === 1 ? "The row is right" : `All ${counted(count, "row")} are right`);

const widths: Record<Column["kind"], string> = {
  // A room is read at a glance where it stands on one line.
  id: "lg:min-w-36 lg:max-w-48",
  names: "lg:max-w-48",
  lifetime: "lg:w-24",
  text: "lg:min-w-28 lg:max-w-48",
};

const headingOf = ({ kind, label }: Column) => (kind === "id" ? label.replace(/ ID$/, "") : label);

function tableColumns({
  profile,
  columns,
  purpose,
  onChange,
  onFix,
  onForAnyone,
}: Pick<
  Parameters<typeof RowsTable>[0],
  "profile" | "columns" | "purpose" | "onChange" | "onFix" | "onForAnyone"
>): TableColumn<Shown>[] {
  return [
    {
      key: "row",
      header: "Row",
      render: ({ index }) => <span className="text-faint">{groupDigits(index + 1)}</span>,
      align: "right",
      nowrap: true,
      className: "w-12",
      card: "start",
    },
    ...columns.map(
      (column): TableColumn<Shown> => ({
        key: column.name,
        header: headingOf(column),
        render: (shown) => (
          <Cell
            {...shown}
            column={column}
            text={shown.line.cells[column.name] ?? ""}
            shown={shownIn(profile, purpose, column, shown.line)}
            onChange={onChange}
          />
        ),
        mono: column.kind === "id",
        className: widths[column.kind],
      }),
    ),
    {
      key: "check",
      header: "Check",
      render: (shown) => <Said {...shown} columns={columns} onFix={onFix} onForAnyone={onForAnyone} />,
      className: "lg:w-[30%]",
      card: "line",
    },
  ];
}

function Cell({
  line,
  index,
  column: { name, label },
  text,
  shown,
  onChange,
}: Shown & {
  column: Column;
  text: string;
  shown: string;
  onChange: (id: number, column: string, text: string) => void;
}) {
  const { check, id } = line;
  if (!line.opened.includes(name))
    return text ? <bdi title={shown}>{shown}</bdi> : <bdi className="text-faint">{shown}</bdi>;
  const tone = check.errors[name] ? "bad" : check.warnings[name] ? "warn" : undefined;
  return (
    <input
      className="batch-cell"
      data-tone={tone}
      data-line={id}
      aria-label={`${label}, row ${index + 1}`}
      aria-invalid={tone === "bad" || undefined}
      aria-describedby={tone ? `said-${id}` : undefined}
      spellCheck={false}
      autoCapitalize="off"
      value={text}
      placeholder={shown || "empty"}
      onChange={(event) => onChange(id, name, event.target.value)}
    />
  );
}

/** What is said of two cells alike names the cell. */
function toldApart(columns: readonly Column[], said: FieldErrors): string[] {
  const messages = Object.values(said);
  return Object.entries(said).map(([name, message]) => {
    const column = columns.find((each) => each.name === name);
    const isAlone = messages.filter((each) => each === message).length === 1;
    return isAlone || !column ? message : `${headingOf(column)}: ${message}`;
  });
}

/** Why, and a remedy of one click; of a row that is right, that it is. */
function Said({
  line,
  earlier,
  columns,
  onFix,
  onForAnyone,
}: Shown & Pick<Parameters<typeof RowsTable>[0], "columns" | "onFix" | "onForAnyone">) {
  const { errors, warnings, fix, mayBeForAnyone } = line.check;
  const twice = earlier === undefined ? [] : [`Row ${earlier + 1} is for the same participant and room.`];
  const said = [
    ...toldApart(columns, errors).map((message) => ({ message, tone: "bad" })),
    ...[...toldApart(columns, warnings), ...twice].map((message) => ({ message, tone: "warn" })),
  ];
  const remedy: Fix | undefined = fix ?? (earlier === undefined ? undefined : { leaveOut: true });
  return (
    <span id={`said-${line.id}`} className="block" role="status">
      {said.length === 0 ? (
        <span className="text-ok">
          <Icon name="check" size={14} className="inline" />
          <span className="sr-only">right</span>
        </span>
      ) : null}
      {said.map(({ message, tone }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they have no other
        <span key={index} className={`flex gap-1.5 ${tone === "bad" ? "text-bad" : "text-warn"}`}>
          <Icon name={tone === "bad" ? "cross" : "warn"} size={14} className="mt-[3px]" />
          <span className="min-w-0 [overflow-wrap:anywhere]">{message}</span>
        </span>
      ))}
      {remedy ? (
        <button type="button" className="batch-fix" onClick={() => onFix(line, remedy)}>
          {"leaveOut" in remedy ? (
            "Leave out"
          ) : (
            <>
              Use <code title={remedy.text}>{shorten(remedy.text)}</code>
            </>
          )}
        </button>
      ) : null}
      {mayBeForAnyone ? (
        <button type="button" className="batch-fix" onClick={() => onForAnyone(line)}>
          Make it for anyone
        </button>
      ) : null}
    </span>
  );
}
