"use client";
/** Asks before something is done that is kept with a word on why. What was typed stays until it is done, and what is wrong with it stands beside it. */
import { useId, useRef, useState } from "react";
import type { ActionResult } from "@/lib/action-result";
import { ConfirmDialog, type ConfirmDialogProps } from "./confirm-dialog";
import { Field, Textarea } from "./field";

type NoteField = {
  /** As the server calls it. */
  name: string;
  label: string;
  help: string;
  optional: boolean;
};

const NOTE: NoteField = { name: "note", label: "Note", help: "Why. It goes into the audit log.", optional: true };

export function NoteDialog<Data>({
  field: { name, label, help, optional } = NOTE,
  isAsked = true,
  onConfirm,
  onClose,
  children,
  ...dialog
}: Omit<ConfirmDialogProps<Data>, "onConfirm" | "ownField"> & {
  field?: NoteField;
  /** Whether there is anything to say why of. */
  isAsked?: boolean;
  onConfirm: (note: string) => Promise<ActionResult<Data> | undefined>;
}) {
  const id = useId();
  const control = useRef<HTMLTextAreaElement>(null);
  const [note, setNote] = useState("");
  const [error, setError] = useState<string>();
  return (
    <ConfirmDialog
      {...dialog}
      ownField={name}
      onConfirm={async () => {
        const result = await onConfirm(note);
        if (result?.ok) setNote("");
        const said = result?.ok === false ? result.error.fields?.[name] : undefined;
        setError(said);
        if (said) control.current?.focus();
        return result;
      }}
      onClose={() => {
        setError(undefined);
        onClose?.();
      }}
    >
      {children}
      {isAsked ? (
        <Field id={id} label={label} optional={optional} help={help} error={error} className="mt-1 mb-0!">
          {(props) => (
            <Textarea
              {...props}
              ref={control}
              rows={2}
              maxLength={500}
              value={note}
              onChange={(event) => {
                setNote(event.target.value);
                setError(undefined);
              }}
            />
          )}
        </Field>
      ) : null}
    </ConfirmDialog>
  );
}
