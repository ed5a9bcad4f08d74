"use client";
/** A header or payload as formatted JSON, one row per claim, with a word on each in a column of its own; what was found at a claim tints its row. */
import { type ReactNode, useMemo, useState } from "react";
import { layOutValue, type Member, membersOf, spansLines } from "@/lib/jwt/members";
import { groupDigits } from "@/lib/text/group-digits";
import { makeVisible } from "@/lib/text/visible";

export type ClaimMark = {
  /** `payload.permissions[1]`: marks the row of its top-level claim; of rows with the same name the last, which counts. */
  path: string;
  /** Marks all of them. */
  everyPlace?: boolean;
  tone: "bad" | "warn" | "note";
};

export function ClaimsJson({
  json,
  root = "payload",
  notes = {},
  marks = [],
  activePath,
  onActive,
  maxRows = 100,
  maxValueChars = 4_000,
}: {
  /** JSON text, whose numbers and duplicate names are shown as written; or an object. Text that is no object is shown as it is. */
  json: string | Record<string, unknown>;
  /** The first part of every row's path. */
  root?: "header" | "payload";
  /** A word on each claim, by its name; of rows with the same name on the last, whose value it tells of. */
  notes?: Readonly<Record<string, ReactNode>>;
  marks?: readonly ClaimMark[];
  /** The row to highlight. */
  activePath?: string | null;
  /** Called with a row's path while the pointer or the focus is on it, then with null. */
  onActive?: ((path: string | null) => void) | undefined;
  /** So many rows at first; a button shows as many more. */
  maxRows?: number;
  /** So many characters of a value at first; a button shows ten times as many. */
  maxValueChars?: number;
}) {
  const [shown, setShown] = useState(maxRows);
  const text = typeof json === "string" ? json : JSON.stringify(json);
  const members = useMemo(() => membersOf(text, root), [text, root]);
  if (members === null) {
    return (
      <pre className="claims claim-json">
        <LongText text={text} max={maxValueChars} asWritten />
      </pre>
    );
  }
  const rows = members.slice(0, shown);
  const counting = new Map(members.map(({ path, start }) => [path, start]));
  const counts = ({ path, start }: Member) => counting.get(path) === start;
  const hidden = members.length - rows.length;
  return (
    <div className="claims" translate="no">
      <div className="px-2 text-faint">{"{"}</div>
      <ul>
        {rows.map((member, index) => (
          <ClaimRow
            key={member.start}
            member={member}
            last={index === members.length - 1}
            note={counts(member) && Object.hasOwn(notes, member.name) ? notes[member.name] : undefined}
            marks={marks.filter(
              ({ path, everyPlace }) => isWithin(path, member.path) && (everyPlace || counts(member)),
            )}
            active={activePath === member.path}
            onActive={onActive}
            maxValueChars={maxValueChars}
          />
        ))}
      </ul>
      {hidden > 0 ? (
        <ShowMore onClick={() => setShown(shown + maxRows)}>
          Show {groupDigits(Math.min(hidden, maxRows))} more of {groupDigits(hidden)} claims
        </ShowMore>
      ) : null}
      <div className="px-2 text-faint">{"}"}</div>
    </div>
  );
}

function isWithin(path: string, row: string) {
  return path.startsWith(row) && (path.length === row.length || path[row.length] === "." || path[row.length] === "[");
}

const toneWords = { bad: "Error", warn: "Warning" } as const;

function ClaimRow({
  member,
  last,
  note,
  marks,
  active,
  onActive,
  maxValueChars,
}: {
  member: Member;
  last: boolean;
  note: ReactNode;
  marks: readonly ClaimMark[];
  active: boolean;
  onActive?: ((path: string | null) => void) | undefined;
  maxValueChars: number;
}) {
  const tone = (["bad", "warn"] as const).find((name) => marks.some((mark) => mark.tone === name));
  const enter = onActive && (() => onActive(member.path));
  const leave = onActive && (() => onActive(null));
  return (
    <li
      className="claim"
      data-path={member.path}
      data-tone={tone}
      data-active={active || undefined}
      onPointerEnter={enter}
      onPointerLeave={leave}
    >
      <div className="claim-json claim-indent" data-lines={spansLines(member.rawValue) || undefined}>
        {onActive ? (
          <button type="button" className="rounded-sm text-seg-p" onFocus={enter} onBlur={leave} onClick={enter}>
            <bdi>{makeVisible(member.rawName)}</bdi>
          </button>
        ) : (
          <bdi className="text-seg-p">{makeVisible(member.rawName)}</bdi>
        )}
        <span className="text-faint">: </span>
        <bdi>
          <LongText text={member.rawValue} max={maxValueChars} />
        </bdi>
        {last ? null : <span className="text-faint">,</span>}
      </div>
      {note ? <div className="claim-note">{note}</div> : null}
      {tone ? <span className="sr-only">{toneWords[tone]}, told under Why.</span> : null}
    </li>
  );
}

function LongText({ text, max, asWritten = false }: { text: string; max: number; asWritten?: boolean }) {
  const [shown, setShown] = useState(max);
  const show = (raw: string) => makeVisible(asWritten ? raw : layOutValue(raw));
  const hidden = text.length - shown;
  if (hidden <= 0) return show(text);
  const more = Math.min(hidden, 9 * shown);
  return (
    <>
      {show(text.slice(0, shown))}…{" "}
      <ShowMore onClick={() => setShown(shown + more)}>
        Show {more === hidden ? "all" : `${groupDigits(more)} more of`}{" "}
        {groupDigits(more === hidden ? text.length : hidden)} characters
      </ShowMore>
    </>
  );
}

function ShowMore({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="mx-2 my-1 min-h-6 select-none rounded-md border border-edge bg-surface px-2 font-sans text-ink text-small hover:bg-mute-bg"
    >
      {children}
    </button>
  );
}
