/** The one table of limits: what, per whom, how many, how long, and what reaching it does. Browser-safe; counts nothing itself (lib/auth/count-against.ts and throttle.ts do). */

export type Limit = {
  /** In words, for the event that tells of it. */
  what: string;
  per: "member" | "address" | "account" | "account and address" | "device";
  most: number;
  seconds: number;
  /** Those in the database survive a restart: guessing must not begin anew with it. Those in memory only bound how much a known member can do. */
  kept: "database" | "memory";
  /** Refused: until the window ends. Slowed: answered later. Unrecorded: done or refused as before, without an event of its own. */
  beyond: "refused" | "slowed" | "unrecorded";
  /** Reaching it is recorded, once in a window. */
  event: "limit.reached" | "auth.sign_in_failed" | "auth.setup_failed";
};

const MINUTE = 60;
const QUARTER = 15 * MINUTE;
const HOUR = 60 * MINUTE;

/** An address is what lib/auth/address-key.ts makes of it: an IPv6 one counts by its /64. */
export const limits = {
  /** Counted before the password is looked at; a right one gives its own attempt back. */
  accountAtAddress: {
    what: "attempts to sign in to one account from one address",
    per: "account and address",
    most: 8,
    seconds: QUARTER,
    kept: "database",
    beyond: "refused",
    event: "auth.sign_in_failed",
  },
  signInsAtAddress: {
    what: "attempts to sign in from one address",
    per: "address",
    most: 40,
    seconds: QUARTER,
    kept: "database",
    beyond: "refused",
    event: "auth.sign_in_failed",
  },
  /** Never a refusal: whoever could bring that about would lock the owner out. */
  signInsToAccount: {
    what: "attempts to sign in to one account from anywhere",
    per: "account",
    most: 40,
    seconds: QUARTER,
    kept: "database",
    beyond: "slowed",
    event: "limit.reached",
  },
  /** A browser in which the account signed in before; beyond these it counts like any other. */
  signInsFromDevice: {
    what: "attempts to sign in from a device that did before",
    per: "device",
    most: 8,
    seconds: QUARTER,
    kept: "database",
    beyond: "refused",
    event: "auth.sign_in_failed",
  },
  /** Wrong codes only; the right one is never refused. */
  setupCodes: {
    what: "wrong setup codes from one address",
    per: "address",
    most: 8,
    seconds: QUARTER,
    kept: "database",
    beyond: "refused",
    event: "auth.setup_failed",
  },
  /** A look-up or a scan counts as one. */
  inspections: {
    what: "inspections",
    per: "member",
    most: 120,
    seconds: MINUTE,
    kept: "memory",
    beyond: "refused",
    event: "limit.reached",
  },
  /** A double click is one; more than a few is a program. */
  resends: {
    what: "tokens given out again",
    per: "member",
    most: 30,
    seconds: MINUTE,
    kept: "memory",
    beyond: "refused",
    event: "limit.reached",
  },
  denials: {
    what: "denials recorded one by one",
    per: "member",
    most: 30,
    seconds: HOUR,
    kept: "memory",
    beyond: "unrecorded",
    event: "limit.reached",
  },
  refusals: {
    what: "refused tokens recorded one by one",
    per: "member",
    most: 30,
    seconds: HOUR,
    kept: "memory",
    beyond: "unrecorded",
    event: "limit.reached",
  },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof limits;
/** The limits of what a signed-in member does. */
export type MemberLimit = {
  [Name in LimitName]: (typeof limits)[Name]["per"] extends "member" ? Name : never;
}[LimitName];

/** More than any server takes in a header (Node's own limit is 16 KB for all of them): such a token goes nowhere. */
export const LONGEST_SENDABLE = 64 * 1024;

/** As many as one look-up answers at once. */
export const MOST_LOOKED_UP = 2_000;
