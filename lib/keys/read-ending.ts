/** Tells of the active tokens that a key's current secret has signed how they fall as they end, when disabling it at the vendor, or regenerating its secret there, would concern fewest; and where and for what they are used. Goes through no more than a count would, those that end last: when fewest are left, they are. */
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { now } from "@/lib/clock";
import { COUNTED_AT_MOST } from "@/lib/count-at-most";
import { readRows } from "@/lib/db";
import { type ActiveByUse, byUse } from "./active-by-use";
import { splitByRotation, WHOLE } from "./current-secret";
import { fallOf, fallOfLast, type ToldFall } from "./fall";

/** @returns what is left at first and after each step, and by room and purpose */
export async function readEnding(
  actor: Actor,
  keyId: string,
  most = COUNTED_AT_MOST - 1,
): Promise<{ fall: ToldFall; use: ActiveByUse }> {
  await authorize(actor, "key.list");
  const { sql, values } = (await splitByRotation(keyId))?.current ?? WHOLE;
  // Both at once: of thousands, looking each up is what takes time.
  const rows = await readRows<{ expiresAt: number; room: string | null; purpose: string }>(
    `SELECT "expiresAt", "room", "purpose" FROM "IssuedToken" WHERE "keyId" = ? AND "expiresAt" > ?${sql} ORDER BY "expiresAt" DESC LIMIT ?`,
    ...[keyId, now().getTime(), ...values, most + 1],
  );
  const ends = rows.map(({ expiresAt }) => expiresAt / 1000).reverse();
  const more = rows.length > most;
  return {
    fall: more ? fallOfLast(ends) : { ...fallOf(ends), more },
    use: { ...byUse(rows.slice(0, most)), goneThrough: more ? most : null },
  };
}
