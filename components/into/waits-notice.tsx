"use client";
/** Says of a token that starts later from when on it is good: whoever tries it sooner is refused, and does not know why. */
import { useNow } from "@/components/time/now-store";
import { Time } from "@/components/time/time";
import { Notice } from "@/components/ui/notice";

/** @param from seconds since 1970 */
export function WaitsNotice({ from, vendor }: { from: number; vendor: string }) {
  const waits = useNow((now) => now === null || now < from);
  if (!waits) return null;
  return (
    <Notice tone="warn">
      It is good from <Time epochSeconds={from} mode="clock" /> on: {vendor} refuses it until then.
    </Notice>
  );
}
