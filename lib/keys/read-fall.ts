/** Tells how many active tokens a key's current secret has signed and how that falls as they end: when disabling it at the vendor, or regenerating its secret there, would concern fewest. Goes through no more than `MOST_GONE_THROUGH`, those that end last: when fewest are left, they are. */
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { now } from "@/lib/clock";
import { readRows } from "@/lib/db";
import { currentSecretOf } from "./current-secret";
import { fallOf, fallOfLast, MOST_GONE_THROUGH, type ToldFall } from "./fall";

/** @returns what is left at first and after each step */
export async function readFall(actor: Actor, keyId: string, most = MOST_GONE_THROUGH): Promise<ToldFall> {
  await authorize(actor, "key.list");
  const rows = await readRows<{ expiresAt: number }>(
    `SELECT "expiresAt" FROM "IssuedToken" WHERE "keyId" = ? AND "expiresAt" > ? AND "secretVersionId" = ? ORDER BY "expiresAt" DESC LIMIT ?`,
    ...[keyId, now().getTime(), await currentSecretOf(keyId), most + 1],
  );
  const ends = rows.map(({ expiresAt }) => expiresAt / 1000).reverse();
  return ends.length > most ? fallOfLast(ends) : { ...fallOf(ends), more: false };
}
