/**
 * Enters a batch into the ledger: all of its tokens, each with its event, and one event for the whole, in one commit, or
 * nothing. In slices, so that pages are answered meanwhile. Looks again, under the lock, whether whoever asked still may,
 * and the key may still sign each of them, and refuses a batch that was entered before.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import { bytesOf } from "@/lib/audit/bytes";
import { takeNumbers } from "@/lib/audit/next-number";
import { recordEvents } from "@/lib/audit/record";
import { confirmActors, noLonger } from "@/lib/auth/confirm-actor";
import { type Statements, slicedTransaction } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { readPolicy } from "@/lib/keys/policy";
import { type KeyNow, refusalNow, templatesNow } from "./enter";
import { bytesOfJti, insertEntries, keepTotals } from "./insert";
import type { NewEntry } from "./new-entry";

/** Rows that one statement inserts: a few milliseconds' work. */
const ROWS_AT_ONCE = 40;

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
  return slicedTransaction((statements) => enterSlices(statements, batch));
}

function* enterSlices(statements: Statements, batch: NewBatch): Generator<void, EnteredBatch> {
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

  for (let from = 0; from < entries.length; from += ROWS_AT_ONCE) {
    const slice = entries.slice(from, from + ROWS_AT_ONCE);
    for (const [index, entry] of slice.entries()) {
      const refusal = refusalNow(entry, keys, policy, isTemplate);
      if (refusal) throw ofRow(refusal, from + index);
    }
    insertEntries(statements, slice, { ledger: firstNumber + from, audit: firstEvent + from }, last.batch);
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
