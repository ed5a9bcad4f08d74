/** Finds a key as whoever issues with it must know it, without its secret. */
import { readRows } from "@/lib/db";
import type { IssuingKey } from "./open-secrets";
import { readPolicy } from "./policy";
import { signsElsewhereOf } from "./schema";

type Row = Omit<IssuingKey, "disabled" | "signsElsewhere" | "policy"> & {
  disabledAt: number | null;
  signsElsewhere: string | null;
  policy: string;
};

export async function findIssuingKey(keyId: string): Promise<IssuingKey | undefined> {
  const [row] = await readRows<Row>(
    `SELECT "id", "label", "apiKey", "profile", "disabledAt", "signsElsewhere", "policy" FROM "SigningKey" WHERE "id" = ?`,
    keyId,
  );
  if (!row) return undefined;
  const { disabledAt, signsElsewhere, policy, ...key } = row;
  return {
    ...key,
    disabled: disabledAt !== null,
    signsElsewhere: signsElsewhereOf(signsElsewhere),
    policy: readPolicy(policy),
  };
}
