"use client";
/** Where participants are pasted, dropped or made by a pattern; once they are read it folds to its first two lines. */
import { useEffect, useId, useRef, useState } from "react";
import { FileDrop } from "@/components/decode/file-drop";
import { Button } from "@/components/ui/button";
import { Field, Input, Textarea } from "@/components/ui/field";
import { isTyping } from "@/components/ui/focus";
import { sendsForm } from "@/components/ui/sends-form";
import { useInBrowser } from "@/components/ui/use-in-browser";
import { useTypedEarly } from "@/components/ui/use-typed-early";
import { type FileText, isSpreadsheet, textOfFile } from "@/lib/batch/read-file";
import { countUp } from "@/lib/batch/read-participants";
import type { Refusal } from "./use-batch-rows";

const ID = "participants";

/** Ten thousand rows of two hundred bytes; a field that one types into holds no more at once. */
const MOST_BYTES = 2 * 1024 * 1024;

const remedyFor = (fileName: string) =>
  isSpreadsheet(fileName) ? "Save it as CSV in your spreadsheet, or copy its cells and paste them here." : undefined;

export function ParticipantsField({
  text,
  isGuess,
  folded,
  how,
  refusal,
  columns,
  checking,
  sending,
  onText,
  onCheck,
  onReading,
  onEdit,
}: {
  text: string;
  /** It is a file's, in which nothing said how its letters are written. */
  isGuess: boolean;
  folded: boolean;
  /** "12 rows, read as a table with commas and a header". */
  how: string | undefined;
  refusal: Refusal | undefined;
  /** The headings that are known. */
  columns: readonly string[];
  checking: boolean;
  /** What was read of it is being issued, and is not changed meanwhile: nobody would know which of the two the answer is about. */
  sending: boolean;
  onText: (text: string, isGuess?: boolean) => void;
  onCheck: () => void;
  /** One of those that the refusal names was chosen. */
  onReading: (text: string) => void;
  onEdit: () => void;
}) {
  const [replaced, setReplaced] = useState<{ before: string; wasGuess: boolean; by: string }>();
  const hydrated = useInBrowser(() => true, false);
  const field = useRef<HTMLTextAreaElement>(null);
  useTypedEarly(field, text, onText);
  // What is wrong has the focus, as in every form.
  useEffect(() => {
    if (refusal && !isTyping()) field.current?.focus();
  }, [refusal]);
  /** What was read last, and whether it is what stands here. */
  const lastRead = useRef<FileText>(undefined);
  const readFile = async (file: File): Promise<string> => {
    lastRead.current = textOfFile(new Uint8Array(await file.arrayBuffer()), file.name);
    if (!lastRead.current) throw new Error("It is no text.");
    return lastRead.current.text;
  };
  const type = (typed: string, typedIsGuess = false) => {
    setReplaced(undefined);
    onText(typed, typedIsGuess);
  };
  /** A text as a whole, which the browser's own undo knows nothing of. */
  const replace = (whole: string) => {
    // Lines that were only made here are not what one wants back: what stood before them is.
    const { before, wasGuess } = replaced?.by === text ? replaced : { before: text, wasGuess: isGuess };
    if (before.trim() !== "" && text !== whole) setReplaced({ before, wasGuess, by: whole });
    onText(whole, lastRead.current?.text === whole && lastRead.current.isGuess);
  };
  const refuses = sending ? "The batch was under way, and the file was left. Choose it again." : undefined;
  const file = (
    <FileDrop
      onText={replace}
      read={readFile}
      remedyFor={remedyFor}
      label="File…"
      mostBytes={MOST_BYTES}
      refuses={refuses}
    />
  );
  const guess = (
    <p role="status" className="mt-2 text-small text-soft empty:hidden">
      {isGuess
        ? "The file is not Unicode, and was read as Windows-1252. Where letters are wrong, save it as UTF-8 and choose it again."
        : null}
    </p>
  );
  if (folded) {
    const [first = "", second = ""] = text.trim().split(/\r\n?|\n/, 2);
    return (
      <div className="min-w-0">
        <div className="mb-1.5 flex items-baseline justify-between gap-3">
          <span className="font-medium">Pasted</span>
          <span className="text-caption text-faint">{how}</span>
        </div>
        <div className="batch-pasted">
          <code className="min-w-0 flex-1 overflow-hidden text-ellipsis whitespace-pre text-small text-soft">
            <bdi>{first.slice(0, 200)}</bdi>
            {"\n"}
            <bdi>{second.slice(0, 200)}</bdi>
          </code>
          {/* What is said of a file has a line of its own, below both. */}
          <span className="flex flex-wrap gap-1 sm:contents">
            <Button size="sm" icon="pen" disabled={sending} onClick={onEdit}>
              Edit
            </Button>
            {file}
          </span>
        </div>
        {guess}
      </div>
    );
  }
  return (
    <div className="min-w-0">
      <Field
        id={ID}
        label="Participants"
        error={refusal?.message}
        help={
          // What is asked stands beside its answers.
          refusal?.readings ? undefined : (
            <>
              One a line, or a table with a header: {columns.slice(0, -1).join(", ")} or {columns.at(-1)}. Commas,
              semicolons or tabs.
            </>
          )
        }
        className="mb-2!"
      >
        {(control) => (
          <Textarea
            {...control}
            ref={field}
            mono
            rows={8}
            className="whitespace-pre! break-normal! overflow-x-auto"
            value={text}
            placeholder={`${columns.slice(0, 2).join(",")}\nguest-1,2kyv-gzay-64pg`}
            onChange={(event) => type(event.target.value)}
            onKeyDown={(event) => {
              if (!sendsForm(event)) return;
              event.preventDefault();
              onCheck();
            }}
          />
        )}
      </Field>
      <div className="flex flex-wrap items-center gap-2">
        {/* A press before the page runs would be lost without a word. */}
        <Button variant="primary" shortcut="Ctrl ↵" pending={checking} disabled={!hydrated} onClick={onCheck}>
          Check
        </Button>
        {file}
      </div>
      {guess}
      {/* Not where Check was: the second click of a double click would choose. */}
      {refusal?.readings ? (
        <fieldset className="mt-3 flex flex-wrap gap-2">
          <legend className="mb-1 text-caption text-soft">What is meant</legend>
          {refusal.readings.map((each) => (
            <Button key={each.label} size="sm" onClick={() => onReading(each.text)}>
              {each.label}
            </Button>
          ))}
        </fieldset>
      ) : null}
      <Pattern onText={replace} />
      <p role="status" className="mt-2 text-small text-soft empty:hidden">
        {replaced === undefined ? null : (
          <>
            What stood above before was replaced.{" "}
            <Button
              size="sm"
              onClick={() => {
                type(replaced.before, replaced.wasGuess);
                document.getElementById(ID)?.focus();
              }}
            >
              Put it back
            </Button>
          </>
        )}
      </p>
    </div>
  );
}

