"use client";
/** Asks before something is done that breaks something: says what, and keeps the person here when it fails. */
import { type ReactNode, useId, useRef, useState, useTransition } from "react";
import type { ActionResult } from "@/lib/action-result";
import { refusalIn } from "@/lib/refusal";
import { Button, type ButtonSize, type ButtonVariant } from "./button";
import type { IconName } from "./icon";
import { Notice } from "./notice";

export function ConfirmDialog({
  trigger,
  triggerVariant = "secondary",
  triggerSize = "md",
  triggerIcon,
  triggerDisabled,
  title,
  children,
  confirmLabel,
  tone = "danger",
  onConfirm,
}: {
  trigger: ReactNode;
  triggerVariant?: ButtonVariant;
  triggerSize?: ButtonSize;
  triggerIcon?: IconName;
  triggerDisabled?: boolean;
  title: string;
  /** What it will break. */
  children: ReactNode;
  confirmLabel: string;
  tone?: "danger" | "primary";
  /** A server action or an event handler: a refusal keeps the dialog open with its message, anything else closes it. */
  onConfirm: () => Promise<ActionResult<unknown> | undefined> | undefined;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const cancel = useRef<HTMLButtonElement>(null);
  const titleId = useId();
  const [pending, startTransition] = useTransition();
  const [failure, setFailure] = useState<string>();

  function open() {
    setFailure(undefined);
    dialog.current?.showModal();
    cancel.current?.focus();
  }

  function confirm() {
    startTransition(async () => {
      try {
        const result = await onConfirm();
        if (result?.ok === false) setFailure(result.error.message);
        else dialog.current?.close();
      } catch (error) {
        setFailure(
          refusalIn(error) ??
            "The server could not be reached. Nothing is known to have changed; reload the page to see.",
        );
      }
    });
  }

  return (
    <>
      <Button variant={triggerVariant} size={triggerSize} icon={triggerIcon} disabled={triggerDisabled} onClick={open}>
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
          <h2 id={titleId} className="font-semibold text-[1.0625rem] tracking-tight">
            {title}
          </h2>
          <div className="flex flex-col gap-2 text-soft">{children}</div>
          {failure ? (
            <Notice tone="bad" role="alert">
              {failure}
            </Notice>
          ) : null}
        </div>
        <div className="flex justify-end gap-2 border-line border-t bg-sunken px-5 py-3">
          <Button ref={cancel} disabled={pending} onClick={() => dialog.current?.close()}>
            Cancel
          </Button>
          <Button variant={tone} pending={pending} onClick={confirm}>
            {confirmLabel}
          </Button>
        </div>
      </dialog>
    </>
  );
}
