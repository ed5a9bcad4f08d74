/** What the ledger says of a token that was issued here and found in a text. Types alone; lib/tokens/look-up.ts finds it out. Instants are seconds since 1970. */
export type LedgerMatch = {
  sha256: string;
  number: number;
  actorName: string;
  keyLabel: string;
  purpose: string;
  issuedAt: number;
  expiresAt: number;
  /** A mark of ours: the vendor does not consult it. */
  revokedAt: number | null;
  /** The secret that signed it was rotated away since. */
  secretRetired: boolean;
  keyDisabled: boolean;
  /** The audit event, for a link; null for who may not see the ledger. */
  event: number | null;
};

export type LookedUp = {
  matches: LedgerMatch[];
  /** What is said when it could not be recorded that somebody looked; the answer holds all the same. */
  unrecorded?: string;
};