/** A count and a pattern, written out as lines: one sees what comes of it. */
function Pattern({ onText }: { onText: (text: string) => void }) {
  const id = useId();
  const [count, setCount] = useState("10");
  const [pattern, setPattern] = useState("guest-{n}");
  const [fault, setFault] = useState<{ wrong: "count" | "pattern"; message: string }>();
  const fields = { count: useRef<HTMLInputElement>(null), pattern: useRef<HTMLInputElement>(null) };
  useTypedEarly(fields.count, count, setCount);
  useTypedEarly(fields.pattern, pattern, setPattern);
  const isWrong = (field: keyof typeof fields) => (fault?.wrong === field ? true : undefined);
  return (
    <form
      className="mt-4 flex flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        const made = countUp(Number(count), pattern.trim());
        setFault(made.ok ? undefined : made);
        if (made.ok) onText(made.lines.join("\n"));
        else fields[made.wrong].current?.focus();
      }}
    >
      <label htmlFor={`${id}count`} className="text-caption text-soft">
        Or how many
        <Input
          id={`${id}count`}
          ref={fields.count}
          inputMode="numeric"
          className="mt-1 w-20!"
          value={count}
          aria-invalid={isWrong("count")}
          aria-describedby={`${id}said`}
          onChange={(event) => setCount(event.target.value)}
        />
      </label>
      <label htmlFor={`${id}pattern`} className="text-caption text-soft">
        called
        <Input
          id={`${id}pattern`}
          ref={fields.pattern}
          mono
          className="mt-1 w-44!"
          value={pattern}
          aria-invalid={isWrong("pattern")}
          aria-describedby={`${id}said`}
          onChange={(event) => setPattern(event.target.value)}
        />
      </label>
      <Button type="submit">Write them</Button>
      <span id={`${id}said`} role="alert" className="basis-full text-bad text-small empty:hidden">
        {fault?.message}
      </span>
    </form>
  );
}
