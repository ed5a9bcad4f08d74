"use client";
/** Chooses whether times are shown in the browser's own zone or in UTC. */
import { getNow } from "@/components/time/now-store";
import { chooseZone, ownZone, useAskedForUtc } from "@/components/time/zone-store";
import { Segmented } from "@/components/ui/segmented";
import { useInBrowser } from "@/components/ui/use-in-browser";
import { UTC, zoneName } from "@/lib/text/zone";

const LOCAL = "Local";

/** The short name of the browser's zone, unless it says what the other choice says. */
function ownName(): string {
  const name = zoneName(getNow(), ownZone());
  return name === UTC ? LOCAL : name;
}

export function ZoneSwitch() {
  const utc = useAskedForUtc();
  const name = useInBrowser(ownName, LOCAL);
  return (
    <Segmented
      label="Time zone"
      value={utc ? "utc" : "own"}
      onChange={chooseZone}
      segments={[
        { value: "own", label: name },
        { value: "utc", label: UTC },
      ]}
    />
  );
}
