"use client";
/** Keeps the focus near by where what has it goes, is hidden or cannot be pressed any more, and nothing else takes it: at the heading of the part in which it stood, or of the page. A browser would let the keyboard begin anew at the top. */
import { useEffect } from "react";

const isShown = (element: Element) => element.isConnected && element.checkVisibility();
const isHeld = (element: Element) => isShown(element) && !element.matches(":disabled");

/** @param around what it stood in, from within; some of it may be gone */
function nearestHeading(around: readonly Element[]): HTMLElement | null {
  const part = around.find(isShown)?.closest("dialog[open], section[aria-labelledby]");
  const heading = document.getElementById(part?.getAttribute("aria-labelledby") ?? "");
  return heading && isShown(heading) ? heading : document.querySelector<HTMLElement>("main h1");
}

export function FocusKeeper() {
  useEffect(() => {
    /** What had the focus last, and what it stood in. */
    let path: Element[] = [];
    let asked = 0;
    const remember = (event: FocusEvent) => {
      path = event.composedPath().filter((each) => each instanceof Element);
    };
    const look = () => {
      asked = 0;
      const [had, ...around] = path;
      const { activeElement, body } = document;
      if (!had || isHeld(had) || (activeElement !== null && activeElement !== body && activeElement !== had)) return;
      // Of the next page it may not be there yet.
      const heading = nearestHeading(around);
      if (!heading) return;
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    };
    // Whoever goes may have somebody else in mind, and says so before the next frame.
    const soon = () => {
      asked ||= requestAnimationFrame(look);
    };
    const changes = new MutationObserver(soon);
    changes.observe(document.body, { subtree: true, childList: true, attributeFilter: ["disabled", "hidden", "open"] });
    document.addEventListener("focusin", remember);
    document.addEventListener("focusout", soon);
    return () => {
      changes.disconnect();
      cancelAnimationFrame(asked);
      document.removeEventListener("focusin", remember);
      document.removeEventListener("focusout", soon);
    };
  }, []);
  return null;
}
