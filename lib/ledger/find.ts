/** Finds rows of the ledger: by a token's id, by its hash, or many hashes at once. */
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { reader } from "@/lib/db";
import { type LedgerRow, ledgerRow } from "./row";

/** SQLite's adapter takes 999 parameters in one query. */
const MOST_AT_ONCE = 900;

/** For who may read the books. @param jti as an event names it @throws AppError `forbidden` */
export async function findToken(actor: Actor, jti: string): Promise<LedgerRow | undefined> {
  await authorize(actor, "audit.read");
  return findByJti(jti);
}

/** @param jti in small letters */
export async function findByJti(jti: string): Promise<LedgerRow | undefined> {
  const row = await reader().issuedToken.findUnique({ where: { jti } });
  return row ? ledgerRow(row) : undefined;
}

/** @param sha256 of the token, in hexadecimal */
export async function findBySha256(sha256: string): Promise<LedgerRow | undefined> {
  const row = await reader().issuedToken.findUnique({ where: { sha256 } });
  return row ? ledgerRow(row) : undefined;
}

/** @returns those that are there, by number */
export async function findAllBySha256(hashes: readonly string[]): Promise<LedgerRow[]> {
  const rows = await inPortions(hashes, (sha256) =>
    reader().issuedToken.findMany({ where: { sha256: { in: sha256 } } }),
  );
  return rows.map(ledgerRow).sort((a, b) => a.number - b.number);
}

/** The audit events that tell of their issue. @returns sequence numbers by hash */
export async function issuedEventsOf(hashes: readonly string[]): Promise<Map<string | null, number>> {
  const events = await inPortions(hashes, (sha256) =>
    reader().auditEvent.findMany({
      where: { sha256: { in: sha256 }, action: "token.issued" },
      select: { sha256: true, sequence: true },
    }),
  );
  return new Map(events.map(({ sha256, sequence }) => [sha256, sequence]));
}

async function inPortions<Row>(hashes: readonly string[], find: (portion: string[]) => Promise<Row[]>): Promise<Row[]> {
  const rows: Row[] = [];
  for (let from = 0; from < hashes.length; from += MOST_AT_ONCE)
    rows.push(...(await find(hashes.slice(from, from + MOST_AT_ONCE))));
  return rows;
}
