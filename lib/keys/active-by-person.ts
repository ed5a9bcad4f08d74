/** Lists who holds active tokens of a key: whom it concerns when the key is disabled at the vendor or its secret regenerated; of a program, who answers for it. */
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { now } from "@/lib/clock";
import { reader, readRows } from "@/lib/db";
import { ISSUERS } from "./active";
import { currentSecretOf } from "./current-secret";

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

/** More people than that nobody tells one by one. */
const MOST_PEOPLE = 200;
/** Counting more of one person's would hold everybody up. */
const MOST_TOKENS = 50_000;

export type ActiveByPerson = {
  /** Who has most comes first. */
  people: PersonWithTokens[];
  /** How many active tokens they have together. */
  active: number;
  /** False: there are more tokens of somebody, or more people, than are told. */
  all: boolean;
  /** Whether a list of the key's active tokens shows these and no others: what a retired secret signed is none of these, and stands there. */
  listed: boolean;
};

/** @param ofCurrentSecret leaves out what a retired secret signed, which its vendor refuses: for what is said of the vendor */
export async function listActiveByPerson(
  actor: Actor,
  keyId: string,
  { ofCurrentSecret = false, most = MOST_TOKENS } = {},
): Promise<ActiveByPerson> {
  await authorize(actor, "key.list");
  const versionId = ofCurrentSecret ? await currentSecretOf(keyId) : undefined;
  const signed = versionId === undefined ? [] : [versionId];
  type Row = Omit<PersonWithTokens, "more" | "lastExpiry" | "nextExpiry"> & { last: number; next: number };
  const at = now().getTime();
  const theirs = `FROM "IssuedToken"
    WHERE "keyId" = ? AND "actorId" IS NOT DISTINCT FROM "issuer"."actorId" AND "expiresAt" > ?${ofCurrentSecret ? ` AND "secretVersionId" = ?` : ""}
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
    ...[keyId, at, ...signed, most + 1],
    ...[keyId, at, ...signed],
    ...[keyId, at, ...signed],
    keyId,
  );
  const people = rows
    .map(({ active, last, next, ...person }) => ({
      ...person,
      ...{ active: Math.min(active, most), more: active > most },
      ...{ lastExpiry: last / 1000, nextExpiry: next / 1000 },
    }))
    .sort((one, other) => other.active - one.active || one.name.localeCompare(other.name, "en", { numeric: true }));
  return {
    people: people.slice(0, MOST_PEOPLE),
    active: people.reduce((sum, { active }) => sum + active, 0),
    all: people.every(({ more }) => !more) && people.length <= MOST_PEOPLE,
    listed: versionId === undefined || !(await hasOlder(keyId, versionId, at)),
  };
}

/** Whether an earlier secret than this one has signed what is active. */
async function hasOlder(keyId: string, versionId: string, at: number): Promise<boolean> {
  const retired = await reader().secretVersion.findFirst({
    where: { keyId, retiredAt: { not: null } },
    select: { id: true },
  });
  if (!retired) return false;
  const [older] = await readRows<{ number: number }>(
    `SELECT "number" FROM "IssuedToken" WHERE "keyId" = ? AND "expiresAt" > ? AND "secretVersionId" <> ? LIMIT 1`,
    ...[keyId, at, versionId],
  );
  return older !== undefined;
}
