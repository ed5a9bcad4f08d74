"use client";
/** A native modal dialog that is open as long as it is there: Esc, or a click beside it, closes it unless something is being done in it, and focus goes back to where it was. */
import { type ReactNode, useLayoutEffect, useRef } from "react";
import { staysOpen } from "./stays-open";

export function Modal({
  label,
  className,
  pending = false,
  onClose,
  children,
}: {
  label: string;
  className: string;
  /** Whether what it asked for is being done. */
  pending?: boolean;
  onClose: () => void;
  children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  // Closed while it is still in the page: only then does the browser give the focus back.
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc closes a dialog by itself
    <dialog
      ref={dialog}
      aria-label={label}
      className={className}
      {...staysOpen(pending)}
      onClose={onClose}
      onClick={(event) => {
        // What lies around the card is the dialog itself: its content fills it.
        if (event.target === event.currentTarget && !pending) event.currentTarget.close();
      }}
    >
      {children}
    </dialog>
  );
}
