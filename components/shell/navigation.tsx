"use client";
/** Goes to another page of the desk only if the server answers, and otherwise stays and says so: a browser that fails halfway shows its own error page, and what this one held is gone. */
import { usePathname, useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useSyncExternalStore, useTransition } from "react";
import { leaveBy } from "@/components/ui/leaving";
import { Notice } from "@/components/ui/notice";
import { problemWith } from "@/components/ui/use-open-page";

/** Small, and asks neither the database nor who is asking. */
const PROBE = "/icon.svg";

type State = {
  /** Where it is going. */
  pending?: string;
  /** Why it stayed, and on which page. */
  stayed?: { at: string; problem: string };
};

const idle: State = {};
let state = idle;
let push = (href: string) => window.location.assign(href);
const listeners = new Set<() => void>();

function setState(next: State): void {
  state = next;
  for (const listener of listeners) listener();
}

function useNavigation(): State {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
    () => idle,
  );
}

/** Where it is going, until that page is there. */
export const usePending = () => useNavigation().pending;

/** Leaves this page for another one, unless the person stays for what would be lost. */
export const go = (href: string) => leaveBy(() => leaveTo(href));

/** Asks whether the server answers, and then goes there. For who has been asked. */
export async function leaveTo(href: string): Promise<void> {
  const to = { pending: href };
  setState(to);
  const problem = await problemWith(PROBE);
  // Another click has come since.
  if (state !== to) return;
  if (problem) setState({ stayed: { at: window.location.pathname, problem } });
  else push(href);
}

/** A click that the browser should handle itself: a new tab, a new window, a download. */
export const isForBrowser = (event: Pick<MouseEvent, "button" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">) =>
  event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;

/** @returns the link that a click follows to another page of the desk */
export function linkOf(event: MouseEvent): HTMLAnchorElement | undefined {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
  if (!link || isForBrowser(event) || link.target || link.hasAttribute("download")) return undefined;
  if (!link.href.startsWith(`${window.location.origin}/`)) return undefined;
  return link.hash && link.pathname === window.location.pathname ? undefined : link;
}

const forget = () => state.stayed && setState(idle);

/** Says why the page was not left. While the browser says that it is offline, every link of the page asks the server first: it may be on this very machine. */
export function NavigationProblem() {
  const { stayed } = useNavigation();
  const pathname = usePathname();
  const router = useRouter();
  const [moving, move] = useTransition();
  const pushHere = useEffectEvent((href: string) => move(() => router.push(href)));
  useEffect(() => {
    push = (href) => pushHere(href);
  }, []);
  // From the push on; before it, the server is asked.
  useEffect(() => {
    if (!moving) return;
    const went = state;
    return () => {
      if (state === went) setState(idle);
    };
  }, [moving]);
  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      const link = linkOf(event);
      if (!link) return;
      forget();
      if (navigator.onLine) return;
      event.preventDefault();
      event.stopPropagation();
      go(link.href.slice(window.location.origin.length));
    };
    document.addEventListener("click", onClick, { capture: true });
    window.addEventListener("online", forget);
    return () => {
      document.removeEventListener("click", onClick, { capture: true });
      window.removeEventListener("online", forget);
    };
  }, []);
  if (stayed?.at !== pathname) return null;
  return (
    <Notice tone="warn" role="alert" className="sticky top-2 z-20 mb-4">
      {stayed.problem}
    </Notice>
  );
}
