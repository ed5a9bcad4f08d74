"use client";
/** Says over a page that its session has ended in another tab. The page stays with all that it holds, and goes on once the same person is in again; to anybody else it is shown anew. */
import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useState } from "react";
import { Icon } from "@/components/ui/icon";
import { listenToOtherTabs } from "./session-news";

export function SignedOutBar({ memberId }: { memberId: string }) {
  const router = useRouter();
  const [whose] = useState(memberId);
  const [out, setOut] = useState(false);
  const [here, setHere] = useState("/");
  const onNews = useEffectEvent((news: string) => {
    setHere(window.location.pathname + window.location.search);
    setOut(news === "signed out");
    // What is shown may have changed, and so may who is asking: the layout says who that is now.
    if (news === "signed in") router.refresh();
  });
  useEffect(() => listenToOtherTabs((news) => onNews(news)), []);
  useEffect(() => {
    if (memberId !== whose) window.location.reload();
  }, [memberId, whose]);
  const signIn = `/sign-in?next=${encodeURIComponent(here)}`;
  return (
    <div role="status" className="contents">
      {out ? (
        <div className="signed-out-bar">
          <Icon name="sign-out" className="mt-[3px]" />
          <p>
            <strong className="font-semibold">You signed out in another tab.</strong> What stands here is kept, but the
            server answers nothing until you sign in again.
          </p>
          <p className="flex gap-4">
            <a href="/sign-in" target="_blank" rel="noreferrer">
              Sign in in a new tab
            </a>
            <a href={signIn}>Sign in here</a>
          </p>
        </div>
      ) : null}
    </div>
  );
}
