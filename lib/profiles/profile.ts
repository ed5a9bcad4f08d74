/** The shape of a vendor's profile: what its payload means, which rules it must keep, what a holder may do, and the words for it. Declarative, browser-safe; holds no key and asks no server. */
import type { Algorithm } from "@/lib/jwt/check-header";
import type { Finding } from "@/lib/jwt/finding";
import type { Targets } from "@/lib/profiles/targets";

/** A decoded payload: JSON values only. */
export type Claims = Record<string, unknown>;

/** A run of a plain sentence. `code` is an identifier, `strong` is stressed, `time` is a NumericDate in seconds that the page renders in the reader's zone; the part before it only leads to it. */
export type SentencePart = { kind: "text" | "code" | "strong"; text: string } | { kind: "time"; epochSeconds: number };

/** A run of what is said of the vendor: `left` is what is left until an instant, in seconds since 1970. */
export type AnswerPart = SentencePart | { kind: "left"; until: number };

/** What the vendor does with a token, as far as it can be told; the profile says it in words. */
export type VendorAnswer =
  | {
      does: "accepts";
      /** Seconds since 1970; undefined: it never ends. */
      until: number | undefined;
      /** Whether somebody can join with it. */
      join: Ability["answer"];
      /** It depends on a secret that the person pasted. */
      pastedSecret?: boolean;
    }
  | {
      does: "refuses";
      why: "no-token" | "form" | "signature" | "expired" | "not-yet" | "key" | "rule";
      /** Seconds since 1970: when its time comes. */
      at?: number;
      error?: { code: number; name: string };
    }
  | { does: "unknown"; why: "checking" | "unchecked" | "unknown-key" | "undocumented" };

/** What one payload asks for beyond another, or short of it. */
export type Difference = {
  /** The claim's name. */
  claim: string;
  kind: "more" | "less" | "other";
  /** Behind "it asks for": "30 days more", "the REST API". */
  words: string;
};

/** A name that a claim may hold. */
export type Choice = {
  value: string;
  /** What it permits, in two or three words. */
  label: string;
  help: string;
  /** Beside no other. */
  alone?: true;
};

/** A whole list of names that one chooses as one thing. */
export type Way = { names: readonly string[]; label: string; help: string };

/** A field of the issue form that is the vendor's own. Its name is also that of the claim about which a rule complains beside it. */
export type FormField = {
  name: string;
  label: string;
} & (
  | {
      /** Known names: each to tick for itself, or in one of the `ways`. */
      kind: "names";
      /** What the form asks with it. */
      heading: string;
      /** What a key's policy calls them; none: it says nothing of them. */
      limits?: "permissions" | "roles";
      /** What one of them is called. */
      one: string;
      choices: readonly Choice[];
      /** The lists that make sense, one of which is chosen. */
      ways?: readonly Way[];
    }
  /** An id that others compare: of the one room, or the one subject, that the token is good for. `empty`: what it is good for without one. `usual`: what the vendor's own ids look like; others may exist. `also`: what the vendor's programs call it. */
  | { kind: "id"; limits: "room" | "subject"; empty?: string; usual?: RegExp; also?: readonly string[] }
);

/** What the vendor's own fields hold, by name; an empty string or list means "not given". */
export type Given = Readonly<Record<string, string | readonly string[]>>;

/** A starting point for composing. */
export type Template = {
  /** Kept in the ledger and in policies: never given to another one. */
  id: string;
  name: string;
  /** What it is good for, in one short line. */
  help: string;
  /** The fields that it fills in. */
  given: Given;
  /** A duration as a person writes it: `2h`. */
  expiresIn: string;
  /** Of a team's own, which counts its changes; absent: the vendor's. */
  version?: number;
};

/** What a token is composed of. */
export type Composition = {
  apiKey: string;
  given: Given;
  /** Seconds since 1970. */
  issuedAt: number;
  /** Seconds since 1970: from when on it is good, if that is later. */
  startsAt?: number | undefined;
  /** Seconds since 1970. */
  expiresAt: number;
  jti: string;
};

/** What a refused token's claims become in the issue form. */
export type Mended = {
  given: Given;
  /** Whose secret should sign; empty when the claims do not say. */
  apiKey: string;
  /** What was corrected, one short sentence each. */
  changes: string[];
  /** The claims that were understood, whatever became of them. */
  read: ReadonlySet<string>;
};

/** A right so wide that a repair grants it only to who asks for it. */
export type Power = {
  /** What ticking it gives: "Moderation". */
  label: string;
  /** The field that holds it, and what the field holds without it. */
  field: string;
  without: string | readonly string[];
};

/** The circumstances in which an ability is asked about. All optional: what is not given is "any". */
export type Situation = {
  /** Seconds since 1970: the instant at which the vendor looks at the token, by the vendor's clock. */
  at: number;
  room?: string;
  subject?: string;
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
  /** With places for its instants, if it has any (lib/text/said.ts). */
  reason: string;
  /** Seconds since 1970. */
  instants?: readonly number[];
  vendorError?: { code: number; name: string };
};

