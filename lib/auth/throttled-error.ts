/** The refusal of whoever has done something too often, with when to try again. */
import { AppError } from "@/lib/errors";
import { formatSpan } from "@/lib/text/span";

export class ThrottledError extends AppError {
  /**
   * @param reason which limit, for the record
   * @param said whose limit it is, where that may be told: a sentence
   */
  constructor(retryAfterSeconds: number, reason?: string, said = "Too many attempts.") {
    // Nobody counts the seconds of a quarter of an hour; never too early.
    const wait = retryAfterSeconds <= 60 ? retryAfterSeconds : Math.ceil(retryAfterSeconds / 60) * 60;
    super("throttled", `${said} Try again in ${formatSpan(wait)}.`, {
      retryAfterSeconds,
      ...(reason === undefined ? {} : { reason }),
    });
  }
}
