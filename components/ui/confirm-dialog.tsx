"use client";
/** Asks before something is done that breaks something: says what, keeps the person here when it fails, and can show what came of it. */
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { ActionResult } from "@/lib/action-result";
import { announce } from "./announcer";
import { Button, type ButtonSize, type ButtonVariant } from "./button";
import { DialogCard } from "./dialog-card";
import { isTyping } from "./focus";
import type { IconName } from "./icon";
import { sendsForm } from "./sends-form";
import { staysOpen } from "./stays-open";
import { useDialogAction } from "./use-dialog-action";

export type ConfirmDialogProps<Data> = {
  trigger: ReactNode;
  triggerVariant?: ButtonVariant;
  triggerSize?: ButtonSize;
  triggerIcon?: IconName;
  /** Why it cannot be pressed. */
  triggerDisabled?: string | undefined;
  title: string;
  /** What it will break. */
  children: ReactNode;
  /** Absent: there is nothing to do, as it says. */
  confirmLabel: string | undefined;
  /** Whether all that it says has been read from the server. */
  isReady?: boolean;
  tone?: "danger" | "primary";
  /** A server action or an event handler: a refusal keeps the dialog open with its message, anything else closes it. */
  onConfirm: () => Promise<ActionResult<Data> | undefined> | undefined;
  /** What is said, once it is closed, to who cannot see that it was done. */
  done?: string | ((data: Data | undefined) => string);
  /** What is shown instead of closing it, and under which title. */
  outcome?: (data: Data, close: () => void) => ReactNode;
  outcomeTitle?: string;
  /** Puts away what is shown, by `close`: at once, or when the person wants to. */
  onPutAway?: () => void;
  unreachable?: string;
  /** The name of the field that it has, where what is refused of it stands. */
  ownField?: string;
  /** It was put away, done or not. */
  onClose?: () => void;
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
  isReady = true,
  tone = "danger",
  onConfirm,
  done,
  outcome,
  outcomeTitle,
  onPutAway,
  unreachable = "The server could not be reached. Nothing is known to have changed; reload the page to see.",
  ownField,
  onClose,
}: ConfirmDialogProps<Data>) {
  const dialog = useRef<HTMLDialogElement>(null);
  const cancel = useRef<HTMLButtonElement>(null);
  const go = useRef<HTMLButtonElement>(null);
  const titleId = useId();
  const { pending, failure, run, forget } = useDialogAction(unreachable, ownField);
  const [isOpen, setIsOpen] = useState(false);
  const [shown, setShown] = useState<ReactNode>();
  const reasonId = useId();
  const told = useRef<HTMLDivElement>(null);
  // The button that was pressed is gone: the keyboard goes on with what is shown, if nothing in it has taken the focus.
  useEffect(() => {
    if (shown && !told.current?.contains(document.activeElement)) told.current?.focus();
  }, [shown]);

  function open() {
    forget();
    flushSync(() => setIsOpen(true));
    dialog.current?.showModal();
    // What it says is read from its beginning.
    cancel.current?.focus({ preventScroll: true });
  }

  const close = () => dialog.current?.close();
  const putAway = shown ? onPutAway : undefined;
  const stays = staysOpen(pending || putAway !== undefined, putAway);

  function confirm() {
    run(onConfirm, (data) => {
      if (outcome && data !== undefined) return setShown(outcome(data, close));
      close();
      if (done) announce(typeof done === "string" ? done : done(data));
    });
  }

  return (
    <span
      className={
        triggerDisabled
          ? "inline-flex flex-wrap items-center gap-x-2 rail:flex-row-reverse rail:flex-nowrap"
          : "contents"
      }
    >
      <Button
        variant={triggerVariant}
        size={triggerSize}
        icon={triggerIcon}
        disabled={triggerDisabled !== undefined}
        aria-describedby={triggerDisabled ? reasonId : undefined}
        onClick={open}
      >
        {trigger}
      </Button>
      {triggerDisabled ? (
        <span id={reasonId} className="whitespace-nowrap text-caption text-faint">
          {triggerDisabled}
        </span>
      ) : null}
      <dialog
        ref={dialog}
        aria-labelledby={titleId}
        className="dialog"
        {...stays}
        onKeyDown={(event) => {
          stays.onKeyDown(event);
          // From its field it is sent like any form; from elsewhere nothing is done that one has not looked at.
          if (!sendsForm(event) || !isTyping()) return;
          event.preventDefault();
          go.current?.click();
        }}
        // What is shown once does not stay in the page; and what a whole list asks is not in it beforehand.
        onClose={() => {
          setShown(undefined);
          setIsOpen(false);
          onClose?.();
        }}
      >
        {isOpen ? (
          <DialogCard
            titleId={titleId}
            title={shown && outcomeTitle ? outcomeTitle : title}
            failure={failure}
            buttons={
              <>
                <Button ref={cancel} disabled={pending} onClick={putAway ?? close}>
                  {shown ? "Done" : confirmLabel ? "Cancel" : "Close"}
                </Button>
                {shown || !confirmLabel ? null : (
                  <Button ref={go} variant={tone} pending={pending} disabled={!isReady} onClick={confirm}>
                    {confirmLabel}
                  </Button>
                )}
              </>
            }
          >
            {outcome ? (
              <div ref={told} role="status" tabIndex={-1} className="outline-none">
                {shown}
              </div>
            ) : null}
            {shown ? null : children}
          </DialogCard>
        ) : null}
      </dialog>
    </span>
  );
}
