/** Finds batches: by their number, or by the id that the form which asked for one has chosen; and their rows of the ledger. */
import { hexOf, jtiBytes } from "@/lib/audit/bytes";
import { reader } from "@/lib/db";
import type { Batch } from "@/prisma/generated/client";
import { type LedgerRow, ledgerRow } from "./row";

export type FoundBatch = {
  number: number;
  /** In hexadecimal. */
  askedSha256: string;
  /** The ledger's; the others follow it. */
  firstNumber: number;
  tokens: number;
};

export const lastOf = ({ firstNumber, tokens }: Pick<FoundBatch, "firstNumber" | "tokens">) => firstNumber + tokens - 1;

const found = ({ number, askedSha256, firstNumber, tokens }: Batch): FoundBatch => ({
  ...{ number, firstNumber, tokens },
  askedSha256: hexOf(askedSha256),
});

export async function findBatch(number: number): Promise<FoundBatch | undefined> {
  const row = await reader().batch.findUnique({ where: { number } });
  return row ? found(row) : undefined;
}

/** @param requestId a UUID in small letters */
export async function findBatchByRequest(requestId: string): Promise<FoundBatch | undefined> {
  const bytes = jtiBytes(requestId);
  const row = bytes && (await reader().batch.findUnique({ where: { requestId: bytes } }));
  return row ? found(row) : undefined;
}

/** So many are read before everybody else has their turn. */
const ROWS_AT_ONCE = 200;

/** @returns its rows in their order */
export async function findBatchRows(batch: FoundBatch, from = 0, most = batch.tokens): Promise<LedgerRow[]> {
  const rows: LedgerRow[] = [];
  const end = batch.firstNumber + Math.min(batch.tokens, from + most);
  for (let gte = batch.firstNumber + from; gte < end; gte += ROWS_AT_ONCE) {
    const number = { gte, lt: Math.min(end, gte + ROWS_AT_ONCE) };
    const portion = await reader().issuedToken.findMany({ where: { number }, orderBy: { number: "asc" } });
    rows.push(...portion.map(ledgerRow));
  }
  return rows;
}
