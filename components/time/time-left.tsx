"use client";
/** What is left until an instant: ticks each second, and says by itself that it is over. */
import { useEffect, useRef } from "react";
import { countdownLabel, countdownOver, countdownText } from "@/lib/text/countdown";
import { useNow } from "./now-store";

export function TimeLeft({
  until,
  expired = countdownOver,
  now,
  reserve = false,
  onExpire,
  className = "",
}: {
  /** Seconds since 1970. */
  until: number;
  /** The word when nothing is left. */
  expired?: string;
  /** The instant of the request; needed only where no `NowProvider` is above. */
  now?: number;
  /** Keep the widest text's room, so that what follows on the line stays put. */
  reserve?: boolean;
  /** Called once when it runs out while being watched, and at once when it had run out before. */
  onExpire?: () => void;
  className?: string;
}) {
  const remaining = useNow((at) => (at === null ? null : Math.max(0, until - at)), now);
  const over = remaining === 0;
  const notify = useRef(onExpire);
  useEffect(() => {
    notify.current = onExpire;
  });
  useEffect(() => {
    if (over) notify.current?.();
  }, [over]);
  return (
    <span className={`whitespace-nowrap tabular-nums ${reserve ? "inline-block min-w-[14ch]" : ""} ${className}`}>
      {remaining === null ? (
        "…"
      ) : over ? (
        expired
      ) : (
        <span role="timer" aria-label={countdownLabel}>
          {countdownText(remaining)}
        </span>
      )}
      <span role="status" className="sr-only">
        {over ? expired : ""}
      </span>
    </span>
  );
}
