"use client";
/** One destination of the shell's navigation: knows whether it is the current one, and closes the small screen's menu. */
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

export function NavLink({
  href,
  hint,
  icon,
  children,
}: {
  href: string;
  hint?: string;
  icon: ReactNode;
  children: ReactNode;
}) {
  const pathname = usePathname();
  const current = pathname === href || (href !== "/" && pathname.startsWith(`${href}/`));
  return (
    <Link
      href={href}
      className="nav-link"
      aria-current={current ? "page" : undefined}
      aria-keyshortcuts={hint ? `G ${hint}` : undefined}
      onClick={(event) => {
        const menu = event.currentTarget.closest<HTMLElement>("[popover]");
        if (menu?.matches(":popover-open")) menu.hidePopover();
      }}
    >
      {icon}
      <span>{children}</span>
      {hint ? (
        <span aria-hidden="true" className="nav-hint">
          <kbd>G {hint}</kbd>
        </span>
      ) : null}
    </Link>
  );
}
