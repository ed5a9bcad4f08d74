"use client";
/** Keeps the focus near by where what has it goes, is hidden or cannot be pressed any more, and nothing else takes it: in its row of a table, or the one that came in its place, or the last one; at its group of a form; at the heading of the part in which it stood; or of the page. A browser would let the keyboard begin anew at the top. */
import { useEffect } from "react";
import { OTHERS_FIRST_MS, STAND_IN } from "./focus";

/** What is not in the page any more is not, either. */
const isShown = (element: Element) => element.checkVisibility();

/** @param around what it stood in, from within; some of it may be gone @param rowIndex of its row among those of its table's body */
function nearBy(around: readonly Element[], rowIndex: number): HTMLElement | null {
  const nearest = around.find(isShown);
  const group =
    nearest instanceof HTMLTableSectionElement
      ? (nearest.rows[rowIndex] ?? [...nearest.rows].at(-1))
      : nearest?.closest<HTMLElement>("tr, fieldset, [role=group]");
  if (group) return group;
  const part = nearest?.closest("dialog, section[aria-labelledby]");
  const heading = document.getElementById(part?.getAttribute("aria-labelledby") ?? "");
  return heading && isShown(heading) ? heading : document.querySelector<HTMLElement>("main h1");
}

function keepFocus(): void {
  /** What had the focus last, and what it stood in. */
  let path: Element[] = [];
  let rowIndex = 0;
  function look() {
    const [had, ...around] = path;
    const { activeElement, body } = document;
    if (!had || (activeElement !== body && activeElement !== had) || (isShown(had) && !had.matches(":disabled")))
      return;
    // Of the next page it may not be there yet.
    const target = nearBy(around, rowIndex);
    if (!target) return;
    target.tabIndex = -1;
    target.setAttribute(STAND_IN, "");
    target.focus({ preventScroll: true });
  }
  document.addEventListener("focusin", (event) => {
    if (path[0] !== event.target) path[0]?.removeAttribute(STAND_IN);
    path = event.composedPath().filter((each) => each instanceof Element);
    rowIndex = path[0]?.closest("tr")?.sectionRowIndex ?? 0;
  });
  new MutationObserver(() => setTimeout(look, OTHERS_FIRST_MS)).observe(document.body, {
    subtree: true,
    childList: true,
    attributeFilter: ["disabled", "hidden", "open"],
  });
}

/** Of the root layout: it begins once, and ends with the document. */
export function FocusKeeper() {
  useEffect(keepFocus, []);
  return null;
}
