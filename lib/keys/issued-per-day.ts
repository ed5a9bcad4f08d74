/** Tells how many tokens were issued with each key on each of the last 90 days, as the reader's zone cuts them; adds up what issuing keeps, and counts no token. */
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { now } from "@/lib/clock";
import { readRows } from "@/lib/db";
import { epochSeconds } from "@/lib/text/epoch-seconds";
import { boundsOfDay, dayIn, type Zone } from "@/lib/text/zone";

const DAYS = 90;
/** Of an hour, as the totals are kept; in every zone a day begins with a whole one. */
const QUARTER_SECONDS = 900;

export type IssuedDay = {
  /** In the zone: "2026-11-24". */
  day: string;
  /** By the key's id; without those that are 0. */
  tokens: ReadonlyMap<string, number>;
};

/** @param keyId of one key; absent: of all @returns 90 days, the last one is today */
export async function issuedPerDay(
  actor: Actor,
  { zone, keyId }: { zone: Zone; keyId?: string },
): Promise<IssuedDay[]> {
  await authorize(actor, "key.list");
  const days = lastDays(dayIn(epochSeconds(now()), zone));
  const bounds = days.map((day) => boundsOfDay(day, zone));
  type Row = { index: number; keyId: string; tokens: number | null };
  const inRange = `"quarter" >= "from" AND "quarter" < "to"`;
  const rows = await readRows<Row>(
    `WITH "range" ("index", "from", "to") AS (VALUES ${Array(DAYS).fill("(?, ?, ?)").join(", ")})
     ${
       keyId === undefined
         ? `SELECT "index", "keyId", sum("tokens") AS "tokens"
            FROM "range" CROSS JOIN "IssuedPerQuarter" ON ${inRange} GROUP BY "index", "keyId"`
         : // Without groups, for which thousands of quarters of an hour would be put in order.
           `SELECT "index", ? AS "keyId", (
              SELECT sum("tokens") FROM "IssuedPerQuarter" WHERE ${inRange} AND "keyId" = ?
            ) AS "tokens" FROM "range"`
     }`,
    ...bounds.flatMap(({ from, to }, index) => [
      index,
      Math.floor(from / QUARTER_SECONDS),
      Math.floor(to / QUARTER_SECONDS),
    ]),
    ...(keyId === undefined ? [] : [keyId, keyId]),
  );
  const found = days.map((day) => ({ day, tokens: new Map<string, number>() }));
  for (const { index, keyId, tokens } of rows) if (tokens) found[index]?.tokens.set(keyId, tokens);
  return found;
}

/** By the calendar, whatever clocks did meanwhile. */
function lastDays(today: string): string[] {
  const noon = Date.parse(`${today}T12:00Z`);
  return Array.from({ length: DAYS }, (_, index) =>
    new Date(noon - (DAYS - 1 - index) * 86_400_000).toISOString().slice(0, 10),
  );
}
