"use client";
/** Keeps the focus near by where what has it goes, is hidden or cannot be pressed any more, and nothing else takes it: in its row of a table, or the one that came in its place; at the heading of the part in which it stood; or of the page. A browser would let the keyboard begin anew at the top. */
import { useEffect } from "react";

/** Whoever takes something away may have another place in mind for the focus, and says so by then. */
const OTHERS_FIRST_MS = 100;

const isShown = (element: Element) => element.isConnected && element.checkVisibility();
const isHeld = (element: Element) => isShown(element) && !element.matches(":disabled");

/** @param around what it stood in, from within; some of it may be gone @param rowIndex of its row among those of its table's body */
function nearBy(around: readonly Element[], rowIndex: number | undefined): HTMLElement | null {
  const nearest = around.find(isShown);
  const row = nearest instanceof HTMLTableSectionElement ? nearest.rows[rowIndex ?? 0] : nearest?.closest("tr");
  if (row) return row;
  const part = nearest?.closest("dialog[open], section[aria-labelledby]");
  const heading = document.getElementById(part?.getAttribute("aria-labelledby") ?? "");
  return heading && isShown(heading) ? heading : document.querySelector<HTMLElement>("main h1");
}

export function FocusKeeper() {
  useEffect(() => {
    /** What had the focus last, and what it stood in. */
    let path: Element[] = [];
    let rowIndex: number | undefined;
    let asked: ReturnType<typeof setTimeout> | undefined;
    const remember = (event: FocusEvent) => {
      path = event.composedPath().filter((each) => each instanceof Element);
      rowIndex = path.find((each) => each instanceof HTMLTableRowElement)?.sectionRowIndex;
    };
    const look = () => {
      asked = undefined;
      const [had, ...around] = path;
      const { activeElement, body } = document;
      if (!had || isHeld(had) || (activeElement !== null && activeElement !== body && activeElement !== had)) return;
      // Of the next page it may not be there yet.
      const target = nearBy(around, rowIndex);
      if (!target) return;
      target.tabIndex = -1;
      target.focus({ preventScroll: true });
    };
    const soon = () => {
      asked ??= setTimeout(look, OTHERS_FIRST_MS);
    };
    const changes = new MutationObserver(soon);
    changes.observe(document.body, { subtree: true, childList: true, attributeFilter: ["disabled", "hidden", "open"] });
    document.addEventListener("focusin", remember);
    document.addEventListener("focusout", soon);
    return () => {
      changes.disconnect();
      clearTimeout(asked);
      document.removeEventListener("focusin", remember);
      document.removeEventListener("focusout", soon);
    };
  }, []);
  return null;
}
