/** Which version of the desk runs: the release and, in a checkout, its commit. Set once, by the start. */
const shared = globalThis as typeof globalThis & { claimcheckVersion?: string };

/** @param version as {@link ownVersion} tells it */
export function setVersion(version: string): void {
  shared.claimcheckVersion = version;
}

/** `0.3.0 (c209d23)`; empty before the start has found it out. */
export function ownVersion(): string {
  return shared.claimcheckVersion ?? "";
}
