"use client";
/** Fetches the folded parts, and the vendor's table that stands in them, as soon as there is a token to show them for; a network that is off then is asked again for the next one. */
import { type ComponentType, useEffect, useState } from "react";
import type { AbilitiesOf } from "@/lib/profiles/profile";
import { profileOf } from "@/lib/profiles/registry";
import type { FoldedParts } from "./folded-parts";

type Fetched = {
  /** Whose table it is, by the profile's id. */
  profile: string;
  Parts: ComponentType<Parameters<typeof FoldedParts>[0]>;
  abilitiesOf: AbilitiesOf;
};

async function fetchParts(profile: string): Promise<Fetched> {
  // The browser keeps what came; the second time neither is asked for again.
  const [{ FoldedParts }, abilitiesOf] = await Promise.all([
    import("./folded-parts"),
    profileOf(profile).loadAbilities(),
  ]);
  return { profile, Parts: FoldedParts, abilitiesOf };
}

/** @param token a new one asks again @param profile its vendor's id @returns undefined until they are there */
export function useFoldedParts(token: string, profile: string): { folded: Fetched | undefined; failed: boolean } {
  const [fetched, setFetched] = useState<Fetched>();
  const [failedFor, setFailedFor] = useState<string>();
  useEffect(() => {
    let current = true;
    fetchParts(profile).then(
      (parts) => {
        if (current) setFetched(parts);
      },
      () => {
        if (current) setFailedFor(token);
      },
    );
    return () => {
      current = false;
    };
  }, [token, profile]);
  return { folded: fetched?.profile === profile ? fetched : undefined, failed: failedFor === token };
}
