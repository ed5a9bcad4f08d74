/** Whether a token ended before its time, since the secret that signed it was retired. Browser-safe and pure. */
import { epochSeconds } from "@/lib/text/epoch-seconds";

/** Whether its vendor refused a token before its end, since the secret that signed it was retired by then: one that was over already had a right signature for as long as it lasted. */
export const isCutShort = (retiredAt: Date | null, expiresAt: number): boolean =>
  retiredAt !== null && epochSeconds(retiredAt) < expiresAt;

/** Whether it refuses it for that now: one that is over is over. `at`: seconds since 1970, as the end. */
export const isCutShortAt = (at: number, retiredAt: Date | null, expiresAt: number): boolean =>
  isCutShort(retiredAt, expiresAt) && at < expiresAt;
