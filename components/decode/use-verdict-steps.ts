"use client";
/** Fetches what to do about an alarm as soon as there is a text that may be one, beside the question to the server; without the network the head stands alone. */
import { useEffect, useState } from "react";

import type { verdictSteps } from "./verdict-steps";

export type VerdictSteps = typeof verdictSteps;

/** @returns undefined until it is there */
export function useVerdictSteps(): VerdictSteps | undefined {
  const [steps, setSteps] = useState<VerdictSteps>();
  useEffect(() => {
    let current = true;
    import("./verdict-steps").then(
      (module) => {
        if (current) setSteps(module.verdictSteps);
      },
      () => {},
    );
    return () => {
      current = false;
    };
  }, []);
  return steps;
}
