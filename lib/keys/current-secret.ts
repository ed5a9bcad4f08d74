/** Which version of a key's secret signs now, and whether one does no more: what an earlier one signed, its vendor refuses. Never the secret. */
import { reader, type Tx } from "@/lib/db";

/** @returns its id; empty where a key has none, or there is no such key */
export async function currentSecretOf(keyId: string): Promise<string> {
  const where = { keyId, retiredAt: null };
  return (await reader().secretVersion.findFirst({ where, select: { id: true } }))?.id ?? "";
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
