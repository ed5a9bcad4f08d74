/** How many attempts an account and an address have, and what is told then. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { countAttempt, forgiveAttempts, ThrottledError } from "./throttle";

const WINDOW_MS = 15 * 60 * 1000;

beforeEach(() => {
  vi.useFakeTimers();
  delete (globalThis as { claimcheckLimiters?: unknown }).claimcheckLimiters;
});
afterEach(() => {
  vi.useRealTimers();
});

async function refusalOf(attempt: Promise<void>): Promise<ThrottledError> {
  const error = await attempt.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ThrottledError);
  return error as ThrottledError;
}

async function attempts(count: number, address: string, account: (index: number) => string) {
  const all = Array.from({ length: count }, (_, index) => countAttempt(address, account(index)));
  return (await Promise.allSettled(all)).filter(({ status }) => status === "fulfilled").length;
}

describe("an account", () => {
  it("has eight attempts, counted at once when they come at once", async () => {
    expect(await attempts(20, "203.0.113.1", () => "maya@example.com")).toBe(8);
  });

  it("is refused from any address then, and no other account is", async () => {
    await attempts(8, "203.0.113.1", () => "maya@example.com");
    await refusalOf(countAttempt("203.0.113.2", "maya@example.com"));
    await expect(countAttempt("203.0.113.1", "noor@example.com")).resolves.toBeUndefined();
  });

  it("is told when to try again, and may then", async () => {
    await attempts(8, "203.0.113.1", () => "maya@example.com");
    vi.advanceTimersByTime(5 * 60 * 1000);
    const { code, message, extra } = await refusalOf(countAttempt("203.0.113.1", "maya@example.com"));
    expect(code).toBe("throttled");
    expect(message).toBe("Too many attempts. Try again in 10 minutes.");
    expect(extra.retryAfterSeconds).toBe(600);
    vi.advanceTimersByTime(600 * 1000);
    await expect(countAttempt("203.0.113.1", "maya@example.com")).resolves.toBeUndefined();
  });

  it("counts as refused for the first time once in a window", async () => {
    await attempts(8, "203.0.113.1", () => "maya@example.com");
    const firsts = [];
    for (let again = 0; again < 5; again++)
      firsts.push((await refusalOf(countAttempt("203.0.113.1", "maya@example.com"))).first);
    expect(firsts).toEqual([true, false, false, false, false]);
    vi.advanceTimersByTime(WINDOW_MS);
    await attempts(8, "203.0.113.1", () => "maya@example.com");
    expect((await refusalOf(countAttempt("203.0.113.1", "maya@example.com"))).first).toBe(true);
  });

  it("starts afresh after a right password", async () => {
    await attempts(7, "203.0.113.1", () => "maya@example.com");
    await forgiveAttempts("203.0.113.1", "maya@example.com");
    expect(await attempts(20, "203.0.113.1", () => "maya@example.com")).toBe(8);
  });
});

describe("an address", () => {
  const anybody = (index: number) => `guess-${index}@example.com`;

  it("has forty attempts, whatever the accounts", async () => {
    expect(await attempts(60, "203.0.113.1", anybody)).toBe(40);
    const { message, extra } = await refusalOf(countAttempt("203.0.113.1", "one-more@example.com"));
    expect(message).toBe("Too many attempts. Try again in 15 minutes.");
    expect(extra.retryAfterSeconds).toBe(900);
  });

  it("does not use up the account's attempts once it is refused itself", async () => {
    await attempts(60, "203.0.113.1", anybody);
    await attempts(30, "203.0.113.1", () => "maya@example.com");
    expect(await attempts(20, "203.0.113.2", () => "maya@example.com")).toBe(8);
  });

  it("does not keep another address out", async () => {
    await attempts(60, "203.0.113.1", anybody);
    await expect(countAttempt("203.0.113.2", "noor@example.com")).resolves.toBeUndefined();
  });

  it("gets one attempt back for a right password, no more", async () => {
    await attempts(39, "203.0.113.1", anybody);
    await countAttempt("203.0.113.1", "maya@example.com");
    await forgiveAttempts("203.0.113.1", "maya@example.com");
    expect(await attempts(5, "203.0.113.1", anybody)).toBe(1);
  });
});

it("the last minute is written in the singular", async () => {
  await attempts(8, "203.0.113.1", () => "maya@example.com");
  vi.advanceTimersByTime(WINDOW_MS - 20_000);
  expect((await refusalOf(countAttempt("203.0.113.1", "maya@example.com"))).message).toBe(
    "Too many attempts. Try again in 1 minute.",
  );
});
