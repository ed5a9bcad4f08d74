/**
 * Enters a batch into the ledger: all of its tokens, each with its event, and one event for the whole, in one commit, or
 * nothing. Its rows are made before anybody has to wait, and written by a thread of their own, so that pages are answered meanwhile. Looks again, under the lock, whether whoever asked still may,
 * and the key may still sign each of them, and refuses a batch that was entered before.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import { bytesOf } from "@/lib/audit/bytes";
import { noteNumbers, takeNumbers } from "@/lib/audit/next-number";
import { indexAhead, keepDays, recordAhead, recordEvents } from "@/lib/audit/record";
import { confirmActors, noLonger } from "@/lib/auth/confirm-actor";
import { type Ahead, type Blank, type FillingStatements, slicedTransaction } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { readPolicy } from "@/lib/keys/policy";
import { type KeyNow, refusalNow, templatesNow } from "./enter";
import { bytesOfJti, insertTokens, issuedEvent, keepTotals } from "./insert";
import type { NewEntry } from "./new-entry";

/** Rows that one statement inserts: a few milliseconds' work to make them. */
const ROWS_AT_ONCE = 100;

export type NewBatch = {
  /** A UUID in small letters, chosen by whoever asks: a batch that is sent again has the same. */
  requestId: string;
  /** Of all that was asked for, in hexadecimal. */
  askedSha256: string;
  /** One key's, in their order; of one actor. */
  entries: readonly NewEntry[];
  /** What all of it was for, where that was said. */
  purpose: string;
};

/** `taken`: it was entered before. */
export type EnteredBatch = { state: "entered"; batch: number; firstNumber: number } | { state: "taken" };

/** @throws AppError `conflict`, `unauthenticated`; any error means that nothing was entered */
export async function enterBatch(batch: NewBatch): Promise<EnteredBatch> {
  // Whoever came at the same time has the turn first.
  await nextTurn();
  const entered = await slicedTransaction(
    (statements) => writeAhead(statements, batch.entries),
    (statements) => enterAll(statements, batch),
  );
  if (entered.state === "entered") noteNumbers({ ledger: entered.firstNumber + batch.entries.length - 1 });
  return entered;
}

function* slicesOf<Item>(items: readonly Item[]): Generator<{ slice: readonly Item[]; from: number }> {
  for (let from = 0; from < items.length; from += ROWS_AT_ONCE)
    yield { slice: items.slice(from, from + ROWS_AT_ONCE), from };
}

/** All that does not depend on who came before. Book by book, which SQLite writes faster. */
function* writeAhead(statements: Ahead, entries: readonly NewEntry[]): Generator<void> {
  for (const { slice, from } of slicesOf(entries)) {
    const numberOf = (index: number): Blank => ({ counter: "ledger", plus: from + index + 1 });
    insertTokens(statements, slice, numberOf, { counter: "batch", plus: 1 });
    yield;
  }
  for (const write of [recordAhead, indexAhead])
    for (const { slice, from } of slicesOf(entries)) {
      write(
        statements,
        from,
        slice.map((entry) => issuedEvent(entry, 0)),
      );
      yield;
    }
}

function* enterAll(statements: FillingStatements, batch: NewBatch): Generator<void, EnteredBatch> {
  const { requestId, askedSha256, entries, purpose } = batch;
  const [one] = entries;
  if (!one) throw new Error("A batch has no token.");
  const { actor, key, at, template } = one;
  const request = bytesOfJti(requestId);
  const before = statements.rows(`SELECT "number" FROM "Batch" WHERE "requestId" = ?`, request);
  if (before.length > 0) return { state: "taken" };

  if (!confirmActors(statements, [actor])(actor)) throw noLonger(actor);
  const keys = statements.rows<KeyNow>(
    `SELECT "SigningKey"."id", "disabledAt", "policy", "SecretVersion"."id" AS "secretVersionId"
     FROM "SigningKey" LEFT JOIN "SecretVersion" ON "keyId" = "SigningKey"."id" AND "retiredAt" IS NULL
     WHERE "SigningKey"."id" = ?`,
    key.id,
  );
  // All that name one name the same: it is the form's.
  const isTemplate = templatesNow(statements, entries);
  const policy = keys[0] && readPolicy(keys[0].policy);
  const last = takeNumbers(statements, { ledger: entries.length, audit: entries.length + 1, batch: 1 });
  const firstNumber = last.ledger - entries.length + 1;
  const firstEvent = last.audit - entries.length;

  // The rows are written from here on, while it is judged whether they may be.
  statements.fill({ ledger: firstNumber - 1, audit: firstEvent - 1, batch: last.batch - 1 });
  for (const { slice, from } of slicesOf(entries)) {
    for (const [index, entry] of slice.entries()) {
      const refusal = refusalNow(entry, keys, policy, isTemplate);
      if (refusal) throw ofRow(refusal, from + index);
    }
    yield;
  }
  keepTotals(statements, entries);
  statements.insert("Batch", [
    {
      number: last.batch,
      requestId: request,
      askedSha256: bytesOf(askedSha256),
      firstNumber,
      tokens: entries.length,
    },
  ]);
  keepDays(statements, [
    { sequence: firstEvent, at },
    { sequence: last.audit - 1, at },
  ]);
  recordEvents(statements, last.audit, [
    {
      who: actor,
      event: {
        action: "batch.issued",
        outcome: "ok",
        detail: {
          batch: last.batch,
          tokens: entries.length,
          numbers: entries.length === 1 ? String(firstNumber) : `${firstNumber}-${last.ledger}`,
          ...(purpose ? { purpose } : {}),
        },
        target: { key: { id: key.id, label: key.label } },
        words: [template?.name ?? ""],
        at,
      },
    },
  ]);
  return { state: "entered", batch: last.batch, firstNumber };
}

/** What the policy refuses is a row's; what has become of the key is all of theirs. */
function ofRow(refusal: AppError, row: number): AppError {
  const { fields = {}, ...extra } = refusal.extra;
  if (fields.keyId || fields.template) return refusal;
  return new AppError(refusal.code, refusal.message, {
    ...extra,
    fields: Object.fromEntries(Object.entries(fields).map(([field, message]) => [`rows.${row}.${field}`, message])),
  });
}
