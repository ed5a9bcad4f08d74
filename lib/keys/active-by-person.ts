/** Lists who holds active tokens of a key: whom it concerns when the key is disabled at the vendor or its secret regenerated. */
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { now } from "@/lib/clock";
import { readRows } from "@/lib/db";

export type PersonWithTokens = {
  /** Null: the system. */
  actorId: string | null;
  name: string;
  /** Of a member; null: none. */
  email: string | null;
  /** Not expired; the revoked too, which the vendor accepts. */
  active: number;
  /** When the last of them ends, and the next one: seconds since 1970. */
  lastExpiry: number;
  nextExpiry: number;
  /** Of the one issued last, as far as one was given. */
  purpose: string;
  room: string | null;
};

/** More people than that nobody tells one by one. */
const MOST_PEOPLE = 200;
/** Going through more of them would hold everybody up. */
const MOST_TOKENS = 50_000;

export type ActiveByPerson = {
  /** Who has most comes first. */
  people: PersonWithTokens[];
  /** How many active tokens they were told from. */
  active: number;
  /** False: there are more tokens, or more people, than are told; then of the tokens that end last. */
  all: boolean;
};

export async function listActiveByPerson(actor: Actor, keyId: string, most = MOST_TOKENS): Promise<ActiveByPerson> {
  await authorize(actor, "key.list");
  type Row = Omit<PersonWithTokens, "lastExpiry" | "nextExpiry"> & { last: number; next: number };
  const rows = await readRows<Row>(
    `SELECT grouped."actorId", grouped."name", "Member"."email", grouped."active", grouped."last", grouped."next",
       newest."purpose", newest."room"
     FROM (
       SELECT "actorId", max("actorName") AS "name", count(*) AS "active", max("expiresAt") AS "last",
         min("expiresAt") AS "next", max("number") AS "number"
       FROM (
         SELECT "actorId", "actorName", "expiresAt", "number" FROM "IssuedToken"
         WHERE "keyId" = ? AND "expiresAt" > ? ORDER BY "expiresAt" DESC LIMIT ?
       ) AS active GROUP BY "actorId"
     ) AS grouped
     JOIN "IssuedToken" AS newest ON newest."number" = grouped."number"
     LEFT JOIN "Member" ON "Member"."id" = grouped."actorId"
     ORDER BY grouped."active" DESC, grouped."name"`,
    keyId,
    now(),
    most,
  );
  const active = rows.reduce((sum, person) => sum + person.active, 0);
  return {
    people: rows
      .slice(0, MOST_PEOPLE)
      .map(({ last, next, ...person }) => ({ ...person, lastExpiry: last / 1000, nextExpiry: next / 1000 })),
    active,
    all: active < most && rows.length <= MOST_PEOPLE,
  };
}
