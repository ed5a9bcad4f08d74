"use client";
/** A link that lets somebody in, shown once: to be copied and sent, with how long it opens. Goes as soon as it opens no more: asked for whenever something was done to a link in this browser, or somebody comes back to the page. */
import { type ReactNode, useEffect, useEffectEvent, useId, useRef, useState } from "react";
import { Time } from "@/components/time/time";
import { CopyButton } from "@/components/ui/copy-button";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import { ShownText } from "@/components/ui/shown-text";
import type { ActionResult } from "@/lib/action-result";
import type { Link } from "@/lib/links";
import type { LinkState } from "@/lib/team/link-state";
import type { LinkStateInput } from "@/lib/team/schema";
import { listenToLinkNews } from "./link-news";

/** `id`: of what it opens; `expiresAt`: seconds since 1970. */
export type MadeLink = Link & { id: string; expiresAt: number };
export type ReadLinkState = (input: LinkStateInput) => Promise<ActionResult<LinkState>>;

export function ShownLink({
  link: { id, url, onlyHere, expiresAt },
  kind,
  readState,
  children,
}: {
  link: MadeLink;
  kind: LinkStateInput["kind"];
  readState: ReadLinkState;
  /** What is said of it while it opens. */
  children?: ReactNode;
}) {
  const urlId = useId();
  const box = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<LinkState>("open");
  // The button that made it is gone.
  useEffect(() => box.current?.querySelector("button")?.focus(), []);

  const ask = useEffectEvent(async () => {
    // Nothing is known where the server could not be asked.
    const answer = await readState({ kind, id }).catch(() => undefined);
    if (!answer?.ok || answer.data === "open") return;
    // The button that goes with the link may have the focus.
    if (box.current?.contains(document.activeElement)) box.current.focus();
    setState(answer.data);
  });
  useEffect(() => {
    const onNews = () => void ask();
    const onVisible = () => {
      if (document.visibilityState === "visible") void ask();
    };
    const stop = listenToLinkNews(onNews);
    document.addEventListener("visibilitychange", onVisible);
    window.addEventListener("focus", onVisible);
    return () => {
      stop();
      document.removeEventListener("visibilitychange", onVisible);
      window.removeEventListener("focus", onVisible);
    };
  }, []);

  return (
    <div ref={box} tabIndex={-1} className="flex flex-col gap-2 outline-none">
      {state === "open" ? (
        <>
          {children}
          <ShownText id={urlId} testId={`${kind}-link`} text={url} />
          <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
            <CopyButton value={url} selectId={urlId} label="Copy link" variant="primary" size="sm" />
            <p className="text-small text-soft">
              Shown only now. It opens once, until <Time epochSeconds={expiresAt} mode="short" />.
            </p>
          </div>
        </>
      ) : (
        <Notice tone="warn" title="This link opens no more.">
          {state === "used" ? "It has been used." : "It was withdrawn, or a newer one took its place."}
        </Notice>
      )}
      {onlyHere && state === "open" ? (
        <p className="flex gap-1.5 text-small text-warn">
          <Icon name="warn" size={14} className="mt-[3px]" />
          <span>
            Only this machine can open it. For links that others can open, set <code>PUBLIC_URL</code> to the desk's
            address.
          </span>
        </p>
      ) : null}
    </div>
  );
}
