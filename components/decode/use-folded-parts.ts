"use client";
/** Fetches the folded parts as soon as there is a token to show them for; a network that is off then is asked again for the next one. */
import { type ComponentType, useEffect, useState } from "react";
import type { FoldedParts } from "./folded-parts";

type Parts = ComponentType<Parameters<typeof FoldedParts>[0]>;

let fetching: Promise<Parts> | undefined;

/** @param token a new one asks again @returns undefined until they are there */
export function useFoldedParts(token: string): { Parts: Parts | undefined; failed: boolean } {
  const [Parts, setParts] = useState<Parts>();
  const [failedFor, setFailedFor] = useState<string>();
  useEffect(() => {
    let current = true;
    fetching ??= import("./folded-parts").then((module) => module.FoldedParts);
    fetching.then(
      (parts) => {
        if (current) setParts(() => parts);
      },
      () => {
        fetching = undefined;
        if (current) setFailedFor(token);
      },
    );
    return () => {
      current = false;
    };
  }, [token]);
  return { Parts, failed: failedFor === token };
}
