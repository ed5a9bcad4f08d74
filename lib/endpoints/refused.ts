/** Why a call of an endpoint is refused: a closed list, by which its page counts them. Browser-safe. */
import type { CallLimits } from "./schema";

/** Of each limit, what is refused beyond it, and how it is said behind a number of calls. */
export const limitSaid = {
  perMinute: { reason: "per minute", words: "a minute" },
  perMinuteFromAddress: { reason: "per minute from one address", words: "a minute from one address" },
  perDay: { reason: "per day", words: "a day" },
} as const satisfies Record<CallLimits, { reason: string; words: string }>;

/** @param reason why a call was refused @returns nothing where that was for no limit */
export const limitOf = (reason: unknown) => Object.values(limitSaid).find((limit) => limit.reason === reason);

export const refusedWords = {
  "switched off": "Switched off",
  over: "Over",
  ended: "Ended",
  "without owner": "Stood still",
  origin: "Page of another origin",
  [limitSaid.perMinute.reason]: `Too many ${limitSaid.perMinute.words}`,
  [limitSaid.perMinuteFromAddress.reason]: `Too many ${limitSaid.perMinuteFromAddress.words}`,
  [limitSaid.perDay.reason]: `Too many ${limitSaid.perDay.words}`,
  request: "Wrong address, method or body",
  asked: "Wrong or missing room or participant",
  template: "Template gone or changed",
  key: "Key or its policy",
  failed: "Not recorded, or failed",
  // As earlier versions counted several of those above together; and what became so while a call was under way.
  off: "Off, over or ended",
  policy: "Key, policy or template",
} as const;

export type Refused = keyof typeof refusedWords;

/** Of these a day's limit counts each, as it does what was issued: the others are refused before. */
export const countedByDay = ["asked", "template", "key", "failed", "policy"] as const satisfies Refused[];
