"use client";
/** An instant: absolute in the reader's zone, relative to now, or both. The server draws it as the browser will. */
import { dayUnlessToday, isDate, shortTime, timeParts, yearWords } from "@/lib/text/instant";
import { coarselyFromNow } from "@/lib/text/span";
import { UTC } from "@/lib/text/zone";
import { useNow } from "./now-store";
import { useZone } from "./zone-store";

export function Time({
  epochSeconds,
  mode = "absolute",
  seconds = false,
  zoned = true,
  now,
  className = "",
}: {
  /** Seconds since 1970. */
  epochSeconds: number;
  /** `short` is for lists: the time today, date and time before; `clock` has the zone too. Both have the whole instant as their title. */
  mode?: "absolute" | "relative" | "both" | "short" | "clock";
  /** Show the seconds of the absolute time. */
  seconds?: boolean;
  /** Of `short`: whether it says UTC; not so where a {@link ZoneMark} does for the whole list. */
  zoned?: boolean;
  /** The instant of the request; needed only where no `NowProvider` is above. */
  now?: number;
  className?: string;
}) {
  const zone = useZone();
  const short = mode === "short";
  const fromNow = useNow((at) => {
    if (at === null || mode === "absolute" || !isDate(epochSeconds)) return null;
    if (mode === "clock") return dayUnlessToday(epochSeconds, at, zone);
    return short ? shortTime(epochSeconds, at, zone, zoned) : coarselyFromNow(epochSeconds, at);
  }, now);
  if (!isDate(epochSeconds)) return <span className={className}>{yearWords(epochSeconds)}</span>;

  const parts = timeParts(epochSeconds, zone, seconds || short);
  const clock = `${parts.clock} ${parts.zone}`;
  const absolute = `${parts.day}, ${clock}`;
  const told = mode === "clock" && fromNow !== null ? [fromNow, clock].filter(Boolean).join(", ") : fromNow;
  return (
    <time
      dateTime={new Date(epochSeconds * 1000).toISOString()}
      title={mode === "absolute" || mode === "both" ? undefined : absolute}
      className={`tabular-nums ${className}`}
    >
      {told === null || mode === "both" ? <Whole text={absolute} /> : null}
      {told !== null && mode === "both" ? " " : null}
      {told === null ? null : <Whole text={mode === "both" ? `(${told})` : told} />}
    </time>
  );
}

/** What short times are not told without: that they are UTC, to whoever reads in it. */
export function ZoneMark({ before = "", className }: { before?: string; className?: string }) {
  return useZone() === UTC ? <span className={className}>{`${before}UTC`}</span> : null;
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
