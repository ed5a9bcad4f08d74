/** Refuses a Node on which Claimcheck does not run, before anything is loaded that needs a newer one. */
import { StartError } from "./start-error";

/** The oldest minor version of each supported major one; of what is newer than the last, any. */
const OLDEST: Record<number, number> = { 20: 19, 22: 14, 24: 0 };
const NEWEST_MAJOR = 24;

/** @throws StartError */
export function checkNode(version: string): void {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const oldest = major > NEWEST_MAJOR ? 0 : OLDEST[major];
  if (oldest === undefined || minor < oldest) {
    throw new StartError(
      `Claimcheck does not run on Node ${version}. Use Node 24 or newer; 22 from 22.14 on and 20 from 20.19 on work too.`,
    );
  }
}
