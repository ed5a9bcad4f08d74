"use client";
/** Chooses whether times are shown in the browser's own zone or in UTC. */
import { chooseZone, useAskedForUtc } from "@/components/time/zone-store";
import { Segmented } from "@/components/ui/segmented";

export function ZoneSwitch() {
  return (
    <Segmented
      label="Time zone"
      value={useAskedForUtc() ? "utc" : "own"}
      onChange={chooseZone}
      segments={[
        { value: "own", label: "Local" },
        { value: "utc", label: "UTC" },
      ]}
    />
  );
}
