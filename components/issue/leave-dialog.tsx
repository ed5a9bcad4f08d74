"use client";
/** Asks what shall become of a token that is shown once and was not copied yet. */
import { useEffect, useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { copyText } from "@/components/ui/copy-text";
import { Notice } from "@/components/ui/notice";
import { tokenName } from "@/lib/text/numbered";

export function LeaveDialog({
  number,
  token,
  onCopied,
  onLeave,
  onStay,
}: {
  /** The ledger's running number. */
  number: number;
  token: string;
  onCopied: () => void;
  onLeave: () => void;
  onStay: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const copy = useRef<HTMLButtonElement>(null);
  const titleId = useId();
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    copy.current?.focus();
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
          Token {tokenName(number)} was not copied
        </h2>
        <p className="text-soft">It is shown once. The ledger keeps what it permits, not the token.</p>
        {failed ? (
          <Notice tone="bad" role="alert">
            The browser did not let it be copied. Stay, and copy it by hand.
          </Notice>
        ) : null}
      </div>
      <div className="flex justify-end gap-2 border-line border-t bg-sunken px-5 py-3 max-sm:flex-col-reverse">
        <Button variant="ghost" onClick={onStay}>
          Stay
        </Button>
        <Button onClick={onLeave}>Leave</Button>
        <Button
          variant="primary"
          icon="copy"
          ref={copy}
          onClick={async ({ currentTarget }) => {
            if (!(await copyText(token, currentTarget))) return setFailed(true);
            onCopied();
            onLeave();
          }}
        >
          Copy and leave
        </Button>
      </div>
    </dialog>
  );
}
