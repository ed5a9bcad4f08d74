/** The shape of a vendor's profile: what its payload means, which rules it must keep, and what a holder may do. Declarative, browser-safe; holds no key and asks no server. */
import type { Finding } from "@/lib/jwt/finding";

/** A decoded payload: JSON values only. */
export type Claims = Record<string, unknown>;

/** A run of a plain sentence. `code` is an identifier, `strong` is stressed, `time` is a NumericDate in seconds that the page renders in the reader's zone. */
export type SentencePart = { kind: "text" | "code" | "strong"; text: string } | { kind: "time"; epochSeconds: number };

/** One thing that a form can tick. */
export type Choice = { value: string; help: string };

/** A starting point for composing. The ledger keeps its name, so a name is not given to something else later. */
export type Template = {
  name: string;
  help: string;
  permissions: readonly string[];
  roles: readonly string[];
  /** A duration as a person writes it: `2h`. */
  expiresIn: string;
};

/** What a person fills in to compose a token; empty strings and arrays mean "not given". */
export type Composition = {
  apiKey: string;
  permissions: string[];
  roomId: string;
  participantId: string;
  roles: string[];
  /** Seconds since 1970. */
  issuedAt: number;
  /** Seconds since 1970. */
  expiresAt: number;
  jti: string;
};

/** The circumstances in which an ability is asked about. All optional: what is not given is "any". */
export type Situation = {
  /** Seconds since 1970: the instant at which VideoSDK looks at the token, by VideoSDK's clock. */
  at: number;
  roomId?: string;
  participantId?: string;
};

/** What the ledger is searched by, whatever the vendor calls it. Says nothing of a token's time. */
export type Facts = {
  /** The one room that it is good for; null: any, or none that can be named. */
  room: string | null;
  /** Whom it is good for; null: anybody. */
  subject: string | null;
  /** Whether it may have power over others in a room. */
  moderates: boolean;
  /** Whether the vendor's HTTP API may take it. */
  callsRest: boolean;
};

export type Ability = {
  /** Stable: `join`, `join-other-room`, `admit`, `rest-rooms` … */
  id: string;
  label: string;
  answer: "yes" | "no" | "asks-first" | "unclear";
  reason: string;
  vendorError?: { code: number; name: string };
};

export type RuleContext = {
  /** Seconds since 1970. */
  now: number;
  /** The payload is being made, not found: where it may have come from need not be said. */
  composing?: boolean;
};

export type Profile = {
  id: string;
  name: string;
  permissions: readonly Choice[];
  roles: readonly Choice[];
  templates: readonly Template[];
  /** A word on each known claim, by its name. */
  claimNotes: Readonly<Record<string, string>>;
  /** The payload exactly as it will be signed, in the order in which it is signed. */
  buildClaims(composition: Composition): Claims;
  /** The key that the payload says it was signed for; undefined when it names none that could exist. */
  keyIdOf(claims: Claims): string | undefined;
  /** What the ledger is searched by. Never throws, whatever the payload. */
  facts(claims: Claims): Facts;
  /** Every rule that the payload breaks (layer `rules`), `path` set, `range` not. Never throws, whatever the payload. */
  rules(claims: Claims, context: RuleContext): Finding[];
  /** One plain sentence or two: what the holder may do, and until when. Never throws. */
  describe(claims: Claims, context: RuleContext): SentencePart[];
  /** What the token permits in a situation, assuming a right signature. Never throws. */
  abilities(claims: Claims, situation: Situation): Ability[];
};
