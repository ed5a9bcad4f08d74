/** What only the server can say of a token: whose secret signed it and how, and what the ledger knows. Types alone; lib/tokens/inspect.ts finds it out. */
import type { Claims } from "@/lib/profiles/profile";

export type Inspection = {
  /** `right`, or a `mistake`, for a token that the ledger calls `altered`: whoever altered it has the secret. */
  signature: SignatureCheck;
  ledger: LedgerCheck;
  /** Whether the key that the claims name is disabled here; null when it is none of this desk's. */
  keyDisabled: boolean | null;
  /** Present when a secret of this desk made it and it was not issued here as it stands. */
  elsewhere?: {
    /** The key whose secret it was. */
    keyId: string;
    /** Whether something else signs with that secret too; null: nobody has said. */
    signsElsewhere: "yes" | "no" | null;
    /** The case that it is collected in; absent when it is in none. */
    caseNumber?: number;
    /** It is the first of that case. */
    caseOpened?: true;
    /** Who acknowledged that case, when (seconds since 1970), and what they wrote, for who may read cases; absent while nobody has. */
    caseAcknowledged?: { by: string; at: number; note: string };
  };
  /** The key that the claims name but for capitals; absent where they name one letter for letter, or none. */
  keyInOtherCapitals?: string;
  /** Whose key signed it or is named by it, by the profile's id; absent when it is none of this desk's. */
  profile?: string;
  /** Whoever asks may use some of the desk's keys: it was compared with their secrets alone. */
  ofSomeKeys?: true;
  /** Why the look could not be recorded; absent when it was, or when there was nothing to record. */
  unrecorded?: string;
};

export type SignatureCheck =
  /** `retiredAt`: seconds since 1970; `otherKey`: right, but the claims name another key than the one whose secret signed; `namesOwn`: one of this desk. */
  | { state: "right"; keyLabel: string; retired: boolean; retiredAt?: number; otherKey: boolean; namesOwn?: boolean }
  | { state: "mistake"; keyLabel: string; retired: boolean; mistake: Mistake }
  /** The claims name a key of ours, and none of our secrets made this signature. */
  | { state: "wrong"; keyLabel: string }
  | { state: "unknown-key" };

/** The right secret, used wrongly. */
export type Mistake =
  | "base64-decoded"
  | "hex-decoded"
  | "trailing-newline"
  | "white-space"
  | "quoted"
  | "signs"
  | "byte-order-mark"
  | "utf-16"
  | "encoded"
  | "capitals"
  | "hs384"
  | "hs512"
  | "api-key-as-secret";

export type LedgerCheck =
  | { state: "issued"; entry: LedgerNote }
  /** A token with this `jti` was issued here, with other bytes. `sameClaims`: with these claims; `claims`: the issued one's, for who may read the ledger. */
  | { state: "altered"; entry: LedgerNote; sameClaims?: true; claims?: Claims }
  | { state: "absent" };

/** What the decoder tells of a ledger row. Instants are seconds since 1970. */
export type LedgerNote = {
  number: number;
  jti: string;
  actorName: string;
  /** "Ask Maya": whom to ask about it; an admin, where Maya is disabled by now; nobody, where Maya looks: "You issued it". Whole from the server, since the page is to be light. */
  ask: string;
  issuedAt: number;
  expiresAt: number;
  via: string;
  keyId: string;
  keyLabel: string;
  room: string | null;
  subject: string | null;
  /** Null: from none. */
  templateName: string | null;
  purpose: string;
  /** A mark of ours: the vendor does not consult it. */
  revokedAt: number | null;
  /** Who set it; and why, for who may see the ledger. */
  revokedByName: string | null;
  revokedReason: string | null;
  /** The audit event, for a link; null for who may not see the ledger, who is told neither room nor purpose. */
  event: number | null;
};
