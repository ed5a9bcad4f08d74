"use client";
/** Asks before a new link is made, and then shows it, once. */
import { type ReactNode, useId, useRef, useState, useTransition } from "react";
import { Button, type ButtonSize } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { ActionResult } from "@/lib/action-result";
import type { Link } from "@/lib/links";
import { refusalIn } from "@/lib/refusal";
import { ShownLink } from "./shown-link";

type Made = Link & { expiresAt: number };

export function LinkDialog({
  trigger,
  triggerSize = "sm",
  title,
  children,
  confirmLabel,
  testId,
  action,
}: {
  trigger: ReactNode;
  triggerSize?: ButtonSize;
  title: string;
  /** What it does, and what ends with it. */
  children: ReactNode;
  confirmLabel: string;
  testId: string;
  action: () => Promise<ActionResult<Made>>;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const [pending, startTransition] = useTransition();
  const [failure, setFailure] = useState<string>();
  const [made, setMade] = useState<Made>();

  function make() {
    setFailure(undefined);
    startTransition(async () => {
      try {
        const result = await action();
        if (result.ok) setMade(result.data);
        else setFailure(Object.values(result.error.fields ?? {})[0] ?? result.error.message);
      } catch (error) {
        setFailure(
          refusalIn(error) ??
            "The server could not be reached. Whether a link was made is not known: make another one.",
        );
      }
    });
  }

  return (
    <>
      <Button
        size={triggerSize}
        onClick={() => {
          setFailure(undefined);
          setMade(undefined);
          dialog.current?.showModal();
        }}
      >
        {trigger}
      </Button>
      <dialog
        ref={dialog}
        aria-labelledby={titleId}
        className="dialog"
        onCancel={(event) => {
          if (pending) event.preventDefault();
        }}
      >
        <div className="flex flex-col gap-3 px-5 pt-5 pb-4">
          <h2 id={titleId} className="font-semibold text-[1.0625rem] tracking-tight [overflow-wrap:anywhere]">
            {title}
          </h2>
          <div role="status" className="flex flex-col gap-2 text-soft">
            {made ? <ShownLink link={made} testId={testId} /> : children}
          </div>
          {failure ? (
            <Notice tone="bad" role="alert">
              {failure}
            </Notice>
          ) : null}
        </div>
        <div className="flex justify-end gap-2 border-line border-t bg-sunken px-5 py-3">
          <Button disabled={pending} onClick={() => dialog.current?.close()}>
            {made ? "Done" : "Cancel"}
          </Button>
          {made ? null : (
            <Button variant="primary" pending={pending} onClick={make}>
              {confirmLabel}
            </Button>
          )}
        </div>
      </dialog>
    </>
  );
}
