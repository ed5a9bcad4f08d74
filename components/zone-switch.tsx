"use client";
/** Chooses whether times are shown in the reader's zone or in UTC. */
import { Segmented } from "./segmented";
import { setZone, useZone } from "./zone-store";

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
