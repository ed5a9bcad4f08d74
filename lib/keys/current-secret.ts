/** Which version of a key's secret signs now: what an earlier one signed, its vendor refuses. Never the secret. */
import { reader } from "@/lib/db";

/** @returns its id; empty where a key has none, or there is no such key */
export async function currentSecretOf(keyId: string): Promise<string> {
  const where = { keyId, retiredAt: null };
  return (await reader().secretVersion.findFirst({ where, select: { id: true } }))?.id ?? "";
}
