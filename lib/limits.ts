/** The one table of limits: what, per whom, how many, how long, and what reaching it does; that it was reached is recorded. Below it, what the server's edge takes. Browser-safe; counts nothing itself: throttle.ts in lib/auth does in the database, so that no restart forgives a guess, and count-against.ts in memory, what a known member does; create-edge-server.ts and receive-body.ts in lib/start count sockets and bodies. */

export type Limit = {
  /** In words, for the event that tells of it. */
  what: string;
  per: "member" | "address" | "account" | "account and address" | "device" | "link";
  most: number;
  seconds: number;
  /** Refused: until the window ends. Slowed: answered later. Unrecorded: done or refused as before, without an event of its own; together: with one event for all of them at the window's end. */
  beyond: "refused" | "slowed" | "unrecorded" | "together";
};

const MINUTE = 60;
const QUARTER = 15 * MINUTE;
const HOUR = 60 * MINUTE;

/** An address is what lib/auth/address-key.ts makes of it: an IPv6 one counts by its /64, and more softly by its /48 (SITE_FACTOR). */
export const limits = {
  /** Counted before the password is looked at; a right one gives its own attempt back. */
  accountAtAddress: {
    what: "attempts to sign in to one account from one address",
    per: "account and address",
    most: 8,
    seconds: QUARTER,
    beyond: "refused",
  },
  signInsAtAddress: {
    what: "attempts to sign in from one address",
    per: "address",
    most: 40,
    seconds: QUARTER,
    beyond: "refused",
  },
  /** Never a refusal: whoever could bring that about would lock the owner out. */
  signInsToAccount: {
    what: "attempts to sign in to one account from anywhere",
    per: "account",
    most: 40,
    seconds: QUARTER,
    beyond: "slowed",
  },
  /** A browser in which the account signed in before; beyond these it counts like any other. */
  signInsFromDevice: {
    what: "attempts to sign in from a device that did before",
    per: "device",
    most: 8,
    seconds: QUARTER,
    beyond: "refused",
  },
  /** Wrong codes only; the right one is never refused. */
  setupCodes: {
    what: "wrong setup codes from one address",
    per: "address",
    most: 8,
    seconds: QUARTER,
    beyond: "refused",
  },
  /** Wrong ones only; the right one is never refused. */
  invitationCodes: {
    what: "wrong invitation links from one address",
    per: "address",
    most: 8,
    seconds: QUARTER,
    beyond: "refused",
  },
  handoverLinks: {
    what: "wrong hand-over links from one address",
    per: "address",
    most: 8,
    seconds: QUARTER,
    beyond: "refused",
  },
  handovers: {
    what: "hand-over links made",
    per: "member",
    most: 60,
    seconds: HOUR,
    beyond: "refused",
  },
  resetCodes: {
    what: "wrong reset links from one address",
    per: "address",
    most: 8,
    seconds: QUARTER,
    beyond: "refused",
  },
  /** Each is work, whoever does it; the right link's holder alone can use them up. */
  newPasswords: {
    what: "passwords chosen with one link",
    per: "link",
    most: 20,
    seconds: QUARTER,
    beyond: "refused",
  },
  /** The current one, before a new one is taken: by whoever finds an open desk. A right one gives its attempt back. */
  ownPassword: {
    what: "wrong guesses at the password of one's own account",
    per: "account",
    most: 8,
    seconds: QUARTER,
    beyond: "refused",
  },
  renames: {
    what: "changes of one's own name",
    per: "member",
    most: 20,
    seconds: HOUR,
    beyond: "refused",
  },
  /** Each is an event and two hashes, with the right password too. */
  passwordChanges: {
    what: "changes of one's own password",
    per: "member",
    most: 20,
    seconds: HOUR,
    beyond: "refused",
  },
  resetLinks: {
    what: "reset links made",
    per: "member",
    most: 60,
    seconds: HOUR,
    beyond: "refused",
  },
  /** What a stranger fails at, of each kind: the first at once, and the others of that minute; of a site, SITE_FACTOR of its networks each so, and the others of them as one. */
  failuresAtAddress: {
    what: "failures recorded one by one",
    per: "address",
    most: 1,
    seconds: MINUTE,
    beyond: "together",
  },
  /** With the right password: nobody else can use them up. More is a program, and each leaves a session and an event. */
  signIns: {
    what: "times signed in",
    per: "member",
    most: 30,
    seconds: HOUR,
    beyond: "refused",
  },
  /** A look-up or a scan counts as one. */
  inspections: {
    what: "inspections",
    per: "member",
    most: 120,
    seconds: MINUTE,
    beyond: "refused",
  },
  /** Each may hold thousands of tokens. */
  batches: {
    what: "batches issued",
    per: "member",
    most: 60,
    seconds: HOUR,
    beyond: "refused",
  },
  /** A double click is one; more than a few is a program. */
  resends: {
    what: "tokens given out again",
    per: "member",
    most: 30,
    seconds: MINUTE,
    beyond: "refused",
  },
  /** New links for the same one too. */
  invitations: {
    what: "invitations",
    per: "member",
    most: 60,
    seconds: HOUR,
    beyond: "refused",
  },
  /** Of whoever proposes, too; accepting, moving and hiding are not counted. */
  templates: {
    what: "templates saved or changed",
    per: "member",
    most: 60,
    seconds: HOUR,
    beyond: "refused",
  },
  exports: {
    what: "exports of the audit log",
    per: "member",
    most: 20,
    seconds: HOUR,
    beyond: "refused",
  },
  denials: {
    what: "denials recorded one by one",
    per: "member",
    most: 30,
    seconds: HOUR,
    beyond: "unrecorded",
  },
  refusals: {
    what: "refused tokens recorded one by one",
    per: "member",
    most: 30,
    seconds: HOUR,
    beyond: "unrecorded",
  },
  /** A full disk keeps both of them out of the audit log, and the server's log must not fill it further. */
  unwritten: {
    what: "denials and refusals told in the server's log, while the audit log cannot be written",
    per: "member",
    most: 30,
    seconds: HOUR,
    beyond: "unrecorded",
  },
} as const satisfies Record<string, Limit>;

