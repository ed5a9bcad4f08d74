/** A row of the ledger as the rest of the product sees it: claims parsed once, instants in seconds since 1970. Never the token: nobody has it. */
import type { Claims } from "@/lib/profiles/profile";
import type { IssuedToken } from "@/prisma/generated/client";

export type LedgerRow = {
  /** "No. 48,213". */
  number: number;
  jti: string;
  keyId: string;
  keyLabel: string;
  secretVersionId: string;
  issuerId: string;
  issuerName: string;
  /** The session that asked for it; null in rows of an earlier version. */
  sessionId: string | null;
  door: string;
  issuedAt: number;
  expiresAt: number;
  /** As they were signed. */
  claims: Claims;
  roomId: string | null;
  participantId: string | null;
  /** Empty: from none. */
  template: string;
  purpose: string;
  /** Of the token, in hexadecimal. */
  sha256: string;
  /** A mark of ours: the vendor does not consult it. */
  revokedAt: number | null;
};

const seconds = (at: Date) => at.getTime() / 1000;

/** @throws Error when the claims are no JSON object, which no row that this desk wrote can be */
export function ledgerRow(row: IssuedToken): LedgerRow {
  const { permissions: _, roles: __, claims, issuedAt, expiresAt, revokedAt, ...rest } = row;
  return {
    ...rest,
    claims: readClaims(claims),
    issuedAt: seconds(issuedAt),
    expiresAt: seconds(expiresAt),
    revokedAt: revokedAt && seconds(revokedAt),
  };
}

function readClaims(text: string): Claims {
  const claims: unknown = JSON.parse(text);
  if (typeof claims !== "object" || claims === null || Array.isArray(claims))
    throw new Error("A ledger row's claims are no JSON object.");
  return claims as Claims;
}
