"use client";
/** One destination of the shell's navigation: knows whether it is the current one, and closes the small screen's menu. */
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { go, isForBrowser, usePending } from "./navigation";

/** What has no place of its own in the navigation. The overview counts the cases, and leads to them; the issue form begins with a template; a batch is rows of the ledger. */
const within: Record<string, string[]> = {
  "/": ["/cases"],
  "/issue": ["/templates"],
  "/audit": ["/batches"],
  "/endpoints": ["/credentials", "/api"],
};

export function NavLink({
  href,
  hint,
  count,
  icon,
  children,
}: {
  href: string;
  hint?: string | undefined;
  count?: { value: number; label: string } | undefined;
  icon: ReactNode;
  children: ReactNode;
}) {
  const pathname = usePathname();
  const pending = usePending();
  const isAt = (at: string) => pathname === at || (at !== "/" && pathname.startsWith(`${at}/`));
  const current = [href, ...(within[href] ?? [])].some(isAt);
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
      <span className="nav-label">{children}</span>
      {count && count.value > 0 ? (
        <span className="nav-count">
          {count.value > 99 ? "99+" : count.value}
          <span className="sr-only"> {count.label}</span>
        </span>
      ) : null}
      {hint ? (
        <span aria-hidden="true" className="nav-hint">
          <kbd>G {hint}</kbd>
        </span>
      ) : null}
    </a>
  );
}