/** What the server's edge takes at the same time, of which size, and how slowly; beyond it a socket is closed, or a body refused. */
export const edgeLimits = {
  /** Enough for a few hundred browsers of six connections each; 50 MB of memory at most. */
  connections: 2_000,
  /** An office behind one router has a few dozen browsers. Not counted where many people come from one address. */
  connectionsFromAddress: 256,
  /** A request's head is one packet or two: also over a bad line it is here in this time. */
  headMs: 10_000,
  /** Nothing came and nothing went: whoever does not read what was asked for must not hold the socket. */
  standstillMs: 60_000,
  /** What an app sends its token server: two ids, and whatever else it likes to say. */
  callBodyBytes: 4 * 1024,
  smallBodyBytes: 64 * 1024,
  /** 64 KiB at 2 KiB/s. */
  smallBodyMs: 32_000,
  /** A look-up of two thousand hashes is half of it, and so is the longest token that a program sends. Taken only from a session or with a credential; as `bodySizeLimit` in next.config.js. */
  largeBodyBytes: 256 * 1024,
  /** 256 KiB at 2 KiB/s, as a small one. */
  largeBodyMs: 128_000,
  /** Ten thousand rows of 400 bytes. Taken only from a session or with a credential, at the one address of each that a batch is sent to. */
  batchBodyBytes: 4 * 1024 * 1024,
  /** Together they may take 4 MB, and 64 MB where each is a batch. */
  largeBodies: 16,
  largeBodiesOfMember: 4,
} as const;

/** How long a resend may ask for its token; after that it has been shown once. */
export const RESEND_SECONDS = MINUTE;

/** A site that has an IPv6 /48 has 65,536 of the /64s that count as one address each: together they may do so many times as much. */
export const SITE_FACTOR = 8;

export type LimitName = keyof typeof limits;
/** The limits of what a signed-in member does. */
export type MemberLimit = {
  [Name in LimitName]: (typeof limits)[Name]["per"] extends "member" ? Name : never;
}[LimitName];
