/** Removes what has had its time, at the start and once a day; what was handed over and not opened, every minute. Never keeps the server from starting or going on: what failed is logged, and tried again the next day. */
import { removeEndedSessions } from "@/lib/auth/remove-ended-sessions";
import { expireHandovers } from "@/lib/handover/expire";
import { describeError, log } from "@/lib/log";

const MINUTE_MS = 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

export async function cleanUpDaily(): Promise<void> {
  setTimeout(cleanUpDaily, DAY_MS).unref();
  try {
    await removeEndedSessions(new Date());
  } catch (error) {
    log().warn(describeError(error), "sessions of long ago were not removed");
  }
}

/** So that nothing sealed lies there for longer than its link said. */
export async function expireByTheMinute(): Promise<void> {
  setTimeout(expireByTheMinute, MINUTE_MS).unref();
  try {
    await expireHandovers(new Date());
  } catch (error) {
    log().warn(describeError(error), "what was handed over and not opened in time was not erased");
  }
}
