"use client";
/** Asks before something is done that the audit log keeps with a word on why. What was typed stays until it is done. */
import { useId, useState } from "react";
import type { ActionResult } from "@/lib/action-result";
import { ConfirmDialog, type ConfirmDialogProps } from "./confirm-dialog";
import { Field, Textarea } from "./field";

export function NoteDialog({
  onConfirm,
  children,
  ...dialog
}: Omit<ConfirmDialogProps<unknown>, "onConfirm"> & {
  onConfirm: (note: string) => Promise<ActionResult<unknown>>;
}) {
  const id = useId();
  const [note, setNote] = useState("");
  return (
    <ConfirmDialog
      {...dialog}
      onConfirm={async () => {
        const result = await onConfirm(note);
        if (result.ok) setNote("");
        return result;
      }}
    >
      {children}
      <Field id={id} label="Note" optional help="Why. It goes into the audit log." className="mt-1 mb-0!">
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
    </ConfirmDialog>
  );
}
