"use client";
/** Leads over the navigation to the content. An address with `#main` would be an entry of the history that Next draws nothing for: whoever went back to it from another page would see that page still. */
import type { MouseEvent } from "react";

function goToContent(event: MouseEvent) {
  const main = document.getElementById("main");
  if (!main) return;
  event.preventDefault();
  main.focus();
  main.scrollIntoView();
}

/** The first stop of the Tab key on every page; shown only then. */
export function SkipLink() {
  return (
    // biome-ignore lint/a11y/useValidAnchor: it leads to a place of the page, and does so by its address until this runs
    <a
      href="#main"
      onClick={goToContent}
      className="-translate-y-24 fixed top-2 left-2 z-30 rounded-lg bg-ink px-3.5 py-2 font-medium text-paper focus:translate-y-0"
    >
      Skip to content
    </a>
  );
}
