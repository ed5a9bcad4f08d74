/** Which version of the desk runs: the release and, in a checkout, its commit. Set once, by the start. */
import { processWide } from "./process-wide";

const version = () => processWide("version", () => ({ text: "" }));

/** @param text as {@link ownVersion} tells it */
export function setVersion(text: string): void {
  version().text = text;
}

/** `0.3.0 (c209d23)`; empty before the start has found it out. */
export function ownVersion(): string {
  return version().text;
}
