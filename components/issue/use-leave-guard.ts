"use client";
/** Asks before something that is shown once is left behind: by a link, by going back, by closing the tab, or by whatever else says that it leaves. */
import { useEffect, useEffectEvent, useRef } from "react";
import { go, linkOf } from "@/components/shell/navigation";
import { entryNow, guardLeaving, holdSteps, isGuarded, leaveBy, onceStill, undoStep } from "@/components/ui/leaving";

const SHOWN = "shownOnce";

/** An address within the desk, and Next's own state: that page can be drawn from it. Behind a link within the page there is none. */
type Page = { address: string; state: object | null };

const pageNow = (): Page => ({ address: window.location.href, state: window.history.state });

const pathOf = ({ address }: Page) => address.split("#", 1)[0];

/** Where the browser does not tell how far one went. Whoever jumped over more than one page finds this one behind where they were going. */
function comeBackTo({ state, address }: Page): void {
  const { scrollX, scrollY } = window;
  // Not Next's own: to what has no state, it adds that of the other page, and draws it.
  History.prototype.pushState.call(window.history, state, "", address);
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
  const page = useRef<Page>(undefined);
  /** Where in the history what is shown stands; undefined where the browser does not tell. */
  const place = useRef<number>(undefined);
  /** One has said so: the next step back is not asked about. */
  const leaving = useRef(false);
  const guarded = ask !== undefined;
  const listens = shown || guarded;
  const askNow = useEffectEvent((leave: () => void) => (ask ? ask(leave) : leave()));
  const isBehind = (state: object | null) =>
    place.current !== undefined
      ? (entryNow()?.index ?? 0) < place.current
      : // A link within the page has no state, and leads back to what is shown.
        state !== null && !(SHOWN in state);
  const wentBack = useEffectEvent(({ state }: PopStateEvent): boolean => {
    const here = page.current;
    const isElsewhere = here !== undefined && pathOf(pageNow()) !== pathOf(here);
    if (!isElsewhere && !(shown && isBehind(state))) return false;
    if (leaving.current) {
      leaving.current = false;
      return false;
    }
    if (!isGuarded()) {
      entered.current = false;
      close();
      return false;
    }
    const leaveBySteps = (go: () => void) =>
      leaveBy(() => {
        close();
        entered.current = false;
        leaving.current = !shown;
        go();
      });
    if (undoStep(leaveBySteps)) return true;
    if (isElsewhere) comeBackTo(here);
    if (shown) enter();
    leaveBySteps(() => window.history.go(isElsewhere && shown ? -2 : -1));
    return true;
  });

  function enter() {
    // Going forward, or a reload, led to the entry of what was shown before: going back to it would pass for a link within the page.
    const { [SHOWN]: before, ...own } = window.history.state ?? {};
    if (before) window.history.replaceState(own, "");
    page.current = pageNow();
    // Next adds its own state to it.
    window.history.pushState({ [SHOWN]: true }, "", window.location.href);
    place.current = entryNow()?.index;
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
    if (!shown) page.current = pageNow();
    else if (!entered.current) enter();
  });
  useEffect(() => {
    if (!listens) return;
    onceStill(() => begin());
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
