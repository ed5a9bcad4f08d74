/** Refuses a Node that is too old, before anything that needs a newer one is loaded. */
import { StartError } from "./start-error";

const MINIMUM = [20, 19] as const;

/** @throws StartError */
export function checkNode(version: string): void {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major < MINIMUM[0] || (major === MINIMUM[0] && minor < MINIMUM[1])) {
    throw new StartError(`Node ${version} is too old: Claimcheck needs Node ${MINIMUM.join(".")} or newer.`);
  }
}
