/** What is handed over to be entered into the ledger, and what comes back of it. Holds no token: its hash is enough. */
import type { Actor } from "@/lib/auth/actor";
import type { Asked } from "@/lib/keys/policy";
import type { Claims, Facts } from "@/lib/profiles/profile";

/** A token that was signed, and of which nobody knows yet. */
export type NewEntry = {
  actor: Actor;
  /** When it was asked for: whoever writes the group may live by another clock. */
  at: Date;
  /** A UUID in small letters. */
  jti: string;
  profile: string;
  key: { id: string; label: string };
  secretVersionId: string;
  /** Seconds since 1970. */
  issuedAt: number;
  claims: Claims;
  /** What the ledger is searched by. */
  facts: Facts;
  /** What a policy speaks of. */
  asked: Asked;
  /** `version`: of a team's own, as it was read. */
  template: { id: string; name: string; version?: number } | null;
  purpose: string;
  /** Of the token, in hexadecimal. */
  sha256: string;
};

/** `taken`: another token has this id already. */
export type Entered = { state: "entered"; number: number } | { state: "taken"; jti: string };
