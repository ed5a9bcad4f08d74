/** Finds a key as whoever issues with it must know it, without its secret. */
import { onceForNow, placeholders, readRows } from "@/lib/db";
import type { IssuingKey } from "./open-secrets";
import { readPolicy } from "./policy";
import { signsElsewhereOf } from "./schema";

type Row = Omit<IssuingKey, "disabled" | "signsElsewhere" | "policy"> & {
  disabledAt: number | null;
  signsElsewhere: string | null;
  policy: string;
};

/** Those that can be meant where none is named. @param among ids; null: all @returns the ids of at most two */
export async function findUsableKeys(among: readonly string[] | null): Promise<string[]> {
  // A disabled one is named by the one key that it can be, and refused with its own words.
  if (among?.length === 1) return [...among];
  const rows = await readRows<{ id: string }>(
    `SELECT "id" FROM "SigningKey" WHERE "disabledAt" IS NULL ${among ? `AND "id" IN (${placeholders(among.length)})` : ""} LIMIT 2`,
    ...(among ?? []),
  );
  return rows.map(({ id }) => id);
}

export const findIssuingKey = (keyId: string): Promise<IssuingKey | undefined> =>
  onceForNow(`issuing key ${keyId}`, async () => {
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
  });
