/** Finds the credential whose value a program brings: by its hash, with one statement. One that was ended or is over, or whose owner answers for it no more, is none. */

import type { Service } from "@/lib/auth/actor";
import { OWNER_ANSWERS } from "@/lib/auth/owner";
import { now as clock } from "@/lib/clock";
import { onceForNow, readRows, transaction } from "@/lib/db";
import { describeError, log } from "@/lib/log";
import { processWide } from "@/lib/process-wide";
import { isCredential } from "@/lib/text/credential";
import { isWriteFailure } from "@/lib/write-failure";
import { hashOf } from "./create";
import { readNames, readScopes } from "./row";

export type FoundCredential = {
  actor: Omit<Service, "origin">;
  addresses: readonly string[] | null;
  perMinute: number | null;
};

type Row = {
  id: string;
  valueId: string;
  name: string;
  scopes: string;
  keyIds: string | null;
  templateIds: string | null;
  addresses: string | null;
  perMinute: number | null;
  version: number;
};

/** @param value as it was sent; what is no credential by its checksum is not looked up */
export const findCredential = (value: string): Promise<FoundCredential | undefined> =>
  onceForNow(`credential ${value}`, () => readCredential(value));

async function readCredential(value: string): Promise<FoundCredential | undefined> {
  if (!isCredential(value)) return undefined;
  const at = clock().getTime();
  const [row] = await readRows<Row>(
    `SELECT c."id", v."id" AS "valueId", c."name", c."scopes", c."keyIds", c."templateIds", c."addresses", c."perMinute", c."version"
     FROM "CredentialValue" v JOIN "Credential" c ON c."id" = v."credentialId" JOIN "Member" m ON m."id" = c."ownerId"
     WHERE v."hash" = ? AND c."endedAt" IS NULL AND ${OWNER_ANSWERS}
       AND (c."endsAt" IS NULL OR c."endsAt" > ?) AND (v."endsAt" IS NULL OR v."endsAt" > ?)`,
    hashOf(value),
    at,
    at,
  );
  if (!row) return undefined;
  const { id, valueId, name, perMinute, version } = row;
  return {
    actor: {
      ...{ kind: "service", id, name, credentialId: valueId, version },
      ...{ scopes: readScopes(row.scopes), keyIds: readNames(row.keyIds), templateIds: readNames(row.templateIds) },
    },
    addresses: readNames(row.addresses),
    perMinute,
  };
}

/** So often at most it is written down that it was used. */
const NOTED_EVERY_MS = 60_000;

/** Notes when and from where a value was used last. Never keeps anybody from using it, and nobody waits for it. */
export function noteUsed(valueId: string, address: string): void {
  const noted = processWide("credentials noted", () => new Map<string, number>());
  const at = performance.now();
  if (at - (noted.get(valueId) ?? Number.NEGATIVE_INFINITY) < NOTED_EVERY_MS) return;
  noted.set(valueId, at);
  const lastUsedAt = clock();
  transaction((tx) =>
    tx.credentialValue.updateMany({ where: { id: valueId }, data: { lastUsedAt, lastAddress: address } }),
  ).catch((error: unknown) => {
    log()[isWriteFailure(error) ? "warn" : "error"](
      describeError(error),
      "it could not be noted that a credential was used",
    );
  });
}
