/** Looks a token up in the ledger by its SHA-256, and by its `jti` in case somebody altered it after issuing, or made another one in its name. */
import type { LedgerCheck } from "@/lib/decoder/inspection";
import type { TokenReading } from "@/lib/jwt/read";
import { findByJti, findBySha256, issuedEventsOf } from "@/lib/ledger/find";

export async function checkLedger(reading: TokenReading, sha256: string): Promise<LedgerCheck> {
  const jti = reading.claims?.jti;
  const row =
    (await findBySha256(sha256)) ?? (typeof jti === "string" ? await findByJti(jti.toLowerCase()) : undefined);
  if (!row) return { state: "absent" };
  const { secretVersionId: _, issuerId: __, sessionId: ___, claims, sha256: issued, ...told } = row;
  const entry = { ...told, event: (await issuedEventsOf([issued])).get(issued) ?? null };
  return issued === sha256 ? { state: "issued", entry } : { state: "altered", entry, claims };
}
