"use client";
/** Keeps a dialog open while what it asked for is being done, or would be lost: neither Esc nor a phone's way back closes it. */
import type { KeyboardEvent, SyntheticEvent } from "react";

/** @param instead what is done instead, such as asking @returns what its `<dialog>` listens with */
export function staysOpen(stays: boolean, instead?: () => void) {
  const prevent = (event: SyntheticEvent) => {
    const { target, currentTarget } = event;
    // What closes a dialog over it, such as one that asks, comes by here as well.
    if (!stays || !(target instanceof Element) || target.closest("dialog") !== currentTarget) return;
    event.preventDefault();
    instead?.();
  };
  return {
    onCancel: prevent,
    // Chromium asks once: a second Esc would close it without a `cancel` that can be prevented.
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === "Escape") prevent(event);
    },
  };
}
