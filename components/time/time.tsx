"use client";
/** An instant: absolute in the remembered zone, relative to now, or both. */
import { isDate, timeParts } from "@/lib/text/instant";
import { coarselyFromNow } from "@/lib/text/span";
import { useNow } from "./now-store";
import { useZone } from "./zone-store";

export function Time({
  epochSeconds,
  mode = "absolute",
  seconds = false,
  clockOnly = false,
  now,
  className = "",
}: {
  /** Seconds since 1970. */
  epochSeconds: number;
  mode?: "absolute" | "relative" | "both";
  /** Show the seconds of the absolute time. */
  seconds?: boolean;
  /** Only the time of day, where the date stands nearby. */
  clockOnly?: boolean;
  /** The instant of the request; needed only where no `NowProvider` is above. */
  now?: number;
  className?: string;
}) {
  const zone = useZone();
  const relative = useNow((at) => (at === null || mode === "absolute" ? null : coarselyFromNow(epochSeconds, at)), now);
  if (!isDate(epochSeconds)) return <span className={className}>beyond any calendar</span>;

  const parts = timeParts(epochSeconds, zone, seconds);
  const absolute = clockOnly ? `${parts.clock} ${parts.zone}` : `${parts.day}, ${parts.clock} ${parts.zone}`;
  // A number stays with its unit.
  const fromNow = <span className="whitespace-nowrap">{mode === "both" ? `(${relative})` : relative}</span>;
  return (
    <time
      dateTime={new Date(epochSeconds * 1000).toISOString()}
      title={mode === "relative" ? absolute : undefined}
      className={`tabular-nums ${className}`}
    >
      {relative === null || mode === "both" ? absolute : null}
      {relative !== null && mode === "both" ? " " : null}
      {relative === null ? null : fromNow}
    </time>
  );
}