/** Assumes a right signature. Never throws. */
export type AbilitiesOf = (claims: Claims, situation: Situation) => Ability[];

export type RuleContext = {
  /** Seconds since 1970. */
  now: number;
  /** The payload is being made, not found: where it may have come from need not be said. */
  composing?: boolean;
};

/** What only the vendor's own words can say: whole sentences, unless something else is said. */
export type Words = {
  /** Where a team finds its keys and secrets, within a sentence: "Acme's console". */
  dashboard: string;
  /** Where to copy a new key from, for its field of the form. */
  whereKeysAre: string;
  /** How to stop a token before it expires. */
  toStop: string;
  /** What follows "Its key is disabled here;". */
  keyDisabledToo: string;
  /** What follows "To stop the tokens of a key,". */
  toStopKey: string;
  /** Why bits that mean nothing matter, behind a colon. */
  strayBits: string;
  /** What the vendor says of clocks that differ: a whole sentence. */
  clockTolerance: string;
  /** Said while composing: what an expiry does not end. */
  afterExpiry: { title: string; detail: string };
  /** How the token is sent. */
  sending: string;
  /** Why no scheme may stand in front of it, behind "`Bearer` stands in front;". */
  withoutBearer: string;
};

/** How a token with mistakes becomes a form that has none. */
export type Repairing = {
  /** What the claims of a refused token were meant to be, granting less rather than more. Never throws. */
  repair(claims: Claims): Mended;
  /** Which of what a form holds is power over others or beyond a room. */
  powers(given: Given): Power[];
};

export type Profile = {
  id: string;
  name: string;
  /** In small letters: what else it is called, and was; a secret of nothing but that is guessed. */
  alsoCalled: readonly string[];
  /** What its tokens are signed with. The checks know this one alone: another algorithm is to be brought to them first. */
  algorithm: Algorithm;
  /** The claim that names the key. */
  keyClaim: string;
  /** What its keys and their secrets look like; each finds one in a text. */
  shapes: { key: RegExp; secret: RegExp };
  /** What settings files call the secret: a whole line of them may have been taken for it. */
  secretNames: readonly string[];
  words: Words;
  /** In the order of the form. */
  fields: readonly FormField[];
  /** In the order of the form, which begins with the first: it should grant little. */
  templates: readonly Template[];
  /** The claims that the vendor documents. */
  claimNames: readonly string[];
  /** Whether a payload of unknown origin is meant for this vendor. Never throws. */
  recognises(claims: Claims): boolean;
  /** The payload exactly as it will be signed, in the order in which it is signed. */
  buildClaims(composition: Composition): Claims;
  /** The key that the payload says it was signed for; undefined when it names none that could exist. */
  keyIdOf(claims: Claims): string | undefined;
  /** What the ledger is searched by. Never throws, whatever the payload. */
  facts(claims: Claims): Facts;
  /** What kind of token it is, in a word or two, for lists: where no template says it. Never throws, whatever the payload. */
  kindOf(claims: Claims): string;
  /** Every rule that the payload breaks (layer `rules`), `path` set, `range` not. Never throws, whatever the payload. */
  rules(claims: Claims, context: RuleContext): Finding[];
  /** One line: what the vendor does with a token. @param token what it is called within a sentence: "it", if not given */
  answer(given: VendorAnswer, token?: string): AnswerPart[];
  /** What `after` asks for that `before` does not, and the other way round; what widens it first. Never throws. */
  differences(before: Claims, after: Claims): Difference[];
  /** A few words on claims as they stand, by name. Never throws. */
  notesOf(claims: Claims): Readonly<Record<string, string>>;
  /** One plain sentence or two: what the holder may do, and until when. Never throws. */
  describe(claims: Claims, context: RuleContext): SentencePart[];
  /** What to think of before a payload is signed, as a sentence or two: how far it reaches, and what would limit it. Empty where it is limited. Never throws. */
  caution(claims: Claims): SentencePart[];
  /** Whether one gets in at all in a situation, assuming a right signature. Never throws. */
  entry(claims: Claims, situation: Situation): Ability["answer"];
  /** The whole table of what the token permits in a situation: a module of its own, fetched once there is a token. */
  loadAbilities(): Promise<AbilitiesOf>;
  /** A module of its own, fetched when a repair is wanted: tokens are looked at far more often. */
  loadRepairing(): Promise<Repairing>;
  /** What to do at the vendor when somebody else has a key's secret: steps, in order. A module of its own, too. */
  loadAfterLeak(): Promise<readonly string[]>;
  /** What a token can be put into: a module of its own, fetched once one was issued. */
  loadTargets(): Promise<Targets>;
};
