"use client";
/** A panel that opens in place, by a button that is gone meanwhile: the focus goes to its first field, and back to the button. */
import { useRef, useState } from "react";
import { flushSync } from "react-dom";

export function usePanel(openAtFirst = false) {
  const [open, setOpen] = useState(openAtFirst);
  const panel = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  /** @param also what changes with it */
  function show(also: () => void = () => {}) {
    // At once: a focus that comes later takes the field away from whoever pastes a secret meanwhile, into the label.
    flushSync(() => {
      setOpen(true);
      also();
    });
    panel.current?.querySelector<HTMLElement>("input, select")?.focus();
  }

  function hide(also: () => void = () => {}) {
    flushSync(() => {
      setOpen(false);
      also();
    });
    button.current?.focus();
  }

  return { open, panel, button, show, hide, setOpen };
}
