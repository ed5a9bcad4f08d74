"use client";
/** Keeps a dialog open while what it asked for is being done: neither Esc nor a phone's way back closes it. */
import type { KeyboardEvent, SyntheticEvent } from "react";

/** @returns what its `<dialog>` listens with */
export function staysOpen(pending: boolean) {
  const prevent = (event: SyntheticEvent) => {
    if (pending) event.preventDefault();
  };
  return {
    onCancel: prevent,
    // Chromium asks once: a second Esc would close it without a `cancel` that can be prevented.
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === "Escape") prevent(event);
    },
  };
}
