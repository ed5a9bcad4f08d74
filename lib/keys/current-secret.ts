/** Which version of a key's secret signs now, what it has signed, and whether one does no more: what an earlier one signed, its vendor refuses. Never the secret. */
import { reader, type Tx } from "@/lib/db";

/** A condition on top of others, with what is bound in it. */
export type Part = { sql: string; values: (number | string)[] };

/** All of a key that was never rotated. */
export const WHOLE: Part = { sql: "", values: [] };

/** @returns its id; empty where a key has none, or there is no such key */
export async function currentSecretOf(keyId: string): Promise<string> {
  const where = { keyId, retiredAt: null };
  return (await reader().secretVersion.findFirst({ where, select: { id: true } }))?.id ?? "";
}

/**
 * What narrows the active tokens of a key to those that its current secret signed, and to those that an earlier one did,
 * as SQL on the ledger. By their numbers too, which every index knows: of a hundred thousand that another secret signed,
 * no row has to be looked up. They lead nowhere (`+`): the way is by the key.
 * @returns undefined: the key was never rotated, and all are of its one secret
 */
export async function splitByRotation(keyId: string): Promise<Record<"current" | "older", Part> | undefined> {
  const retired = { keyId, retiredAt: { not: null } };
  if (!(await reader().secretVersion.findFirst({ where: retired, select: { id: true } }))) return undefined;
  const rotated = await reader().auditEvent.findFirst({
    where: { keyId, action: "key.rotated" },
    orderBy: { sequence: "desc" },
    select: { sequence: true },
  });
  // Events and tokens are in one order.
  const first = await reader().auditEvent.findFirst({
    where: { keyId, action: "token.issued", sequence: { gt: rotated?.sequence ?? 0 } },
    orderBy: { sequence: "asc" },
    select: { tokenNumber: true },
  });
  const values = [first?.tokenNumber ?? Number.MAX_SAFE_INTEGER, await currentSecretOf(keyId)];
  return {
    current: { sql: ` AND +"number" >= ? AND "secretVersionId" = ?`, values },
    older: { sql: ` AND +"number" < ? AND "secretVersionId" <> ?`, values },
  };
}

/** @returns since when it signs no more, and its vendor refuses what it signed; null: it signs */
export async function retirementOf(
  secretVersionId: string,
  db: Pick<Tx, "secretVersion"> = reader(),
): Promise<Date | null> {
  const version = await db.secretVersion.findUnique({
    where: { id: secretVersionId },
    select: { retiredAt: true },
  });
  return version?.retiredAt ?? null;
}

export const isRetired = async (...which: Parameters<typeof retirementOf>): Promise<boolean> =>
  (await retirementOf(...which)) !== null;
