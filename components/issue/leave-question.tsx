"use client";
/** The dialog that asks before something that is in this tab only is left: what becomes of it, with the way that loses nothing first in the focus. */
import { type ReactNode, type RefObject, useId, useLayoutEffect, useRef } from "react";
import { Button } from "@/components/ui/button";

export function LeaveQuestion({
  title,
  keep,
  onLeave,
  onStay,
  children,
}: {
  title: string;
  /** The button that takes it along, which holds the ref; absent: nothing can be taken along yet. */
  keep?: (ref: RefObject<HTMLButtonElement | null>) => ReactNode;
  onLeave: () => void;
  onStay: () => void;
  children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const first = useRef<HTMLButtonElement>(null);
  const titleId = useId();
  // Closed while it is still in the page: only then does the browser give the focus back.
  useLayoutEffect(() => {
    const shown = dialog.current;
    // A menu closes under it: what opened that one is what the focus comes back to.
    document.activeElement?.closest<HTMLElement>("[popover]")?.hidePopover();
    shown?.showModal();
    first.current?.focus();
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
        <h2 id={titleId} className="font-semibold text-[1.0625rem] text-ink tracking-tight">
          {title}
        </h2>
        {children}
      </div>
      <div className="flex justify-end gap-2 border-line border-t bg-sunken px-5 py-3 max-sm:flex-col-reverse">
        <Button variant={keep ? "ghost" : "primary"} ref={keep ? undefined : first} onClick={onStay}>
          Stay
        </Button>
        <Button onClick={onLeave}>Leave</Button>
        {keep?.(first)}
      </div>
    </dialog>
  );
}
