"use client";
/** When a token was created, begins and ends: absolute, relative, and ticking. */
import { Time } from "@/components/time/time";
import { TimeLeft } from "@/components/time/time-left";
import { DefinitionList } from "@/components/ui/definition-list";
import { Region } from "@/components/ui/region";
import type { TimesReading } from "@/lib/jwt/times";

export function DecodedTimes({
  claims,
  times,
  clockTolerance,
}: {
  claims: Record<string, unknown> | undefined;
  times: TimesReading;
  /** What the vendor says of clocks that differ. */
  clockTolerance: string;
}) {
  const instant = (name: "iat" | "nbf" | "exp", missing: string) => {
    const value = claims?.[name];
    if (value === undefined) return missing;
    if (typeof value !== "number") return `not a number: ${JSON.stringify(value)?.slice(0, 60)}`;
    const meant = times.meant[name];
    return (
      <>
        <Time epochSeconds={value} mode="both" seconds />
        {meant === undefined ? null : (
          <span className="block text-soft">
            Probably meant: <Time epochSeconds={meant} mode="both" seconds />
          </span>
        )}
      </>
    );
  };
  return (
    <Region label="Times">
      <DefinitionList
        items={[
          { term: "Created", detail: instant("iat", "not stated") },
          { term: "Not before", detail: instant("nbf", "not stated: from the start") },
          { term: "Expires", detail: instant("exp", "never") },
          ...(times.expiresAt === undefined
            ? []
            : [{ term: "Time left", detail: <TimeLeft until={times.expiresAt} expired="none, it has expired" /> }]),
          { term: "Clock tolerance", detail: `none: ${clockTolerance}` },
        ]}
      />
    </Region>
  );
}
