/** Slows down guessing: counts attempts per address and per account, in this process's memory, and refuses beyond the limit, saying when to try again. */
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { AppError } from "@/lib/errors";

const WINDOW_SECONDS = 15 * 60;
const ATTEMPTS_PER_ADDRESS = 40;
const ATTEMPTS_PER_ACCOUNT = 8;

type Limiters = { address: RateLimiterMemory; account: RateLimiterMemory };

// Next bundles this module more than once into one process; all must count together.
const shared = globalThis as typeof globalThis & { claimcheckLimiters?: Limiters };

function limiters(): Limiters {
  shared.claimcheckLimiters ??= {
    address: new RateLimiterMemory({ keyPrefix: "address", points: ATTEMPTS_PER_ADDRESS, duration: WINDOW_SECONDS }),
    account: new RateLimiterMemory({ keyPrefix: "account", points: ATTEMPTS_PER_ACCOUNT, duration: WINDOW_SECONDS }),
  };
  return shared.claimcheckLimiters;
}

/** Thrown by `countAttempt`; `first` is true once per window, so that a flood is recorded once. */
export class ThrottledError extends AppError {
  constructor(
    retryAfterSeconds: number,
    readonly first: boolean,
  ) {
    const minutes = Math.ceil(retryAfterSeconds / 60);
    super("throttled", `Too many attempts. Try again in ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`, {
      retryAfterSeconds,
    });
  }
}

/**
 * Counts before the password is looked at, so that parallel guesses count too.
 * @param account lower-case email
 * @throws ThrottledError
 */
export async function countAttempt(address: string, account: string): Promise<void> {
  const { address: byAddress, account: byAccount } = limiters();
  await consume(byAddress, address);
  await consume(byAccount, account);
}

/** A right password shows that the owner is at work: the account starts afresh, and the address gets its attempt back. */
export async function forgiveAttempts(address: string, account: string): Promise<void> {
  await limiters().account.delete(account);
  await limiters().address.reward(address);
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    throw new ThrottledError(Math.ceil(refusal.msBeforeNext / 1000), refusal.consumedPoints === limiter.points + 1);
  }
}
