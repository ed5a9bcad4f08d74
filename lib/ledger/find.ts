/** Finds rows of the ledger: by a token's id, by its hash, or many hashes at once. */

import { bytesOf, jtiBytes } from "@/lib/audit/bytes";
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { reader, readRows } from "@/lib/db";
import { type LedgerRow, ledgerRow } from "./row";

/** SQLite's adapter takes 999 parameters in one query. */
const MOST_AT_ONCE = 900;

/** For who may read the books. @throws AppError `forbidden` */
export async function findToken(actor: Actor, number: number): Promise<LedgerRow | undefined> {
  await authorize(actor, "audit.read");
  const row = await reader().issuedToken.findUnique({ where: { number } });
  return row ? ledgerRow(row) : undefined;
}

/** @returns those that are there, by number */
export async function findTokens(numbers: readonly number[]): Promise<LedgerRow[]> {
  const rows = await inPortions(numbers, (number) =>
    reader().issuedToken.findMany({ where: { number: { in: number } } }),
  );
  return rows.map(ledgerRow).sort((a, b) => a.number - b.number);
}

/** @param jti in small letters */
export async function findByJti(jti: string): Promise<LedgerRow | undefined> {
  const bytes = jtiBytes(jti);
  const row = bytes && (await reader().issuedToken.findUnique({ where: { jti: bytes } }));
  return row ? ledgerRow(row) : undefined;
}

/** @param sha256 of the token, in hexadecimal */
export async function findBySha256(sha256: string): Promise<LedgerRow | undefined> {
  const row = await reader().issuedToken.findUnique({ where: { sha256: bytesOf(sha256) } });
  return row ? ledgerRow(row) : undefined;
}

/** @param hashes in hexadecimal @returns those that are there, by number */
export async function findAllBySha256(hashes: readonly string[]): Promise<LedgerRow[]> {
  const rows = await inPortions(hashes.map(bytesOf), (sha256) =>
    reader().issuedToken.findMany({ where: { sha256: { in: sha256 } } }),
  );
  return rows.map(ledgerRow).sort((a, b) => a.number - b.number);
}

/**
 * The audit events that tell of their issue: of each token the first that names it, since it is recorded as the number is taken.
 * Not asked for by their action, which almost all events have in common.
 * @returns sequence numbers by the ledger's
 */
export async function issuedEventsOf(numbers: readonly number[]): Promise<Map<number, number>> {
  const events = await inPortions(numbers, (portion) =>
    readRows<{ number: number; sequence: number | null }>(
      `WITH "asked" ("number") AS (VALUES ${portion.map(() => "(?)").join(", ")})
       SELECT "number", (
         SELECT "sequence" FROM "AuditEvent" WHERE "tokenNumber" = "number" ORDER BY "sequence" LIMIT 1
       ) AS "sequence" FROM "asked"`,
      ...portion,
    ),
  );
  return new Map(events.flatMap(({ number, sequence }) => (sequence === null ? [] : [[number, sequence]])));
}

async function inPortions<Value, Row>(
  values: readonly Value[],
  find: (portion: Value[]) => Promise<Row[]>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let from = 0; from < values.length; from += MOST_AT_ONCE)
    rows.push(...(await find(values.slice(from, from + MOST_AT_ONCE))));
  return rows;
}
