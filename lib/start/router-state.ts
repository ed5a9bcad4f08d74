/** Says whether Next can read what its router says of the page that a browser has: Next answers what it cannot read with 500. Judged by Next's own function. */
import { parseAndValidateFlightRouterState } from "next/dist/server/app-render/parse-and-validate-flight-router-state";

/** @param header `Next-Router-State-Tree`, or its absence */
export function isRouterState(header: string | string[] | undefined): boolean {
  try {
    parseAndValidateFlightRouterState(header);
    return true;
  } catch {
    return false;
  }
}
