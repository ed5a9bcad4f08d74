"use client";
/** The times on a ticket's stub: how long the token is active, or would be if its vendor took it, or that it is no longer, and until when. */
import type { ReactNode } from "react";
import { useNow } from "@/components/time/now-store";
import { Time } from "@/components/time/time";
import { TimeLeft } from "@/components/time/time-left";
import { useZone } from "@/components/time/zone-store";
import { isDate, timeParts } from "@/lib/text/instant";

export function StubTimes({
  activeFor,
  from,
  until,
  refused = false,
  note,
}: {
  activeFor?: ReactNode;
  from?: number | null | undefined;
  until: number;
  refused?: boolean;
  note?: ReactNode;
}) {
  const zone = useZone();
  const over = useNow((at) => activeFor === undefined && at !== null && at >= until);
  const start = useNow((at) => (activeFor === undefined && from && at !== null && at < from ? from : null));
  const term = refused ? (start ? "Would start in" : "Would end in") : start ? "Starts in" : "Active for";
  const thisYear = useNow((at) => (at === null || !isDate(at) ? null : new Date(at * 1000).getUTCFullYear()));
  const parts = isDate(until) ? timeParts(until, zone) : undefined;
  // "Tue 24 Nov 2026": the weekday is too much here, and so is the year that everybody knows.
  const [, dayOfMonth, month, year] = parts?.day.split(" ") ?? [];
  const date = [dayOfMonth, month, year === String(thisYear) ? undefined : year].filter(Boolean).join(" ");
  return (
    <>
      <StubLine term={over ? "State" : term} note={note}>
        {activeFor ?? <TimeLeft key={start} until={start ?? until} />}
      </StubLine>
      <StubLine term="Until" note={parts && `${date}, ${parts.zone}`}>
        {parts ? (
          <time dateTime={new Date(until * 1000).toISOString()} title={`${parts.day}, ${parts.clock} ${parts.zone}`}>
            {parts.clock}
          </time>
        ) : (
          <Time epochSeconds={until} />
        )}
      </StubLine>
    </>
  );
}

export function StubLine({ term, note, children }: { term: string; note?: ReactNode; children: ReactNode }) {
  return (
    <div>
      <dt className="text-caption text-faint">{term}</dt>
      <dd>
        <span className="block whitespace-nowrap font-semibold tabular-nums">{children}</span>
        {note ? (
          <span className="block text-caption text-faint" suppressHydrationWarning>
            {note}
          </span>
        ) : null}
      </dd>
    </div>
  );
}
