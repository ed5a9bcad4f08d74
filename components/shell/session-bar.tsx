"use client";
/** Says over a page that its session has ended, wherever that was brought about, or is about to. The page stays with all that it holds, and goes on once the same person is in again; to anybody else it is shown anew. */
import { useRouter } from "next/navigation";
import {
  type ReactNode,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { createPortal } from "react-dom";
import { Icon, type IconName } from "@/components/ui/icon";
import { askSession } from "./ask-session";
import type { SessionNews } from "./session-news";

/** While somebody looks at the page. */
const ASK_EVERY_MS = 8_000;
const WARNED_BEFORE_SECONDS = 180;

/** Pages that stand there again as they did, once one is back: what was typed is kept, or there was nothing to type. Any other page would be lost by leaving it. */
const COMES_BACK = /^\/((issue|audit)(?![^/?])|\?|$)/;

type Said = "ended" | "signed out" | "ends soon" | "ends unless" | undefined;

const isOut = (said: Said) => said === "ended" || said === "signed out";

export default function SessionBar({
  memberId,
  news,
}: {
  memberId: string;
  /** The last that another tab told, a new object each time. */
  news: { told: SessionNews } | undefined;
}) {
  const router = useRouter();
  const [whose] = useState(memberId);
  const [said, setSaid] = useState<Said>();
  const [here, setHere] = useState("/");
  /** Where one was before one pressed what goes then. */
  const before = useRef<EventTarget>(null);

  function goOut(how: "ended" | "signed out") {
    setHere(window.location.pathname + window.location.search);
    // How it was is known best by who told it first.
    setSaid((was) => (isOut(was) ? was : how));
  }
  function comeIn() {
    setSaid(undefined);
    // What is shown may have changed, and so may who is asking: the layout says who that is now.
    router.refresh();
  }
  // An answer from before the last news is none.
  const newsCount = useRef(0);
  const onNews = useEffectEvent((told: SessionNews) => {
    newsCount.current += 1;
    if (told === "signed out") goOut(told);
    else comeIn();
  });
  const ask = useEffectEvent(async () => {
    const count = newsCount.current;
    const state = await askSession();
    if (state === undefined || count !== newsCount.current) return;
    if (state === "ended") goOut("ended");
    else if (isOut(said)) comeIn();
    else if (state.left > WARNED_BEFORE_SECONDS) setSaid(undefined);
    else setSaid(state.goesOn ? "ends unless" : "ends soon");
  });
  const askAgain = useEffectEvent(() => {
    // Who is out is told by the tab in which they sign in.
    if (document.visibilityState === "visible" && !isOut(said)) void ask();
  });

  useEffect(() => {
    if (news) onNews(news.told);
  }, [news]);
  useEffect(() => {
    const onVisible = () => {
      if (document.visibilityState === "visible") void ask();
    };
    askAgain();
    const timer = setInterval(() => askAgain(), ASK_EVERY_MS);
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", onVisible);
    };
  }, []);
  useEffect(() => {
    if (memberId !== whose) window.location.reload();
  }, [memberId, whose]);

  if (said === undefined) return null;
  if (isOut(said))
    return (
      <Bar icon="sign-out">
        <p className="flex-[1_1_20rem]">
          <strong className="font-semibold">
            {said === "ended" ? "Your session has ended." : "You signed out in another tab."}
          </strong>{" "}
          What stands here is kept, but the server answers nothing until you sign in again.
        </p>
        <p className="flex gap-4">
          <a href="/sign-in" target="_blank" rel="noreferrer">
            Sign in in a new tab
          </a>
          {COMES_BACK.test(here) ? <a href={`/sign-in?next=${encodeURIComponent(here)}`}>Sign in here</a> : null}
        </p>
      </Bar>
    );
  return (
    <Bar icon="clock">
      <p className="flex-[1_1_20rem]">
        <strong className="font-semibold">This session ends within 3 minutes</strong>
        {said === "ends unless"
          ? ", since nothing was done in it for long."
          : ", however busy it is. What stands here is kept; then sign in again."}
      </p>
      {said === "ends unless" ? (
        <button
          type="button"
          className="underline"
          onFocus={({ relatedTarget }) => {
            before.current = relatedTarget;
          }}
          onClick={() => {
            comeIn();
            const back = before.current instanceof HTMLElement ? before.current : document.getElementById("main");
            back?.focus({ preventScroll: true });
          }}
        >
          Stay signed in
        </button>
      ) : null}
    </Bar>
  );
}

function Bar({ icon, children }: { icon: IconName; children: ReactNode }) {
  const dialog = useOpenDialog();
  const bar = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (dialog) bar.current?.showPopover();
  }, [dialog]);
  const shown = (
    <div
      ref={bar}
      className="signed-out-bar"
      {...(dialog ? { popover: "manual" as const, role: "alert" } : {})}
      key={dialog ? "over" : "in"}
    >
      <Icon name={icon} className="mt-[3px]" />
      <div className="flex flex-wrap gap-x-4 gap-y-1">{children}</div>
    </div>
  );
  return dialog ? createPortal(shown, dialog) : shown;
}

/** Beside an open modal dialog nothing can be seen or pressed: what must be stands in it. @returns the uppermost, if one is open */
function useOpenDialog(): Element | null {
  return useSyncExternalStore(watchDialogs, uppermostDialog, () => null);
}

function watchDialogs(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.body, { subtree: true, childList: true, attributeFilter: ["open"] });
  return () => observer.disconnect();
}

const uppermostDialog = () => [...document.querySelectorAll("dialog:modal")].at(-1) ?? null;
