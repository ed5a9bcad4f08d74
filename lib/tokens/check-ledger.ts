/** Looks a token up in the ledger by its SHA-256, and by its `jti` in case somebody altered it after issuing, or made another one in its name. */
import { reader } from "@/lib/db";
import type { TokenReading } from "@/lib/jwt/read";
import type { Claims } from "@/lib/profiles/profile";

export type LedgerCheck =
  | { state: "issued"; entry: LedgerNote }
  /** A token with this `jti` was issued here, with other bytes. */
  | { state: "altered"; entry: LedgerNote; claims: Claims }
  | { state: "absent" };

/** What the decoder tells of a ledger row. Instants are seconds since 1970. */
export type LedgerNote = {
  number: number;
  jti: string;
  issuerName: string;
  issuedAt: number;
  expiresAt: number;
  door: string;
  keyId: string;
  keyLabel: string;
  roomId: string | null;
  participantId: string | null;
  /** Empty: from none. */
  template: string;
  purpose: string;
  /** A mark of ours: VideoSDK does not consult it. */
  revokedAt: number | null;
  /** The audit event, for a link. */
  event: number | null;
};

export async function checkLedger(reading: TokenReading, sha256: string): Promise<LedgerCheck> {
  const jti = reading.claims?.jti;
  const row =
    (await reader().issuedToken.findUnique({ where: { sha256 } })) ??
    (typeof jti === "string" ? await reader().issuedToken.findUnique({ where: { jti: jti.toLowerCase() } }) : null);
  if (!row) return { state: "absent" };
  const event = await reader().auditEvent.findFirst({
    where: { jti: row.jti, action: "token.issued" },
    select: { sequence: true },
  });
  const entry: LedgerNote = {
    number: row.number,
    jti: row.jti,
    issuerName: row.issuerName,
    issuedAt: row.issuedAt.getTime() / 1000,
    expiresAt: row.expiresAt.getTime() / 1000,
    door: row.door,
    keyId: row.keyId,
    keyLabel: row.keyLabel,
    roomId: row.roomId,
    participantId: row.participantId,
    template: row.template,
    purpose: row.purpose,
    revokedAt: row.revokedAt ? row.revokedAt.getTime() / 1000 : null,
    event: event?.sequence ?? null,
  };
  return row.sha256 === sha256
    ? { state: "issued", entry }
    : { state: "altered", entry, claims: JSON.parse(row.claims) as Claims };
}
