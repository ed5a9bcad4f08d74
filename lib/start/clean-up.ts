/** Removes what has had its time, at the start and once a day. Never keeps the server from starting or going on: what failed is logged, and tried again the next day. */
import { removeEndedSessions } from "@/lib/auth/remove-ended-sessions";
import { describeError, log } from "@/lib/log";

const DAY_MS = 24 * 60 * 60 * 1000;

export async function cleanUpDaily(): Promise<void> {
  setTimeout(cleanUpDaily, DAY_MS).unref();
  try {
    await removeEndedSessions(new Date());
  } catch (error) {
    log().warn(describeError(error), "sessions of long ago were not removed");
  }
}
