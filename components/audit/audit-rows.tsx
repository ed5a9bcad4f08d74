"use client";
/** The box around the rows: a click anywhere on a row opens it, J and K walk, I issues its token again, and whoever comes back is at the row that was left. Text in rows stays selectable. */
import { usePathname, useSearchParams } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { go, isForBrowser } from "@/components/shell/navigation";

/** Whether a letter belongs to what somebody writes, or to another shortcut. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true;
  if (document.documentElement.dataset.shortcuts === "off" || document.querySelector("dialog[open]")) return true;
  const { target } = event;
  return target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null;
}

/** The row that was opened, and on which page: forgotten with the tab. */
const OPENED = "claimcheck-audit-row";

const links = (box: HTMLElement | null) => [...(box?.querySelectorAll<HTMLAnchorElement>("a[data-row-link]") ?? [])];

/** Whether the browser goes back, or forth: then a row was left, and not only seen. */
let traversed = false;
if (typeof window !== "undefined")
  window.addEventListener("popstate", () => {
    traversed = true;
  });

export function AuditRows({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const pathname = usePathname();
  const page = `${pathname}?${useSearchParams()}`;

  useEffect(() => {
    const back =
      traversed ||
      performance.getEntriesByType("navigation").some((entry) => "type" in entry && entry.type === "back_forward");
    traversed = false;
    const [at, href] = (sessionStorage.getItem(OPENED) ?? "").split(" ");
    if (!back || at !== encodeURIComponent(page)) return;
    links(box.current)
      .find((link) => link.getAttribute("href") === href)
      ?.focus();
  }, [page]);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (isTaken(event)) return;
      if (event.key.toLowerCase() === "i") {
        document.activeElement?.closest("tr")?.querySelector<HTMLAnchorElement>("a[data-again]")?.click();
        return;
      }
      const step = { j: 1, k: -1 }[event.key.toLowerCase()];
      if (step === undefined) return;
      const all = links(box.current);
      const { activeElement } = document;
      const at = activeElement instanceof HTMLAnchorElement ? all.indexOf(activeElement) : -1;
      const next = all[at === -1 ? 0 : Math.min(all.length - 1, Math.max(0, at + step))];
      if (!next) return;
      event.preventDefault();
      next.focus({ preventScroll: true });
      next.closest("tr")?.scrollIntoView({ block: "nearest" });
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);

  const remember = (href: string) => sessionStorage.setItem(OPENED, `${encodeURIComponent(page)} ${href}`);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a larger target for the link that each row has
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above: the link takes the keyboard
    <div
      ref={box}
      className="audit-box"
      onClick={(event) => {
        const { target } = event;
        if (!(target instanceof Element)) return;
        const link = target.closest("a");
        const href = target.closest<HTMLElement>("tr[data-href]")?.dataset.href;
        if (!href || isForBrowser(event)) return;
        if (link) {
          if (link.hasAttribute("data-row-link")) remember(href);
          return;
        }
        // Whoever marks text wants it, not the page behind it.
        if (getSelection()?.isCollapsed === false) return;
        remember(href);
        go(href);
      }}
    >
      {children}
    </div>
  );
}
