/** Records audit events inside the transaction of the act that they tell of. There is no other way to write one, and none to change or delete one. */

import { idOf } from "@/lib/auth/actor";
import { now } from "@/lib/clock";
import { indexText, indexTexts, type Statements, type Tx } from "@/lib/db";
import type { AuditAction } from "./actions";
import { dayOf } from "./day";
import { type EventActor, type NewEvent, writeBody } from "./event";
import { nextNumber } from "./next-number";
import { searchedText } from "./searched-text";

/** The event as a row of the log. */
export function eventRow<Action extends AuditAction>(sequence: number, who: EventActor, event: NewEvent<Action>) {
  const { action, target = {}, at = now() } = event;
  return {
    sequence,
    at,
    action,
    actorId: who.kind === "visitor" ? null : idOf(who),
    keyId: target.key?.id ?? target.token?.keyId ?? null,
    room: target.token?.room ?? null,
    subject: target.token?.subject ?? null,
    tokenNumber: target.token?.number ?? null,
    sha256: target.sha256 === undefined ? null : Buffer.from(target.sha256, "hex"),
    body: writeBody(who, event, at),
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
  await indexText(tx, { sequence, text: searchedText(who, event) });
  return sequence;
}

/** Records many at once, with the same few statements for one as for many. @param first the first of their numbers, which are taken already */
export function recordEvents(
  statements: Statements,
  first: number,
  events: readonly { who: EventActor; event: NewEvent<AuditAction> }[],
): void {
  const rows = events.map(({ who, event }, index) => eventRow(first + index, who, event));
  statements.insert("AuditEvent", rows);
  indexTexts(
    statements,
    events.map(({ who, event }, index) => ({ sequence: first + index, text: searchedText(who, event) })),
  );
  // Of one commit: they are of one day, unless midnight lies between them.
  const days = [...new Set(rows.map(({ at }) => dayOf(at)))].map((day) => {
    const sequences = rows.filter(({ at }) => dayOf(at) === day).map(({ sequence }) => sequence);
    return [day, Math.min(...sequences), Math.max(...sequences)];
  });
  statements.rows(
    `INSERT INTO "AuditDay" ("day", "firstSequence", "lastSequence") VALUES ${days.map(() => "(?, ?, ?)").join(", ")}
     ON CONFLICT ("day") DO UPDATE SET "lastSequence" = excluded."lastSequence" RETURNING "day"`,
    ...days.flat(),
  );
}
