"use client";
/** An instant: absolute in the reader's zone, relative to now, or both. The server draws it as the browser will. */
import { isDate, shortTime, timeParts } from "@/lib/text/instant";
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
  /** `short` is for lists: the time today, date and time before, the whole instant as its title. */
  mode?: "absolute" | "relative" | "both" | "short";
  /** Show the seconds of the absolute time. */
  seconds?: boolean;
  /** Only the time of day, where the date stands nearby. */
  clockOnly?: boolean;
  /** The instant of the request; needed only where no `NowProvider` is above. */
  now?: number;
  className?: string;
}) {
  const zone = useZone();
  const short = mode === "short";
  const fromNow = useNow((at) => {
    if (at === null || mode === "absolute" || !isDate(epochSeconds)) return null;
    return short ? shortTime(epochSeconds, at, zone) : coarselyFromNow(epochSeconds, at);
  }, now);
  if (!isDate(epochSeconds)) return <span className={className}>beyond any calendar</span>;

  const parts = timeParts(epochSeconds, zone, seconds || short);
  const absolute = clockOnly ? `${parts.clock} ${parts.zone}` : `${parts.day}, ${parts.clock} ${parts.zone}`;
  return (
    <time
      dateTime={new Date(epochSeconds * 1000).toISOString()}
      title={mode === "relative" || short ? absolute : undefined}
      className={`tabular-nums ${className}`}
    >
      {fromNow === null || mode === "both" ? <Whole text={absolute} /> : null}
      {fromNow !== null && mode === "both" ? " " : null}
      {fromNow === null ? null : <Whole text={mode === "both" ? `(${fromNow})` : fromNow} />}
    </time>
  );
}

/** A number stays with its unit, a clock with its zone; between date and clock a line may end. Zones may be called otherwise by the browser than by the server. */
function Whole({ text }: { text: string }) {
  const [date, ...rest] = text.split(", ");
  return (
    <>
      <span suppressHydrationWarning className="whitespace-nowrap">
        {rest.length > 0 ? `${date},` : date}
      </span>
      {rest.length > 0 ? " " : null}
      {rest.length > 0 ? (
        <span suppressHydrationWarning className="whitespace-nowrap">
          {rest.join(", ")}
        </span>
      ) : null}
    </>
  );
}
