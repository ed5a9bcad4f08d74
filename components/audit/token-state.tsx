"use client";
/** Whether a token is active now, in the words and colours of the verdict: how long it is yet, or what ended it. Ticks by itself. */
import { useNow } from "@/components/time/now-store";
import { Badge } from "@/components/ui/badge";
import { largestOf, roughSpan } from "@/lib/text/span";

/** "30 d 1 h", "1 h 51 min", "42 s", for a list: fifty rows that tick each second would be read by nobody. */
export const wholeMinutes = (seconds: number) => roughSpan(seconds < 60 ? seconds : seconds - (seconds % 60));

export function TokenState({
  startsAt = null,
  expiresAt,
  revoked = false,
  keyDisabled = false,
  alarm = false,
  refusedBy = null,
}: {
  /** Seconds since 1970; null: it began when it was issued. */
  startsAt?: number | null;
  /** Seconds since 1970; null: it never ends. */
  expiresAt: number | null;
  revoked?: boolean;
  /** Whether its key is disabled here. */
  keyDisabled?: boolean;
  /** Whether nobody knows who issued it. */
  alarm?: boolean;
  /** The vendor that takes it at no time any more, by its name. */
  refusedBy?: string | null;
}) {
  const left = useNow((at) =>
    at === null || expiresAt === null ? null : expiresAt <= at ? "" : wholeMinutes(expiresAt - at),
  );
  const wait = useNow((at) => (at === null || startsAt === null || startsAt <= at ? "" : largestOf(startsAt - at)));
  // Not "refused": that is what the desk itself did not give, which the log counts and filters by. One of ours was good until its secret was retired: once it is over it is over.
  if (refusedBy !== null && !revoked && (alarm || left !== ""))
    return (
      <span className="text-faint" title={`not accepted by ${refusedBy}`}>
        not accepted<span className="sr-only"> by {refusedBy}</span>
      </span>
    );
  if (left === "") return <span className="text-faint">expired</span>;
  if (revoked)
    return (
      <Badge tone="warn" icon="cross">
        revoked
      </Badge>
    );
  // It counts as active wherever that is told: it will be accepted, and nothing here takes it back.
  if (wait)
    return (
      <span
        className={`whitespace-nowrap tabular-nums ${alarm ? "font-medium text-bad" : ""}`}
        title="For later: it is refused until then"
      >
        <span className="audit-dot" data-tone={alarm ? "bad" : "warn"} />
        starts in {wait}
      </span>
    );
  // The whole row of an alarm is red: there it is as plain as any other end.
  if (expiresAt === null && !alarm) return <Badge tone="warn">never ends</Badge>;
  const tone = alarm ? "bad" : keyDisabled ? "warn" : "ok";
  return (
    <span
      className={`whitespace-nowrap tabular-nums ${alarm ? "font-medium text-bad" : ""}`}
      title={keyDisabled ? "Its key is disabled here, and the token goes on" : undefined}
    >
      <span className="audit-dot" data-tone={tone} />
      <span className="sr-only">active, </span>
      {expiresAt === null ? "never ends" : left}
      {keyDisabled ? <span className="sr-only">, its key is disabled here</span> : null}
    </span>
  );
}
