"use client";
/** Two tokens side by side: their verdicts, and claim by claim what differs. */
import { useEffect, useEffectEvent, useState } from "react";
import type { InspectAction } from "@/components/scan/use-check";
import { handBack, takeHandedToken } from "@/components/token/handoff";
import { EmptyState } from "@/components/ui/empty-state";
import type { KnownSecret } from "@/lib/scan/flag-secrets";
import { ComparedToken } from "./compared-token";
import { Comparison } from "./comparison";
import { useDecoded } from "./use-decoded";

export function CompareDesk({
  inspect,
  fingerprints,
}: {
  inspect: InspectAction;
  /** Of every secret that this desk holds. */
  fingerprints: readonly KnownSecret[];
}) {
  const [first, setFirst] = useState("");
  const [second, setSecond] = useState("");
  useEffect(() => setFirst((typed) => takeHandedToken() ?? typed), []);
  // Back in the decoder is what one came with, or put in its place.
  const leave = useEffectEvent(() => {
    if (window.location.pathname === "/decode") handBack(first);
  });
  useEffect(() => () => leave(), []);
  const one = useDecoded(first, inspect);
  const two = useDecoded(second, inspect);
  return (
    <div className="flex flex-col gap-6">
      <div className="grid gap-x-7 gap-y-4 lg:grid-cols-2">
        <ComparedToken
          id="first"
          label="First token"
          value={first}
          {...one}
          fingerprints={fingerprints}
          onChange={setFirst}
        />
        <ComparedToken
          id="second"
          label="Second token"
          value={second}
          {...two}
          fingerprints={fingerprints}
          onChange={setSecond}
        />
      </div>
      {one.decoded?.kind === "token" && two.decoded?.kind === "token" ? (
        <Comparison one={one.decoded} two={two.decoded} />
      ) : (
        <EmptyState icon="decode" title="Paste both tokens">
          What they say appears here, claim by claim, the differences first.
        </EmptyState>
      )}
    </div>
  );
}
