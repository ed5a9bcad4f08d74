"use client";
/** Asks before something that is shown once is left behind: by a link, by going back, by closing the tab, or by whatever else says that it leaves. */
import { useEffect, useEffectEvent, useRef } from "react";
import { go, linkOf } from "@/components/shell/navigation";
import { guardLeaving } from "@/components/ui/leaving";

const SHOWN = "shownOnce";

/**
 * What is shown gets an entry of the history of its own, so that going back leads from it to where it came from.
 * @param shown whether there is something
 * @param ask undefined: nothing would be lost
 * @param close takes away what is shown, when one went back
 * @returns goes back as the browser's button would
 */
export function useLeaveGuard(shown: boolean, ask: ((leave: () => void) => void) | undefined, close: () => void) {
  const entered = useRef(false);
  const guarded = ask !== undefined;
  const askNow = useEffectEvent((leave: () => void) => (ask ? ask(leave) : leave()));
  const wentBack = useEffectEvent(() => {
    entered.current = false;
    if (!ask) return close();
    enter();
    ask(goBack);
  });

  function enter() {
    // Going forward, or a reload, led to the entry of what was shown before: going back to it would pass for a link within the page.
    const { [SHOWN]: before, ...own } = window.history.state ?? {};
    if (before) window.history.replaceState(own, "");
    // Next adds its own state to it.
    window.history.pushState({ [SHOWN]: true }, "", window.location.href);
    entered.current = true;
  }

  function goBack() {
    close();
    if (!entered.current) return;
    entered.current = false;
    window.history.back();
  }

  const begin = useEffectEvent(() => {
    if (!entered.current) enter();
  });
  useEffect(() => {
    if (!shown) return;
    begin();
    // A link within the page has no state, and leads back to what is shown.
    const onPopState = ({ state }: PopStateEvent) => {
      if (state && !(SHOWN in state)) wentBack();
    };
    window.addEventListener("popstate", onPopState);
    return () => window.removeEventListener("popstate", onPopState);
  }, [shown]);

  useEffect(() => {
    if (!guarded) return;
    const onBeforeUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const onClick = (event: MouseEvent) => {
      const link = event.defaultPrevented ? undefined : linkOf(event);
      if (!link) return;
      event.preventDefault();
      event.stopPropagation();
      // The first guard hears of it, and the last one asks.
      go(link.href.slice(window.location.origin.length));
    };
    window.addEventListener("beforeunload", onBeforeUnload);
    document.addEventListener("click", onClick, { capture: true });
    const open = guardLeaving((leave) => askNow(leave));
    return () => {
      window.removeEventListener("beforeunload", onBeforeUnload);
      document.removeEventListener("click", onClick, { capture: true });
      open();
    };
  }, [guarded]);

  return goBack;
}
