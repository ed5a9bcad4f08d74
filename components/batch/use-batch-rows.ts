"use client";
/** The rows of a batch that is being made: read from a text, each checked, mended in place, left out; checked anew when the form for all of them changes, or what the key allows. A long list is checked in pieces: the page goes on answering. */
import { useEffect, useMemo, useRef, useState } from "react";
import { getNow } from "@/components/time/now-store";
import { type Fix, type RowCheck, repeatedRows, rowChecker } from "@/lib/batch/check-rows";
import type { Cells, CommonForm, ReadRow } from "@/lib/batch/columns";
import { type Participants, readParticipants } from "@/lib/batch/read-participants";
import type { KeyChoice } from "@/lib/composer/compose";
import type { FieldErrors } from "@/lib/errors";
import type { Profile } from "@/lib/profiles/profile";
import { isSame, newsOf, type Refused, type Sent, standing } from "./standing";

export type BatchLine = ReadRow & {
  id: number;
  check: RowCheck;
  /** Columns that had something: they stay open to be typed into. */
  opened: readonly string[];
};

export type For = { profile: Profile; key: KeyChoice; common: CommonForm };

/** Of a text that cannot be read, or in more than one way. */
export type Refusal = Extract<Participants, { ok: false }>;

type Table = { how: string; notes: readonly string[]; lines: readonly BatchLine[] };

/** What the server refused of rows, by their id, and what the form said of all of them. */
type RefusedRows = { common: CommonForm; rows: ReadonlyMap<number, Refused> };

/** Where what reads tables did not come. */
const UNREAD: Refusal = {
  ok: false,
  message: "The server could not be reached for what reads tables. What you typed is kept: check again in a moment.",
};

/** Between two turns of the page. */
const PIECE_MS = 24;

/** A row as it is sent: where a cell is empty, what the form says of all of them. */
const whole = (cells: Cells, common: CommonForm): Sent => ({
  ...common,
  ...Object.fromEntries(Object.entries(cells).filter(([, text]) => text)),
});

/** What was refused of a line, as far as it stands. */
function stillRefused({ id, cells }: BatchLine, { rows }: RefusedRows, common: CommonForm): FieldErrors {
  const refused = rows.get(id);
  return refused ? standing(refused, whole(cells, common)) : {};
}

const anyRefused = (
  lines: readonly BatchLine[] | undefined,
  refused: RefusedRows | undefined,
  common: CommonForm | undefined,
): boolean =>
  refused !== undefined &&
  common !== undefined &&
  (lines ?? []).some((line) => Object.keys(stillRefused(line, refused, common)).length > 0);

/** Where the form says anything else otherwise, it may be right now, and does not stop the batch. */
function withRefused(lines: readonly BatchLine[], refused: RefusedRows, common: CommonForm): readonly BatchLine[] {
  const kind = isSame(refused.common, common) ? "errors" : "warnings";
  return lines.map((line) => {
    const said = newsOf(stillRefused(line, refused, common), line.check.errors);
    if (Object.keys(said).length === 0) return line;
    return withCheck(line, { ...line.check, [kind]: { ...line.check[kind], ...said } });
  });
}

/** The id of the line whose cell has the focus. */
const lineAtHand = () => Number(document.activeElement?.getAttribute("data-line") ?? Number.NaN);

const nextPiece = () => new Promise((resolve) => setTimeout(resolve));

const isLeftOut = (fix: Fix | undefined): fix is { leaveOut: true } => fix !== undefined && "leaveOut" in fix;

const withCheck = (line: Omit<BatchLine, "check">, check: RowCheck): BatchLine => {
  const marked = [...Object.keys(check.errors), ...Object.keys(check.warnings)];
  return { ...line, check, opened: [...new Set([...line.opened, ...marked])] };
};

