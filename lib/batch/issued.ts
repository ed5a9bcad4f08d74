/** What whoever asked for a batch is given: its tokens, once, and what they are for. */

export type IssuedRow = {
  /** The ledger's. */
  number: number;
  token: string;
  subject: string | null;
  room: string | null;
  /** Seconds since 1970. */
  expiresAt: number;
  purpose: string;
};

export type IssuedBatch = {
  /** "Batch 7". */
  batch: number;
  /** Whose tokens they are, by the profile's id. */
  profile: string;
  keyLabel: string;
  /** Seconds since 1970. */
  issuedAt: number;
  /** In the order in which they were asked for. */
  rows: IssuedRow[];
};
