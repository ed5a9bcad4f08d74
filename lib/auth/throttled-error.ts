/** The refusal of whoever has done something too often, with when to try again. */
import { AppError } from "@/lib/errors";

export class ThrottledError extends AppError {
  constructor(retryAfterSeconds: number) {
    const minutes = Math.ceil(retryAfterSeconds / 60);
    const wait =
      retryAfterSeconds <= 60
        ? `${retryAfterSeconds} ${retryAfterSeconds === 1 ? "second" : "seconds"}`
        : `${minutes} minutes`;
    super("throttled", `Too many attempts. Try again in ${wait}.`, { retryAfterSeconds });
  }
}
