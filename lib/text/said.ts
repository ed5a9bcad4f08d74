/** A sentence that names instants without writing them: the page draws each in the reader's zone, and plain text has them in UTC. Browser-safe. Only sentences of our own words have instants: what a token says of itself could look like a place for one. */
import { formatUtc, isDate } from "./instant";

export type Said = {
  /** With `{0}`, `{1}` … where the instants stand, if it has any. */
  message: string;
  /** Seconds since 1970. */
  instants?: readonly number[];
};

/** Where an instant stands in a sentence; one that no calendar holds is written out. @param instants takes it up */
export function placeOf(epochSeconds: number, instants: number[]): string {
  if (!isDate(epochSeconds)) return formatUtc(epochSeconds);
  return `{${instants.push(epochSeconds) - 1}}`;
}

/** The runs of a sentence: text, and instants in seconds since 1970. */
export function runsOf({ message, instants }: Said): (string | number)[] {
  if (!instants) return [message];
  return message
    .split(/\{(\d)\}/)
    .map((run, index) => (index % 2 === 1 ? (instants[Number(run)] ?? run) : run))
    .filter((run) => run !== "");
}

export function plainText(said: Said): string {
  return runsOf(said)
    .map((run) => (typeof run === "number" ? formatUtc(run) : run))
    .join("");
}
