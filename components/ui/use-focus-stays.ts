"use client";
/** Keeps the focus near by when what was acted on goes, and with it the button that did it: at the heading of the part in which it stood, or of the page. */
import { type RefObject, useLayoutEffect, useRef } from "react";

/** @param within what holds the focus until it goes @returns to be called before it is acted on */
export function useFocusStays(within: RefObject<HTMLElement | null>): () => void {
  const acted = useRef(false);
  useLayoutEffect(() => {
    const here = within.current;
    return () => {
      const { activeElement, body } = document;
      if (!acted.current || !here || !(activeElement === body || here.contains(activeElement))) return;
      const part = here.closest("section[aria-labelledby]")?.getAttribute("aria-labelledby");
      const near = part ? document.getElementById(part) : null;
      // Not before it is gone, and perhaps the part with it.
      queueMicrotask(() => {
        const heading = near?.isConnected ? near : document.querySelector<HTMLElement>("main h1");
        if (!heading) return;
        heading.tabIndex = -1;
        heading.focus();
      });
    };
  }, [within]);
  return () => {
    acted.current = true;
  };
}
