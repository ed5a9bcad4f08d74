"use client";
/** Asks before something is done that breaks something: says what, keeps the person here when it fails, and can show what came of it. */
import { type ReactNode, useId, useRef, useState } from "react";
import type { ActionResult } from "@/lib/action-result";
import { Button, type ButtonSize, type ButtonVariant } from "./button";
import { DialogCard } from "./dialog-card";
import type { IconName } from "./icon";
import { useDialogAction } from "./use-dialog-action";

export type ConfirmDialogProps<Data> = {
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
  onConfirm: () => Promise<ActionResult<Data> | undefined> | undefined;
  /** What is shown instead of closing it. */
  outcome?: (data: Data) => ReactNode;
  unreachable?: string;
};

export function ConfirmDialog<Data>({
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
  outcome,
  unreachable = "The server could not be reached. Nothing is known to have changed; reload the page to see.",
}: ConfirmDialogProps<Data>) {
  const dialog = useRef<HTMLDialogElement>(null);
  const cancel = useRef<HTMLButtonElement>(null);
  const titleId = useId();
  const { pending, failure, run, forget } = useDialogAction(unreachable);
  const [shown, setShown] = useState<ReactNode>();

  function open() {
    forget();
    setShown(undefined);
    dialog.current?.showModal();
    cancel.current?.focus();
  }

  function confirm() {
    run(onConfirm, (data) => {
      if (outcome && data !== undefined) setShown(outcome(data));
      else dialog.current?.close();
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
        <DialogCard
          titleId={titleId}
          title={title}
          failure={failure}
          buttons={
            <>
              <Button ref={cancel} disabled={pending} onClick={() => dialog.current?.close()}>
                {shown ? "Done" : "Cancel"}
              </Button>
              {shown ? null : (
                <Button variant={tone} pending={pending} onClick={confirm}>
                  {confirmLabel}
                </Button>
              )}
            </>
          }
        >
          {outcome ? <div role="status">{shown}</div> : null}
          {shown ? null : children}
        </DialogCard>
      </dialog>
    </>
  );
}
