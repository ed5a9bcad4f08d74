"use client";
/** Asks before something that is shown once is left behind: by a link, by going back, by closing the tab, or by whatever else says that it leaves. */
import { useEffect, useEffectEvent, useRef } from "react";
import { go, linkOf } from "@/components/shell/navigation";
import { guardLeaving, holdSteps, isGuarded, leaveBy } from "@/components/ui/leaving";

const SHOWN = "shownOnce";

/** An entry of the history, with Next's own state: that page can be drawn from it. */
type Entry = { address: string; state: object };

const pathNow = () => window.location.pathname + window.location.search;

/** @returns undefined behind a link within the page, whose entry has no state */
const entryNow = (): Entry | undefined => window.history.state && { address: pathNow(), state: window.history.state };

/** Whoever jumped over more than one page finds this one behind where they were going. */
function comeBackTo({ state, address }: Entry): void {
  const { scrollX, scrollY } = window;
  window.history.pushState(state, "", address);
  // The browser scrolls to where the other page was left.
  requestAnimationFrame(() => window.scrollTo(scrollX, scrollY));
}

/**
 * What is shown gets an entry of the history of its own, so that going back leads from it to where it came from.
 * @param shown whether there is something; what is under way alone is guarded without
 * @param ask undefined: nothing would be lost
 * @param close takes away what is shown, when one went back
 * @returns goes back as the browser's button would
 */
export function useLeaveGuard(shown: boolean, ask: ((leave: () => void) => void) | undefined, close: () => void) {
  const entered = useRef(false);
  /** What one would come back to: the page, without what is shown on it. */
  const page = useRef<Entry>(undefined);
  /** One has said so: the next step back is not asked about. */
  const leaving = useRef(false);
  const guarded = ask !== undefined;
  const listens = shown || guarded;
  const askNow = useEffectEvent((leave: () => void) => (ask ? ask(leave) : leave()));
  const wentBack = useEffectEvent(({ state }: PopStateEvent): boolean => {
    const here = page.current;
    const isElsewhere = here !== undefined && pathNow() !== here.address;
    // A link within the page has no state, and leads back to what is shown.
    if (!state || !(isElsewhere || (shown && !(SHOWN in state)))) return false;
    if (leaving.current) {
      leaving.current = false;
      return false;
    }
    if (!isGuarded()) {
      entered.current = false;
      close();
      return false;
    }
    if (isElsewhere) comeBackTo(here);
    if (shown) enter();
    leaveBy(() => {
      close();
      entered.current = false;
      leaving.current = !shown;
      window.history.go(isElsewhere && shown ? -2 : -1);
    });
    return true;
  });

  function enter() {
    // Going forward, or a reload, led to the entry of what was shown before: going back to it would pass for a link within the page.
    const { [SHOWN]: before, ...own } = window.history.state ?? {};
    if (before) window.history.replaceState(own, "");
    page.current = entryNow();
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
    leaving.current = false;
    if (!shown) page.current = entryNow();
    else if (!entered.current) enter();
  });
  useEffect(() => {
    if (!listens) return;
    begin();
    return holdSteps((event) => wentBack(event));
  }, [listens]);

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
