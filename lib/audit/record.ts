/** Records audit events inside the transaction of the act that they tell of. There is no other way to write one, and none to change or delete one. */

import { idOf } from "@/lib/auth/actor";
import { now } from "@/lib/clock";
import { type Ahead, indexText, indexTexts, type Statements, type Tx } from "@/lib/db";
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
    room: target.token?.room ?? target.room ?? null,
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

type ToRecord = { who: EventActor; event: NewEvent<AuditAction> };

/** Records many at once, with the same few statements for one as for many. @param first the first of their numbers, which are taken already */
export function recordEvents(statements: Statements, first: number, events: readonly ToRecord[]): void {
  const rows = events.map(({ who, event }, index) => eventRow(first + index, who, event));
  statements.insert("AuditEvent", rows);
  const texts = events.map(({ who, event }, index) => ({ sequence: first + index, text: searchedText(who, event) }));
  indexTexts(statements, texts);
  keepDays(statements, rows);
}

/** Which of the numbers are whose day's. */
export function keepDays(statements: Statements, events: readonly { sequence: number; at: Date }[]): void {
  // Of one commit: they are of one day, unless midnight lies between them.
  const days = [...new Set(events.map(({ at }) => dayOf(at)))].map((day) => {
    const sequences = events.filter(({ at }) => dayOf(at) === day).map(({ sequence }) => sequence);
    return [day, Math.min(...sequences), Math.max(...sequences)];
  });
  statements.run(
    `INSERT INTO "AuditDay" ("day", "firstSequence", "lastSequence") VALUES ${days.map(() => "(?, ?, ?)").join(", ")}
     ON CONFLICT ("day") DO UPDATE SET "lastSequence" = excluded."lastSequence"`,
    ...days.flat(),
  );
}

/** In a canonical text nothing but the member itself reads so: within a string its quotes would be escaped. */
const NO_NUMBER = ',"tokenNumber":0,';

/**
 * The same for tokens of a batch, whose numbers are blank yet; `indexAhead` and `keepDays` are the rest of it.
 * @param from how many are before them in the batch
 * @param events of tokens, with 0 for their numbers
 */
export function recordAhead(statements: Ahead, from: number, events: readonly ToRecord[]): void {
  statements.insert(
    "AuditEvent",
    events.map(({ who, event }, index) => {
      const row = eventRow(0, who, event);
      const [before, after, ...more] = row.body.split(NO_NUMBER);
      if (before === undefined || after === undefined || more.length > 0)
        throw new Error("An event of a batch does not name its token once.");
      const plus = from + index + 1;
      return {
        ...row,
        sequence: { counter: "audit", plus },
        tokenNumber: { counter: "ledger", plus },
        body: { counter: "ledger", plus, before: `${before},"tokenNumber":`, after: `,${after}` },
      };
    }),
  );
}

/** Lets those be found. Apart: SQLite writes its index out whenever rows of another table follow, so of a batch it comes last. */
export function indexAhead(statements: Ahead, from: number, events: readonly ToRecord[]): void {
  const texts = events.map(({ who, event }, index) => ({
    sequence: { counter: "audit", plus: from + index + 1 },
    text: searchedText(who, event),
  }));
  indexTexts(statements, texts);
}
