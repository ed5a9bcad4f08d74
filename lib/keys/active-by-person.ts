/** Lists who holds active tokens of a key: whom it concerns when the key is disabled at the vendor or its secret regenerated; of a program, who answers for it. Counts stop, so that it takes as long with a million tokens as with a thousand. */
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { now } from "@/lib/clock";
import { COUNTED_AT_MOST } from "@/lib/count-at-most";
import { readRows } from "@/lib/db";
import { ISSUERS } from "./active";
import { type Part, splitByRotation, WHOLE } from "./current-secret";

export type PersonWithTokens = {
  /** Null: the system. */
  actorId: string | null;
  name: string;
  /** Of a member, or of whoever answers for a program; null: none. */
  email: string | null;
  /** Who answers for a credential or an endpoint; null: it is a member, or the system. */
  answeredBy: string | null;
  /** Not expired; the revoked too, which the vendor accepts. */
  active: number;
  /** Whether they have more than that. */
  more: boolean;
  /** When the last of them ends, and the next one: seconds since 1970. */
  lastExpiry: number;
  nextExpiry: number;
  /** Of the one that ends last, as far as one was given. */
  purpose: string;
  room: string | null;
};

export type ActiveByPerson = {
  /** Everybody. Who has most comes first, then as they are called: of counts that stop, many are the same. */
  people: PersonWithTokens[];
  /** How many active tokens they have together. */
  active: number;
  /** Whether that is all of them. False: somebody has more than were counted. */
  all: boolean;
  /** Whether a list of the key's active tokens shows these and no others: what a retired secret signed is none of these, and stands there. */
  listed: boolean;
};

/** @param ofCurrentSecret leaves out what a retired secret signed, which its vendor refuses: for what is said of the vendor */
export async function listActiveByPerson(
  actor: Actor,
  keyId: string,
  { ofCurrentSecret = false, most = COUNTED_AT_MOST - 1 } = {},
): Promise<ActiveByPerson> {
  await authorize(actor, "key.list");
  const split = ofCurrentSecret ? await splitByRotation(keyId) : undefined;
  const signed = split?.current ?? WHOLE;
  type Row = Omit<PersonWithTokens, "more" | "lastExpiry" | "nextExpiry"> & { last: number; next: number };
  const at = now().getTime();
  const theirs = `FROM "IssuedToken"
    WHERE "keyId" = ? AND "actorId" IS NOT DISTINCT FROM "issuer"."actorId" AND "expiresAt" > ?${signed.sql}
    ORDER BY "expiresAt"`;
  const rows = await readRows<Row>(
    `WITH RECURSIVE ${ISSUERS}
     SELECT "issuer"."actorId", coalesce("Member"."name", "issuer"."actorName") AS "name",
       coalesce("Member"."email", "owner"."email") AS "email", "owner"."name" AS "answeredBy",
       (SELECT count(*) FROM (SELECT 1 ${theirs} LIMIT ?)) AS "active",
       (SELECT "expiresAt" ${theirs} LIMIT 1) AS "next",
       "last"."expiresAt" AS "last", "last"."purpose", "last"."room"
     FROM "issuer"
     JOIN "IssuedToken" AS "last" ON "last"."number" = (SELECT "number" ${theirs} DESC LIMIT 1)
     LEFT JOIN "Member" ON "Member"."id" = "issuer"."actorId"
     LEFT JOIN "Credential" ON "Credential"."id" = "issuer"."actorId"
     LEFT JOIN "Endpoint" ON "Endpoint"."id" = "issuer"."actorId"
     LEFT JOIN "Member" AS "owner" ON "owner"."id" = coalesce("Credential"."ownerId", "Endpoint"."ownerId")
     WHERE "issuer"."keyId" = ?`,
    ...[keyId, at, ...signed.values, most + 1],
    ...[keyId, at, ...signed.values],
    ...[keyId, at, ...signed.values],
    keyId,
  );
  const people = rows
    // Before what was counted is told: of whom there is more than that stands before whom that is all of.
    .sort((one, other) => other.active - one.active || one.name.localeCompare(other.name, "en", { numeric: true }))
    .map(({ active, last, next, ...person }) => ({
      ...person,
      ...{ active: Math.min(active, most), more: active > most },
      ...{ lastExpiry: last / 1000, nextExpiry: next / 1000 },
    }));
  return {
    people,
    active: people.reduce((sum, { active }) => sum + active, 0),
    all: people.every(({ more }) => !more),
    listed: split === undefined || !(await isAnyActive(keyId, split.older, at)),
  };
}

/** Of a part of the key's tokens. */
async function isAnyActive(keyId: string, { sql, values }: Part, at: number): Promise<boolean> {
  const found = await readRows<{ number: number }>(
    `SELECT "number" FROM "IssuedToken" WHERE "keyId" = ? AND "expiresAt" > ?${sql} LIMIT 1`,
    ...[keyId, at, ...values],
  );
  return found.length > 0;
}
