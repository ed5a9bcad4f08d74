/** What whoever asked for a token is given: the token, once, and what its claim check says. */
import type { Claims } from "@/lib/profiles/profile";

export type IssuedTokenResult = {
  token: string;
  /** The ledger's running number. */
  number: number;
  claims: Claims;
  /** Whose token it is, by the profile's id. */
  profile: string;
  keyLabel: string;
  purpose: string;
};
