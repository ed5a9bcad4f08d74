/** Which version of a key's secret signs now, and whether one does no more: what an earlier one signed, its vendor refuses. Never the secret. */
import { reader, type Tx } from "@/lib/db";

/** @returns its id; empty where a key has none, or there is no such key */
export async function currentSecretOf(keyId: string): Promise<string> {
  const where = { keyId, retiredAt: null };
  return (await reader().secretVersion.findFirst({ where, select: { id: true } }))?.id ?? "";
}

/** @returns whether it signs no more, and its vendor refuses what it signed */
export async function isRetired(secretVersionId: string, db: Pick<Tx, "secretVersion"> = reader()): Promise<boolean> {
  const version = await db.secretVersion.findUnique({
    where: { id: secretVersionId },
    select: { retiredAt: true },
  });
  return version !== null && version.retiredAt !== null;
}
