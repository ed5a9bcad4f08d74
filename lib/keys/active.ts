/** Counts what is active, for each key and each who issued with it: of at most `COUNTED_AT_MOST` a pair, through an index, so that it takes as long with a million tokens as with a thousand. */
import { COUNTED_AT_MOST } from "@/lib/count-at-most";
import { readRows } from "@/lib/db";

export type ActivePair = {
  keyId: string;
  /** Null: the system. */
  actorId: string | null;
  name: string;
  /** Not expired; the revoked too: the vendor does not know our mark. */
  active: number;
};

/** Who has issued with a key, for each key: from one to the next by the index, without going through their tokens. */
export const ISSUERS = `
  "issuer" ("keyId", "actorId", "actorName") AS (
    SELECT "id", NULL, 'Claimcheck itself' FROM "SigningKey"
    UNION ALL
    SELECT "next"."keyId", "next"."actorId", "next"."actorName" FROM "issuer" JOIN "IssuedToken" AS "next" ON "next"."number" = (
      SELECT "number" FROM "IssuedToken"
      WHERE "keyId" = "issuer"."keyId" AND "actorId" > coalesce("issuer"."actorId", '') ORDER BY "actorId" LIMIT 1
    )
  )`;

/** @param at now, in milliseconds since 1970 @returns those who have any, in no order */
export async function countActive(at: number): Promise<ActivePair[]> {
  const rows = await readRows<ActivePair>(
    `WITH RECURSIVE ${ISSUERS}
     SELECT "keyId", "actorId", coalesce("Member"."name", "actorName") AS "name", (
       SELECT count(*) FROM (
         SELECT 1 FROM "IssuedToken" WHERE "keyId" = "issuer"."keyId" AND "actorId" IS NOT DISTINCT FROM "issuer"."actorId" AND "expiresAt" > ?
         LIMIT ${COUNTED_AT_MOST}
       )
     ) AS "active"
     FROM "issuer" LEFT JOIN "Member" ON "Member"."id" = "actorId"`,
    at,
  );
  return rows.filter(({ active }) => active > 0);
}
