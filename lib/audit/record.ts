/** Records an audit event inside the transaction of the act that it tells of. There is no other way to write one, and none to change or delete one. */
import type { Actor, Visitor } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db";
import type { AuditAction, AuditDetail, Outcome } from "./actions";
import { dayOf } from "./day";
import { nextNumber } from "./next-number";

/** What an act was done to; the searched parts are columns. */
export type AuditTarget = {
  key?: { id: string; label: string };
  roomId?: string | null;
  participantId?: string | null;
  jti?: string | null;
  tokenNumber?: number;
  sha256?: string;
  memberId?: string;
};

/** Who did it: all that an event keeps of an actor. */
export type EventActor = Visitor | Pick<Actor, "kind" | "memberId" | "name" | "origin">;

/** @returns the event's sequence number */
export async function recordEvent<Action extends AuditAction>(
  tx: Tx,
  who: EventActor,
  event: { action: Action; outcome: Outcome; detail: AuditDetail<Action>; target?: AuditTarget; at?: Date },
): Promise<number> {
  const { target = {} } = event;
  const sequence = await nextNumber(tx, "audit");
  const at = event.at ?? new Date();
  const day = dayOf(at);
  await tx.auditDay.upsert({
    where: { day },
    create: { day, firstSequence: sequence, lastSequence: sequence },
    update: { lastSequence: sequence },
  });
  await tx.auditEvent.create({
    data: {
      sequence,
      at,
      action: event.action,
      outcome: event.outcome,
      actorId: who.kind === "member" ? who.memberId : null,
      actorName: who.kind === "member" ? who.name : "Nobody signed in",
      door: who.origin.door,
      address: who.origin.address,
      userAgent: who.origin.userAgent,
      requestId: who.origin.requestId,
      keyId: target.key?.id ?? null,
      keyLabel: target.key?.label ?? null,
      roomId: target.roomId ?? null,
      participantId: target.participantId ?? null,
      jti: target.jti ?? null,
      tokenNumber: target.tokenNumber ?? null,
      sha256: target.sha256 ?? null,
      memberId: target.memberId ?? null,
      detail: JSON.stringify(event.detail),
    },
  });
  return sequence;
}
