"use client";
/** Goes to another page of the desk only if the server answers, and otherwise stays and says so: a browser that fails halfway shows its own error page, and what this one held is gone. */
import { usePathname, useRouter } from "next/navigation";
import { useEffect, useSyncExternalStore } from "react";
import { Notice } from "@/components/ui/notice";
import { problemWith, UNREACHABLE } from "@/components/ui/use-open-page";

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

/** @returns `go`, and where it is going until the server has answered */
export function useGoTo(): { go: (href: string) => Promise<void>; pending: string | undefined } {
  const router = useRouter();
  const { pending } = useNavigation();
  async function go(href: string) {
    const to = { pending: href };
    setState(to);
    const problem = await problemWith(PROBE);
    // Another click has come since.
    if (state !== to) return;
    setState(problem ? { stayed: { at: window.location.pathname, problem } } : idle);
    if (!problem) router.push(href);
  }
  return { go, pending };
}

/** Says why the page was not left; holds back every link of the page while the browser knows that it is offline. */
export function NavigationProblem() {
  const { stayed } = useNavigation();
  const pathname = usePathname();
  useEffect(() => {
    const holdBack = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
      if (navigator.onLine || !link || link.origin !== window.location.origin) return;
      if (link.hash && link.pathname === window.location.pathname) return;
      event.preventDefault();
      event.stopPropagation();
      setState({ stayed: { at: window.location.pathname, problem: UNREACHABLE } });
    };
    document.addEventListener("click", holdBack, { capture: true });
    return () => document.removeEventListener("click", holdBack, { capture: true });
  }, []);
  if (stayed?.at !== pathname) return null;
  return (
    <Notice tone="warn" role="alert" className="sticky top-2 z-20 mb-4">
      {stayed.problem}
    </Notice>
  );
}