/** @param onCells told whenever what stands in the rows is changed here */
export function useBatchRows(all: For | undefined, onCells: (rows: readonly ReadRow[]) => void) {
  const [table, setTable] = useState<Table>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [checking, setChecking] = useState(false);
  const [mending, setMending] = useState(false);
  const [undo, setUndo] = useState<readonly BatchLine[]>();
  const [refused, setRefused] = useState<RefusedRows>();
  const run = useRef(0);

  /** @returns undefined where something else has begun meanwhile */
  async function inPieces<Line extends object>(
    lines: readonly Line[],
    make: (line: Line, index: number) => BatchLine,
  ): Promise<BatchLine[] | undefined> {
    const current = run.current;
    const made: BatchLine[] = [];
    let began = performance.now();
    for (const [index, line] of lines.entries()) {
      made.push(make(line, index));
      if (performance.now() - began < PIECE_MS) continue;
      await nextPiece();
      if (run.current !== current) return undefined;
      began = performance.now();
    }
    return made;
  }

  async function checkAll(lines: readonly Omit<BatchLine, "check">[]): Promise<readonly BatchLine[] | undefined> {
    if (!all) return undefined;
    run.current += 1;
    const check = rowChecker(all.profile, all.key, all.common, getNow());
    return inPieces(lines, (line, index) => withCheck(line, check(line, lines[index - 1]?.cells)));
  }

  // What the form says of all of them is said of each; a page that was read anew has the same key, and perhaps another policy.
  const commonText = JSON.stringify(all?.common);
  const key = all?.key;
  const keyText = useMemo(() => JSON.stringify([key?.policy, key?.templates]), [key]);
  const judgedBy = `${commonText} ${keyText}`;
  const checkedFor = useRef(judgedBy);

  async function read(text: string): Promise<void> {
    if (!all) return;
    setChecking(true);
    setUndo(undefined);
    run.current += 1;
    const current = run.current;
    const found = await readParticipants(all.profile, text).catch(() => UNREAD);
    // What reads a table may have to be fetched first: what was typed meanwhile is another text.
    if (run.current !== current) return;
    checkedFor.current = judgedBy;
    const lines = found.ok ? await checkAll(found.rows.map((row, id) => ({ ...row, id, opened: [] }))) : [];
    if (!lines) return;
    setChecking(false);
    setRefusal(found.ok ? undefined : found);
    setRefused(undefined);
    if (found.ok) setTable({ how: found.how, notes: found.notes, lines });
  }

  const again = useRef(async () => {});
  again.current = async () => {
    if (!table || checkedFor.current === judgedBy) return;
    checkedFor.current = judgedBy;
    // What a row had against form and key before is no fault of its own any more.
    const checked = await checkAll(table.lines.map((line) => ({ ...line, opened: [] })));
    if (!checked) return;
    const anew = new Map(table.lines.map((line, index) => [line, checked[index]]));
    // A cell does not close under the hands of whoever is in it.
    const held = lineAtHand();
    const open = latest.current.shown?.find(({ id }) => id === held)?.opened ?? [];
    const keepOpen = (line: BatchLine) =>
      line.id === held ? { ...line, opened: [...new Set([...open, ...line.opened])] } : line;
    // What was typed meanwhile has been checked, and stays.
    setTable((now) => now && { ...now, lines: now.lines.map((line) => keepOpen(anew.get(line) ?? line)) });
    setUndo(undefined);
  };
  const isThere = table !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever form or key changes, and when it did while the table was made
  useEffect(() => {
    const timer = setTimeout(() => again.current(), 150);
    return () => clearTimeout(timer);
  }, [judgedBy, isThere]);

  const lines = table?.lines;
  const common = all?.common;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the form is another object at each turn
  const shown = useMemo(
    () => (lines && refused && common ? withRefused(lines, refused, common) : lines),
    [lines, refused, commonText],
  );
  const stands = anyRefused(lines, refused, common);
  const latest = useRef({ lines, shown, common });
  latest.current = { lines, shown, common };
  const repeated = useMemo(() => repeatedRows((lines ?? []).map(({ check }) => check)), [lines]);

  const put = (next: readonly BatchLine[]) => table && setTable({ ...table, lines: next });
  /** @param before what one click brings back; not what is done by hand, which would be taken back as well */
  const edit = (next: readonly BatchLine[], before?: readonly BatchLine[]) => {
    put(next);
    onCells(next);
    setUndo(before);
  };

  function change(id: number, column: string, text: string): void {
    if (!lines || !all) return;
    const check = rowChecker(all.profile, all.key, all.common, getNow());
    edit(
      lines.map((line, index) => {
        if (line.id !== id) return line;
        // It was open, or it would not have been typed into.
        const opened = [...line.opened, column];
        const changed = { ...line, cells: { ...line.cells, [column]: text }, opened };
        return withCheck(changed, check(changed, lines[index - 1]?.cells));
      }),
    );
  }

  function apply(line: BatchLine, fix: Fix): void {
    if (isLeftOut(fix)) edit((lines ?? []).filter(({ id }) => id !== line.id));
    else change(line.id, fix.column, fix.text);
  }

  /** Nobody is missed in it any more. */
  function makeForAnyone({ id }: BatchLine): void {
    if (!lines || !all) return;
    const check = rowChecker(all.profile, all.key, all.common, getNow());
    edit(
      lines.map((line, index) => {
        if (line.id !== id) return line;
        const { needs: _, ...open } = line;
        return withCheck({ ...open, opened: [] }, check(open, lines[index - 1]?.cells));
      }),
    );
  }

  /** All suggestions at once, a row's next one as well; can be undone. */
  async function applyAll(): Promise<void> {
    if (!lines || !all) return;
    const check = rowChecker(all.profile, all.key, all.common, getNow());
    const kept = lines.filter(({ check: { fix } }, index) => !repeated.has(index) && !isLeftOut(fix));
    setMending(true);
    let above: Cells | undefined;
    const mended = await inPieces(kept, (line) => {
      let now = line;
      for (let step = 0; step < 8 && now.check.fix && !isLeftOut(now.check.fix); step += 1) {
        const { column, text } = now.check.fix;
        const changed = { ...now, cells: { ...now.cells, [column]: text } };
        now = withCheck(changed, check(changed, above));
      }
      above = now.cells;
      return now;
    }).finally(() => setMending(false));
    // What is done by hand meanwhile is not taken back by it.
    if (mended && latest.current.lines === lines) edit(mended, lines);
  }

  /** What the server refused of what was sent, by `rows.3.expiresIn`. @returns what is of no row, and whether something of the rows is still as it was sent */
  function refuse(fields: FieldErrors): { others: FieldErrors; stands: boolean } {
    if (!all) return { others: fields, stands: false };
    const others: FieldErrors = {};
    const rows: Map<number, Refused> = new Map();
    for (const [name, said] of Object.entries(fields)) {
      const [, index, column = ""] = /^rows\.(\d+)\.(.+)$/.exec(name) ?? [];
      const line = lines?.[Number(index)];
      if (!line) others[name] = said;
      else
        rows.set(line.id, {
          sent: whole(line.cells, all.common),
          fields: { ...rows.get(line.id)?.fields, [column]: said },
        });
    }
    const refusal = { common: all.common, rows };
    // An answer that is about no row takes back nothing that was said of one.
    if (rows.size > 0) setRefused(refusal);
    return { others, stands: anyRefused(latest.current.lines, refusal, latest.current.common) };
  }

  return {
    table: table && shown && { ...table, lines: shown },
    refusal,
    checking,
    /** All suggestions are being used. */
    mending,
    repeated,
    read,
    change,
    apply,
    makeForAnyone,
    applyAll,
    refuse,
    /** Whether something that was refused in a row stands so. */
    stands,
    undo: undo && (() => edit(undo)),
    forget: () => {
      run.current += 1;
      setChecking(false);
      setTable(undefined);
      setRefusal(undefined);
      setRefused(undefined);
      setUndo(undefined);
    },
  };
}
