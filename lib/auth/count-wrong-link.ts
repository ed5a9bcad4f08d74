/** Counts links that do not open, by the address that they come from, and refuses beyond the limit. The right one is looked at before anything is counted. */
import { recordEvent } from "@/lib/audit/record";
import { transaction } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { limits } from "@/lib/limits";
import type { Member, Visitor } from "./actor";
import { countAttempt, countsAt } from "./throttle";
import { ThrottledError } from "./throttled-error";

/** @param kind in words: "invitation links" @throws AppError `throttled`, whose limit is told to the log once in a window */
export async function countWrongLink(
  visitor: Visitor | Member,
  limit: "invitationCodes" | "resetCodes" | "handoverLinks",
  kind: string,
): Promise<void> {
  const { what, most, seconds } = limits[limit];
  const [wrong] = await countAttempt(countsAt(limit, visitor.origin.address)).catch((error: unknown) => {
    if (!(error instanceof ThrottledError)) throw error;
    // Waiting would not help, and is not needed.
    throw new AppError(
      "throttled",
      `Too many wrong ${kind} came from here. The right one opens all the same: open it whole, as it was sent to you.`,
      error.extra,
    );
  });
  if (wrong === most)
    await transaction((tx) =>
      recordEvent(tx, visitor, { action: "limit.reached", outcome: "denied", detail: { what, most, seconds } }),
    );
}
