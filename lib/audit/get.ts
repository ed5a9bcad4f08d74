/** Reads one audit event whole, with the ledger row of the token that it is about. Never the token: nobody has it. */
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { reader } from "@/lib/db";
import type { Claims } from "@/lib/profiles/profile";

export type LedgerEntry = {
  number: number;
  jti: string;
  keyLabel: string;
  issuerName: string;
  door: string;
  issuedAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
  claims: Claims;
  template: string;
  purpose: string;
  sha256: string;
};

/** @returns undefined when there is no such event */
export async function getEvent(actor: Actor, sequence: number) {
  await authorize(actor, "audit.read");
  if (!Number.isSafeInteger(sequence) || sequence < 1 || sequence > 2_147_483_647) return undefined;
  const event = await reader().auditEvent.findUnique({ where: { sequence } });
  if (!event) return undefined;
  const row = event.jti ? await reader().issuedToken.findUnique({ where: { jti: event.jti } }) : null;
  const token: LedgerEntry | undefined = row ? { ...row, claims: JSON.parse(row.claims) as Claims } : undefined;
  return { ...event, detail: JSON.parse(event.detail) as Record<string, unknown>, token };
}
