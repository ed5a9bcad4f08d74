"use client";
/** One destination of the shell's navigation: knows whether it is the current one, and closes the small screen's menu. */
import { usePathname } from "next/navigation";
import type { MouseEvent, ReactNode } from "react";
import { useGoTo } from "./navigation";

/** A click that the browser should handle itself: a new tab, a new window, a download. */
const isForBrowser = (event: MouseEvent) =>
  event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;

export function NavLink({
  href,
  hint,
  icon,
  children,
}: {
  href: string;
  hint?: string | undefined;
  icon: ReactNode;
  children: ReactNode;
}) {
  const pathname = usePathname();
  const { go, pending } = useGoTo();
  const current = pathname === href || (href !== "/" && pathname.startsWith(`${href}/`));
  return (
    // Not next/link: it would fetch every destination ahead on every page, and weighs more than the rest of the shell.
    <a
      href={href}
      className="nav-link"
      aria-busy={pending === href || undefined}
      aria-current={current ? "page" : undefined}
      aria-keyshortcuts={hint ? `G ${hint}` : undefined}
      onClick={(event) => {
        const menu = event.currentTarget.closest<HTMLElement>("[popover]");
        if (menu?.matches(":popover-open")) menu.hidePopover();
        if (isForBrowser(event)) return;
        event.preventDefault();
        go(href);
      }}
    >
      {icon}
      <span>{children}</span>
      {hint ? (
        <span aria-hidden="true" className="nav-hint">
          <kbd>G {hint}</kbd>
        </span>
      ) : null}
    </a>
  );
}
