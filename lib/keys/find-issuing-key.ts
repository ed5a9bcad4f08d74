/** Finds a key as whoever issues with it must know it, without its secret. */
import { placeholders, readRows } from "@/lib/db";
import type { IssuingKey } from "./open-secrets";
import { readPolicy } from "./policy";
import { signsElsewhereOf } from "./schema";

type Row = Omit<IssuingKey, "disabled" | "signsElsewhere" | "policy"> & {
  disabledAt: number | null;
  signsElsewhere: string | null;
  policy: string;
};

/** The one that can be meant where none is named. @param among ids; null: all @returns undefined where there are several, or none */
export async function findOnlyKey(among: readonly string[] | null): Promise<string | undefined> {
  if (among?.length === 1) return among[0];
  const rows = await readRows<{ id: string }>(
    `SELECT "id" FROM "SigningKey" WHERE "disabledAt" IS NULL ${among ? `AND "id" IN (${placeholders(among.length)})` : ""} LIMIT 2`,
    ...(among ?? []),
  );
  return rows.length === 1 ? rows[0]?.id : undefined;
}

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
