"use client";
/** Sentences about a token: identifiers in monospace, instants in the reader's zone. */
import { Time } from "@/components/time/time";
import { CodeText } from "@/components/ui/code-text";
import { runsOf, type Said } from "@/lib/text/said";

export function SaidText({ said }: { said: Said }) {
  return runsOf(said).map((run, index) =>
    typeof run === "number" ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the runs of a sentence have no other identity
      <Time key={index} epochSeconds={run} mode="clock" />
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: as above
      <CodeText key={index} text={run} />
    ),
  );
}
