"use client";
/** A link away from what only this tab holds: followed once the server can be reached; otherwise it stays, and says why. New tabs stay the browser's. */
import type { MouseEvent, ReactNode } from "react";
import { useOpenPage } from "./use-open-page";

export function CarefulLink({
  href,
  className = "",
  children,
}: {
  href: string;
  className?: string | undefined;
  children: ReactNode;
}) {
  const { open, pending, problem } = useOpenPage();

  function follow(event: MouseEvent) {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(href, () => {});
  }

  return (
    <>
      <a href={href} className={className} aria-busy={pending !== undefined || undefined} onClick={follow}>
        {children}
      </a>
      <span role="status" className="ml-2 text-small text-soft empty:hidden">
        {problem}
      </span>
    </>
  );
}
