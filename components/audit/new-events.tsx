"use client";
/** Says quietly, over the table's head, that something has happened since the page was drawn; shows it when one asks, so that no row moves under a pointer. */
import { useEffect, useEffectEvent, useState } from "react";
import { go, usePending } from "@/components/shell/navigation";
import { Icon } from "@/components/ui/icon";
import type { ActionResult } from "@/lib/action-result";
import { counted } from "@/lib/text/counted";

const EVERY_MS = 10_000;

export function NewEvents({
  newest,
  most,
  count,
  first,
}: {
  /** The newest event that is shown. */
  newest: number;
  /** As many as a count goes. */
  most: number;
  count: (after: number) => Promise<ActionResult<number>>;
  /** The first page. */
  first: string;
}) {
  const [found, setFound] = useState<{ since: number; events: number }>();
  const pending = usePending() === first;
  const look = useEffectEvent(async () => {
    if (document.visibilityState !== "visible") return;
    // Whoever cannot be reached now is asked again.
    const result = await count(newest).catch(() => undefined);
    if (result?.ok) setFound({ since: newest, events: result.data });
  });
  useEffect(() => {
    const timer = setInterval(look, EVERY_MS);
    const onVisible = () => look();
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", onVisible);
    };
  }, []);
  const events = found?.since === newest ? found.events : 0;
  return (
    <div role="status" className="audit-news">
      {events > 0 ? (
        <button type="button" aria-busy={pending || undefined} onClick={() => go(first)}>
          <Icon name={pending ? "pending" : "arrow-right"} size={13} className={pending ? "spin" : "-rotate-90"} />
          {events > most ? `More than ${most} new events` : counted(events, "new event")}
        </button>
      ) : null}
    </div>
  );
}
