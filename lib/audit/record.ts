/** Records audit events inside the transaction of the act that they tell of. There is no other way to write one, and none to change or delete one. */
import type { Actor, Visitor } from "@/lib/auth/actor";
import type { Statements, Tx } from "@/lib/db";
import type { AuditAction, AuditDetail, Outcome } from "./actions";
import { dayOf } from "./day";
import { nextNumber, takeNumbers } from "./next-number";

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

export type NewEvent<Action extends AuditAction> = {
  action: Action;
  outcome: Outcome;
  detail: AuditDetail<Action>;
  target?: AuditTarget;
  at?: Date;
};

/** The event as a row of the log. */
export function eventRow<Action extends AuditAction>(
  sequence: number,
  who: EventActor,
  { action, outcome, detail, target = {}, at = new Date() }: NewEvent<Action>,
) {
  return {
    sequence,
    at,
    action,
    outcome,
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
    detail: JSON.stringify(detail),
  };
}

/** @returns the event's sequence number */
export async function recordEvent<Action extends AuditAction>(
  tx: Tx,
  who: EventActor,
  event: NewEvent<Action>,
): Promise<number> {
  const sequence = await nextNumber(tx, "audit");
  const row = eventRow(sequence, who, event);
  const day = dayOf(row.at);
  await tx.auditDay.upsert({
    where: { day },
    create: { day, firstSequence: sequence, lastSequence: sequence },
    update: { lastSequence: sequence },
  });
  await tx.auditEvent.create({ data: row });
  return sequence;
}

/**
 * Records many at once, with the same few statements for one as for many.
 * @param rowsFrom the rows, given the first of their sequence numbers
 */
export function recordEvents(
  statements: Statements,
  count: number,
  rowsFrom: (first: number) => ReturnType<typeof eventRow>[],
): void {
  const last = takeNumbers(statements, "audit", count);
  const rows = rowsFrom(last - count + 1);
  statements.insert("AuditEvent", rows);
  // Of one commit: they are of one day, unless midnight lies between them.
  for (const day of new Set(rows.map(({ at }) => dayOf(at)))) {
    const sequences = rows.filter(({ at }) => dayOf(at) === day).map(({ sequence }) => sequence);
    statements.rows(
      `INSERT INTO "AuditDay" ("day", "firstSequence", "lastSequence") VALUES (?, ?, ?)
       ON CONFLICT ("day") DO UPDATE SET "lastSequence" = excluded."lastSequence" RETURNING "day"`,
      day,
      Math.min(...sequences),
      Math.max(...sequences),
    );
  }
}
