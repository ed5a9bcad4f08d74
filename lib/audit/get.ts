/** Reads one audit event whole. The ledger row of the token that it is about: lib/ledger/find.ts. */
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { reader } from "@/lib/db";
import { type AuditEventView, viewEvents } from "./view";

/** @returns undefined when there is no such event */
export async function getEvent(actor: Actor, sequence: number): Promise<AuditEventView | undefined> {
  await authorize(actor, "audit.read");
  if (!Number.isSafeInteger(sequence) || sequence < 1 || sequence > 2_147_483_647) return undefined;
  const event = await reader().auditEvent.findUnique({ where: { sequence } });
  return event ? (await viewEvents([event]))[0] : undefined;
}
