"use client";
/** Chooses whether times are shown in the reader's zone or in UTC. */
import { setZone, useZone } from "@/components/time/zone-store";
import { Segmented } from "@/components/ui/segmented";

export function ZoneSwitch() {
  return (
    <Segmented
      label="Time zone"
      value={useZone()}
      onChange={setZone}
      segments={[
        { value: "local", label: "Local" },
        { value: "utc", label: "UTC" },
      ]}
    />
  );
}
