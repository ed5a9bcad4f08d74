/** When a member was last here: "now" for whoever did something in the last minutes. */
import { Time } from "@/components/time/time";
import { epochSeconds } from "@/lib/text/epoch-seconds";

/** It is noted once a minute. */
const NOW_MS = 2 * 60_000;

export function LastSeen({
  at,
  here,
}: {
  /** Null: never. */
  at: Date | null;
  /** Whether they can be here at all. */
  here: boolean;
}) {
  if (!at) return <span className="text-faint">never</span>;
  if (here && Date.now() - at.getTime() < NOW_MS)
    return (
      <span className="inline-flex items-center gap-1.5">
        <span className="size-1.5 rounded-full bg-ok" aria-hidden="true" />
        now
      </span>
    );
  return <Time epochSeconds={epochSeconds(at)} mode="relative" />;
}
