/** What a credential's scopes allow, in a line each. */
import type { Scope } from "@/lib/auth/roles";

export const scopeWords: Record<Scope, string> = {
  issue: "Issue tokens and batches, within the key's policy",
  inspect: "Judge tokens, and recognise secrets",
  revoke: "Mark its own tokens as revoked",
  "audit:read": "Read the ledger and the audit log",
};
