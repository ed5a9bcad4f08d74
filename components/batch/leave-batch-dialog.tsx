"use client";
/** Asks what shall become of tokens that are in this tab only and were not saved yet. */
import { useEffect, useId, useRef } from "react";
import { Button } from "@/components/ui/button";
import type { IssuedBatch } from "@/lib/batch/issued";
import { batchName } from "@/lib/text/numbered";
import { saveBatch } from "./save-batch";

export function LeaveBatchDialog({
  batch,
  onSaved,
  onLeave,
  onStay,
}: {
  batch: IssuedBatch;
  onSaved: () => void;
  onLeave: () => void;
  onStay: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const save = useRef<HTMLButtonElement>(null);
  const titleId = useId();
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    save.current?.focus();
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      className="dialog"
      onCancel={(event) => {
        event.preventDefault();
        onStay();
      }}
    >
      <div className="flex flex-col gap-2 px-5 pt-5 pb-4">
        <h2 id={titleId} className="font-semibold text-[1.0625rem] tracking-tight">
          {batchName(batch.batch)} was not saved
        </h2>
        <p className="text-soft">Its tokens are in this tab only. The ledger keeps what they permit, not the tokens.</p>
      </div>
      <div className="flex justify-end gap-2 border-line border-t bg-sunken px-5 py-3 max-sm:flex-col-reverse">
        <Button variant="ghost" onClick={onStay}>
          Stay
        </Button>
        <Button onClick={onLeave}>Leave</Button>
        <Button
          variant="primary"
          icon="download"
          ref={save}
          onClick={() => {
            saveBatch(batch, "csv");
            onSaved();
            onLeave();
          }}
        >
          Save as CSV and leave
        </Button>
      </div>
    </dialog>
  );
}
