/** Looks a token up in the ledger by its SHA-256, and by its `jti` in case somebody altered it after issuing, or made another one in its name. */
import type { TokenReading } from "@/lib/jwt/read";
import { findByJti, findBySha256, issuedEventsOf } from "@/lib/ledger/find";
import type { LedgerRow } from "@/lib/ledger/row";
import type { Claims } from "@/lib/profiles/profile";

export type LedgerCheck =
  | { state: "issued"; entry: LedgerNote }
  /** A token with this `jti` was issued here, with other bytes. */
  | { state: "altered"; entry: LedgerNote; claims: Claims }
  | { state: "absent" };

/** What the decoder tells of a ledger row. */
export type LedgerNote = Omit<LedgerRow, "secretVersionId" | "issuerId" | "sessionId" | "claims" | "sha256"> & {
  /** The audit event, for a link. */
  event: number | null;
};

export async function checkLedger(reading: TokenReading, sha256: string): Promise<LedgerCheck> {
  const jti = reading.claims?.jti;
  const row =
    (await findBySha256(sha256)) ?? (typeof jti === "string" ? await findByJti(jti.toLowerCase()) : undefined);
  if (!row) return { state: "absent" };
  const { secretVersionId: _, issuerId: __, sessionId: ___, claims, sha256: issued, ...told } = row;
  const entry = { ...told, event: (await issuedEventsOf([issued])).get(issued) ?? null };
  return issued === sha256 ? { state: "issued", entry } : { state: "altered", entry, claims };
}
