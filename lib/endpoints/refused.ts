/** Why a call of an endpoint is refused: a closed list, by which its page counts them. Browser-safe. */

export const refusedWords = {
  off: "Off, over or ended",
  origin: "Page of another origin",
  "per minute": "Too many a minute",
  "per minute from one address": "Too many a minute from one address",
  "per day": "Too many a day",
  request: "Wrong address, method or body",
  asked: "Wrong or missing room or participant",
  policy: "Key, policy or template",
  failed: "Not recorded, or failed",
} as const;

export type Refused = keyof typeof refusedWords;

/** Of these a day's limit counts each, as it does what was issued: the others are refused before. */
export const countedByDay = ["asked", "policy", "failed"] as const satisfies Refused[];
