"use client";
/** Brings the bar that says when a page's session has ended. Its code comes a few seconds after the page, since none begins without a session; or with another tab's news. */
import { type ComponentProps, type ComponentType, useEffect, useState } from "react";
import { listenToOtherTabs } from "./session-news";

const LATER_MS = 5_000;

type BarProps = ComponentProps<typeof import("./session-bar").default>;

export function SignedOutBar({ memberId }: { memberId: string }) {
  const [bar, setBar] = useState<{ Bar: ComponentType<BarProps> }>();
  const [news, setNews] = useState<BarProps["news"]>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const later = () => {
      timer = setTimeout(load, LATER_MS);
    };
    // The server may be away just then. Without it, it still refuses, and says why.
    const load = () => import("./session-bar").then(({ default: Bar }) => setBar({ Bar }), later);
    later();
    const stop = listenToOtherTabs((told) => {
      setNews({ told });
      void load();
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, []);
  return (
    <div role="status" className="contents">
      {bar ? <bar.Bar memberId={memberId} news={news} /> : null}
    </div>
  );
}
